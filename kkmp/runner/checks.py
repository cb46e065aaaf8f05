"""``make check``: the linters, each with what it found."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kkmp.runner import environment, processes
from kkmp.runner.console import say, step

#: What Django would have a server do better, as the README says how it is set up.
DEPLOY = [sys.executable, "manage.py", "check", "--deploy", "--fail-level=WARNING"]
TYPED = ("kkmp", "finance", "members", "shops")


def check() -> int:
    """Run every linter; 1 if any of them found something."""
    # Linters load the settings but ask no database.
    settings = {
        **os.environ,
        **environment.TEST_ENVIRONMENT,
        "DATABASE_URL": "postgresql://nobody@localhost/none",
    }
    passed = [_passes(name, command, settings) for name, command in _linters()]
    passed.append(_passes("check --deploy", DEPLOY, _as_a_server()))
    return 0 if all(passed) else 1


@contextmanager
def beside(settings: Mapping[str, str]) -> Iterator[Callable[[], bool]]:
    """Run all linters beside the block, which asks in the end whether they found nothing.

    What they said is shown then, so that two programs do not write into each other's lines.
    """
    command = [sys.executable, "-m", "kkmp.runner", "check"]
    with (
        tempfile.TemporaryFile("w+") as output,
        processes.child(command, environment=settings, output=output) as linters,
    ):

        def have_passed() -> bool:
            code = linters.wait()
            output.seek(0)
            say(output.read().rstrip())
            return code == 0

        yield have_passed


def _as_a_server() -> dict[str, str]:
    """The environment of a real installation: nothing that development says is left in it."""
    ours = {*environment.TEST_ENVIRONMENT, "APP_DATABASE_URL", "TRUSTED_PROXIES"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | environment.real_environment()


def _linters() -> list[tuple[str, list[str]]]:
    tools = Path(sys.prefix) / "bin"
    templates = [str(path) for path in sorted(environment.ROOT.glob("**/templates/**/*.html"))
                 if not {".venv", "node_modules", "var"} & set(path.parts)]  # fmt: skip
    linters = [
        ("ruff format", [str(tools / "ruff"), "format", "--check", "."]),
        ("ruff check", [str(tools / "ruff"), "check", "."]),
        ("import-linter", [str(tools / "lint-imports")]),
        ("mypy", [str(tools / "mypy"), *TYPED]),
        ("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ]
    if templates:
        djade = [str(tools / "djade"), "--check", "--target-version", "5.2", *templates]
        linters.insert(3, ("djade", djade))
    return linters


def _passes(name: str, command: list[str], settings: Mapping[str, str]) -> bool:
    step(name)
    done = subprocess.run(
        command, cwd=environment.ROOT, env=dict(settings), check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    if done.returncode:
        say(done.stdout)
    return done.returncode == 0
