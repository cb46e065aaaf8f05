"""``make test``: linters beside the tests, on a PostgreSQL that lives as long as they do."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kkmp.runner import checks, chromium, environment, processes
from kkmp.runner.console import say, step

NO_TESTS = 5
#: Each of them keeps a browser and databases.
MOST_PROCESSES = 8
#: How many seeds the random mornings have in `make soak`.
SOAK_SEEDS = 20
#: A module's tests in one process, in the order of tests/units.py.
BY_MODULE = ("--dist", "loadfile", "--no-loadscope-reorder")


def test(arguments: list[str]) -> int:
    """The whole suite with the linters, or only what pytest's arguments name."""
    with _prepared() as (settings, note):
        if arguments:
            return _pytest(settings, note, *arguments)
        return _everything(settings, note)


def soak(arguments: list[str]) -> int:
    """What is random in the suite, played for longer."""
    with _prepared() as (settings, note):
        longer = {**settings, "SOAK": str(SOAK_SEEDS)}
        return _pytest(longer, note, "-m", "soak or hypothesis", *_parallel(), *arguments)


@contextmanager
def _prepared() -> Iterator[tuple[Mapping[str, str], Path]]:
    """The tests' environment, and where the running process is noted."""
    var = environment.var_dir()
    with processes.only_one(
        var / "test.lock", "`make test` is running already (process {pid}): wait for its end."
    ):
        note = var / "test.child"
        if processes.end_leftover(note):
            step("Ended what a killed run had left behind")
        browser = chromium.ensure()
        step("Database of the tests")
        with environment.database(environment.test_cluster(var)) as url:
            yield (
                {
                    **os.environ,
                    **environment.TEST_ENVIRONMENT,
                    "DATABASE_URL": url,
                    "VAR_DIR": str(_test_var(var)),
                    "CHROMIUM": browser,
                },
                note,
            )


def _everything(settings: Mapping[str, str], note: Path) -> int:
    step("Tests, and the linters beside them")
    with checks.beside(settings) as linters_passed:
        code = _pytest(settings, note, *_parallel(), *BY_MODULE, "--durations=25")
        failed = [] if linters_passed() else ["linters"]
    if code:
        failed.append("tests")
    step(f"Failed: {', '.join(failed)}" if failed else "All passed")
    return code or (1 if failed else 0)


def _parallel() -> tuple[str, ...]:
    """One process more than processors: a test in a browser often waits for it."""
    return ("-n", str(min((os.cpu_count() or 1) + 1, MOST_PROCESSES)))


def _pytest(settings: Mapping[str, str], note: Path, *arguments: str) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    with processes.child(command, environment=settings, note=note, foreground=True) as process:
        code = process.wait()
    if code == NO_TESTS:
        say("No tests matched.")
    return code


def _test_var(var: Path) -> Path:
    """A folder for the files that tests write; empty at each start."""
    folder = var / "test"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "static").mkdir(parents=True)
    return folder
