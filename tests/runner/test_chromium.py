"""Which Chromium the tests take."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kkmp.runner import chromium
from kkmp.runner.errors import CannotGoOn

Program = Callable[..., str]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Put a program on the PATH that ends with the given code."""

    def make(name: str, exit_code: int = 0) -> str:
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\nexit {exit_code}\n")
        path.chmod(0o755)
        return str(path)

    return make


@pytest.fixture(autouse=True)
def playwright(monkeypatch: pytest.MonkeyPatch) -> dict[str, str | None]:
    """Neither Playwright's browser nor the one of macOS is there, unless a test says so."""
    own: dict[str, str | None] = {"path": None}
    monkeypatch.setattr(chromium, "playwrights_own", lambda: own["path"])
    monkeypatch.setattr(chromium, "MACOS", "")
    return own


def test_named_one_comes_first(tmp_path: Path, program: Program) -> None:
    program("chromium")
    mine = program("mine")
    assert chromium.find({"CHROMIUM": mine, "PATH": str(tmp_path)}) == mine
    assert chromium.find({"CHROMIUM": "mine", "PATH": str(tmp_path)}) == mine


def test_named_one_that_does_not_run_is_not_replaced_in_silence(
    tmp_path: Path, program: Program
) -> None:
    program("chromium")
    with pytest.raises(CannotGoOn, match="CHROMIUM=/no/such is not a browser"):
        chromium.find({"CHROMIUM": "/no/such", "PATH": str(tmp_path)})


def test_names_are_tried_in_order(tmp_path: Path, program: Program) -> None:
    path = {"PATH": str(tmp_path)}
    for name in reversed(chromium.NAMES):
        made = program(name)
        assert chromium.find(path) == made


def test_stand_in_that_runs_nothing_is_passed_over(
    tmp_path: Path, program: Program, playwright: dict[str, str | None]
) -> None:
    program("chromium-browser", exit_code=1)
    own = playwright["path"] = program("own")
    assert chromium.find({"PATH": str(tmp_path)}) == own


def test_nothing_found_is_nothing(tmp_path: Path) -> None:
    assert chromium.find({"PATH": str(tmp_path)}) is None


def test_missing_one_is_installed_by_the_first_way_that_works(
    tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(chromium, "NAMES", ("kkmp-test-browser",))
    monkeypatch.delenv("CHROMIUM", raising=False)
    made = program("browser")
    refuse = [["false"], ["ln", "-s", made, str(tmp_path / "wrong")]]
    install = [["ln", "-s", made, str(tmp_path / "kkmp-test-browser")]]
    monkeypatch.setattr(chromium, "_installers", lambda: [refuse, install])
    assert chromium.ensure() == str(tmp_path / "kkmp-test-browser")
    assert not (tmp_path / "wrong").exists()


@pytest.fixture
def debian(tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A machine whose packages root may install; what it takes for a package puts one there."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "SHELLS", ("kkmp-test-shell",))
    monkeypatch.setattr(chromium, "NAMES", ("kkmp-test-shell", "kkmp-test-browser"))
    monkeypatch.setattr(chromium, "_installs_packages", lambda: True)
    commands = [["ln", "-s", program("shell"), str(tmp_path / "kkmp-test-shell")]]
    monkeypatch.setattr(chromium, "_debian", lambda *_packages: commands)
    return commands


def test_one_without_windows_is_installed_beside_a_heavy_one(
    tmp_path: Path, program: Program, debian: list[list[str]]
) -> None:
    program("kkmp-test-browser")
    assert chromium.ensure() == str(tmp_path / "kkmp-test-shell")


def test_the_heavy_one_will_do_where_no_other_can_be_installed(
    program: Program, debian: list[list[str]]
) -> None:
    heavy = program("kkmp-test-browser")
    debian[:] = [["false"]]
    assert chromium.ensure() == heavy


def test_one_without_windows_or_a_named_one_is_left_as_it_is(
    program: Program, debian: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chromium, "_install", lambda _ways: pytest.fail("installed"))
    light = program("kkmp-test-shell")
    assert chromium.ensure() == light
    monkeypatch.setenv("CHROMIUM", named := program("kkmp-test-browser"))
    assert chromium.ensure() == named


def test_what_to_do_is_said_if_none_can_be_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chromium, "find", lambda: None)
    monkeypatch.setattr(chromium, "_installers", list)
    with pytest.raises(CannotGoOn, match="install Chromium or Google Chrome, or set CHROMIUM"):
        chromium.ensure()
