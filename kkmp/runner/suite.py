"""``make test``: linters, then the tests, on a PostgreSQL that lives as long as they do."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from kkmp.runner import checks, chromium, environment, processes
from kkmp.runner.console import say, step

PASSED, NO_TESTS = 0, 5
#: pytest's exit codes 2 to 4: interrupted, broken, misused; going on would say nothing new.
BROKEN = (2, 3, 4)


def test(arguments: list[str]) -> int:
    """The whole suite with the linters, or only what pytest's arguments name."""
    var = environment.var_dir()
    with processes.only_one(
        var / "test.lock", "`make test` is running already (process {pid}): wait for its end."
    ):
        if processes.end_leftover(_note(var)):
            step("Ended what a killed run had left behind")
        browser = chromium.ensure()
        step("Database of the tests")
        with environment.database(environment.test_cluster(var)) as url:
            settings = {
                **os.environ,
                **environment.TEST_ENVIRONMENT,
                "DATABASE_URL": url,
                "VAR_DIR": str(_test_var(var)),
                "CHROMIUM": browser,
            }
            if arguments:
                return _pytest(settings, _note(var), *arguments)
            return _everything(settings, _note(var))


def _everything(settings: Mapping[str, str], note: Path) -> int:
    failed = checks.failures(settings)
    step("Tests without a browser")
    parallel = ("-n", "auto", "--maxprocesses=8")
    without = _pytest(settings, note, "-m", "not browser", *parallel)
    if without in BROKEN:
        return without
    step("Tests in a browser")
    within = _pytest(settings, note, "-m", "browser")
    failed += verdicts(without, within)
    step(f"Failed: {', '.join(failed)}" if failed else "All passed")
    return 1 if failed else 0


def verdicts(without: int, within: int) -> list[str]:
    """What failed, by pytest's exit codes of the two halves.

    A half without tests has not failed, two of them have: then nothing was tested.
    """
    if without == within == NO_TESTS:
        return ["no tests were found"]
    halves = {"tests": without, "browser tests": within}
    return [name for name, code in halves.items() if code not in (PASSED, NO_TESTS)]


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


def _note(var: Path) -> Path:
    return var / "test.child"
