"""What is installed when."""

import json
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from kkmp.runner import bootstrap, installation

Done = list[str]


@pytest.fixture
def done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Done:
    """A checkout of its own in which every step only leaves what the real one leaves."""
    steps: Done = []
    venv = tmp_path / ".venv"
    modules = tmp_path / "node_modules"
    for name in ("requirements.lock", "requirements-dev.lock", "package-lock.json"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(installation, "VENV", venv)
    monkeypatch.setattr(installation, "VENV_STAMP", venv / "stamp")
    monkeypatch.setattr(installation, "NODE_STAMP", modules / "stamp")
    monkeypatch.setattr(installation, "FRONTEND", tmp_path)
    locks = {"run": tmp_path / "requirements.lock", "dev": tmp_path / "requirements-dev.lock"}
    monkeypatch.setattr(installation, "LOCKS", locks)
    monkeypatch.setattr(installation, "_python_works", venv.exists)

    def make(log: Path) -> None:
        steps.append("venv")
        venv.mkdir(exist_ok=True)

    def python(wanted: dict[str, str], log: Path) -> None:
        steps.append(wanted["kind"])
        (venv / "stamp").write_text(json.dumps(wanted))

    def browser(log: Path) -> None:
        steps.append("npm")
        modules.mkdir(exist_ok=True)

    monkeypatch.setattr(installation, "_make_environment", make)
    monkeypatch.setattr(installation, "_install_python_packages", python)
    monkeypatch.setattr(installation, "_install_browser_packages", browser)
    return steps


def test_first_start_installs_all_and_the_second_nothing(done: Done, tmp_path: Path) -> None:
    installation._install("manage", tmp_path)
    assert done == ["venv", "run", "npm"]
    installation._install("manage", tmp_path)
    assert done == ["venv", "run", "npm"]


def test_tests_add_to_what_serving_has_and_serving_keeps_that(done: Done, tmp_path: Path) -> None:
    installation._install("manage", tmp_path)
    done.clear()
    installation._install("test", tmp_path)
    installation._install("manage", tmp_path)
    assert done == ["dev"]


@pytest.mark.parametrize("command", ["test", "soak", "bench", "screenshots"])
def test_what_drives_a_browser_installs_it_before_anything_else(
    done: Done, tmp_path: Path, command: str
) -> None:
    installation._install("manage", tmp_path)
    done.clear()
    installation._install(command, tmp_path)
    assert done == ["dev"]


def test_a_server_is_installed_without_tools(done: Done, tmp_path: Path) -> None:
    installation._install("install", tmp_path, tools=False)
    assert done == ["venv", "run", "npm"]


def test_half_installed_environment_is_made_anew(done: Done, tmp_path: Path) -> None:
    installation._install("manage", tmp_path)
    done.clear()
    installation.VENV_STAMP.unlink()
    installation._install("manage", tmp_path)
    assert done == ["venv", "run"]


def test_moved_checkout_gets_an_environment_of_its_own(done: Done, tmp_path: Path) -> None:
    installation._install("manage", tmp_path)
    done.clear()
    stamp = json.loads(installation.VENV_STAMP.read_text())
    installation.VENV_STAMP.write_text(json.dumps({**stamp, "home": "/elsewhere/.venv"}))
    installation._install("manage", tmp_path)
    assert done == ["venv", "run"]


def test_half_installed_browser_packages_are_fetched_anew(done: Done, tmp_path: Path) -> None:
    installation._install("manage", tmp_path)
    done.clear()
    installation.NODE_STAMP.unlink()
    installation._install("manage", tmp_path)
    assert done == ["npm"]


@pytest.mark.parametrize(
    ("lock", "step"), [("requirements.lock", "run"), ("package-lock.json", "npm")]
)
def test_changed_lock_is_installed(done: Done, tmp_path: Path, lock: str, step: str) -> None:
    installation._install("manage", tmp_path)
    done.clear()
    (tmp_path / lock).write_text("changed")
    installation._install("stop", tmp_path)
    assert done == []
    installation._install("manage", tmp_path)
    assert done == [step]


@pytest.mark.parametrize("kind", ["run", "dev"])
def test_each_package_is_in_one_half_with_its_hashes(kind: str) -> None:
    lock = installation.LOCKS[kind].read_text()
    halves = installation._halves(lock)
    lines = [half.splitlines() for half in halves]
    assert sorted(lines[0] + lines[1]) == sorted(lock.splitlines())
    assert len(set(lines[0]) & set(lines[1])) == 0
    for half in lines:
        assert "==" in half[0]
        assert half[-1].startswith("    --hash=")
        assert not half[-1].endswith("\\")
        for line, following in pairwise(half):
            assert line.endswith("\\") == following.startswith("    --hash=")


def test_failure_says_the_last_words_and_where_the_rest_is(tmp_path: Path) -> None:
    log = tmp_path / "log"
    script = "print('first'); print(); print('no such package'); raise SystemExit(3)"
    with pytest.raises(installation.CannotGoOn) as refusal:
        installation._run([sys.executable, "-c", script], log, "installing failed")
    assert str(refusal.value) == f"installing failed (all of it in {log}): first / no such package"


def test_too_old_python_without_a_newer_one_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert bootstrap.main() == 1
    assert "Python 3.11 or newer is needed and this is 3.9" in capsys.readouterr().err


def test_too_old_python_hands_over_to_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr("sys.argv", ["bootstrap.py", "run"])
    there = {"python3.12": "/old/python3.12", "python3.14": sys.executable}
    monkeypatch.setattr("shutil.which", there.get)
    started: list[list[str]] = []

    def become(path: str, arguments: list[str]) -> None:
        started.append(arguments)
        raise SystemExit

    monkeypatch.setattr("os.execv", become)
    with pytest.raises(SystemExit):
        bootstrap.main()
    assert started == [[sys.executable, bootstrap.__file__, "run"]]
