"""Trying wrong changes: each in a copy of the tree, with the tests that should notice it.

A trial is a generator that stands still while its tests run, so that several go on side by side,
and ends them when it is closed.
"""

import os
import re
import shutil
import sys
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from kkmp.runner import environment, processes
from kkmp.runner.environment import ROOT
from kkmp.runner.errors import CannotGoOn
from kkmp.runner.wrong_changes import Mutant

#: Each has a tree, databases and a process of its own.
MOST_COPIES = 4
#: Is about the very list of changes, and would notice each of them for that reason alone.
NOT_A_WITNESS = "--ignore=tests/guards/test_mutants.py"
#: The same tests in the same order and with the same chance, so that the same one notices first.
PYTEST = (
    *("-m", "pytest", "-q", "-rfE", "--tb=no", "-m", "not browser", NOT_A_WITNESS),
    *("-p", "no:randomly", "-p", "no:cacheprovider", "--hypothesis-seed=0"),
)
#: Seconds; without a lock, two may wait for each other for ever.
PATIENCE, LONG_PATIENCE = 600, 7200
PASSED, FAILED, UNFINISHED = 0, 1, -1
#: Of the pages; large, and changed by nothing here.
MODULES = Path("kkmp", "frontend", "node_modules")
#: What no copy needs.
LEFT_BEHIND = shutil.ignore_patterns(
    "var", ".git", ".venv", "node_modules", "__pycache__", ".*_cache", ".hypothesis"
)

Result = TypeVar("Result")
Trial = Generator[None, None, Result]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the suite said of a change.

    :param test: the first that failed; empty where none did
    :param fault: why it is no verdict: nothing ran, or the test fails without the change too
    :param whole: whether the tests of the package had noticed nothing
    """

    mutant: Mutant
    test: str = ""
    fault: str = ""
    whole: bool = False

    @property
    def is_caught(self) -> bool:
        return bool(self.test) and not self.fault

    @property
    def words(self) -> str:
        if self.fault:
            return f"NO VERDICT: {self.fault}"
        return f"caught by {self.test}" if self.test else "SURVIVED"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the tree with databases of its own.

    :param unchanged: another one, which nothing is changed in
    :param logs: where the tests' own words of each change are kept
    :param near: whether the whole suite is left out
    """

    tree: Path
    unchanged: Path
    logs: Path
    note: Path
    settings: Mapping[str, str]
    near: bool = False

    def judge(self, mutant: Mutant) -> Trial[Verdict]:
        """Ask the tests of the package, and where they notice nothing, the whole suite."""
        with mutant.made(self.tree):
            verdict = yield from self._run(mutant, mutant.tests, PATIENCE)
            if not (verdict.test or verdict.fault or self.near):
                verdict = yield from self._run(mutant, ("tests", *_parallel()), LONG_PATIENCE)
                verdict = replace(verdict, whole=True)
        return verdict

    def confirm(self, verdicts: Sequence[Verdict]) -> Trial[list[Verdict]]:
        """The verdicts, those taken back whose test fails without the change as well."""
        tests = sorted({one.test for one in verdicts if one.test})
        if not tests:
            return list(verdicts)
        code, output = yield from self.pytest("confirmation", tests, LONG_PATIENCE)
        anyway = _failed(output)
        if code not in (PASSED, FAILED) or (code == FAILED and not anyway):
            raise CannotGoOn(f"The tests did not run; see {self.logs / 'confirmation.log'}")
        fault = "the test fails without the change too"
        return [replace(one, fault=fault) if one.test in anyway else one for one in verdicts]

    def _run(self, mutant: Mutant, tests: Sequence[str], patience: float) -> Trial[Verdict]:
        code, output = yield from self.pytest(
            mutant.id, ("-x", *tests), patience, makes_tables=mutant.makes_tables
        )
        failed = _failed(output)
        if code == FAILED and failed:
            return Verdict(mutant, test=failed[0])
        if code == PASSED:
            return Verdict(mutant)
        return Verdict(mutant, fault=f"the tests did not run; see {self.logs / mutant.id}.log")

    def pytest(
        self, name: str, arguments: Sequence[str], patience: float, *, makes_tables: bool = False
    ) -> Trial[tuple[int, str]]:
        """Run pytest in the copy: its exit code, or ``UNFINISHED``, and what it printed.

        :param makes_tables: whether the databases are made anew of the changed tree
        """
        log, end = self.logs / f"{name}.log", time.monotonic() + patience
        made_of = self.tree if makes_tables else self.unchanged
        with (
            log.open("w") as output,
            processes.child(
                [sys.executable, *PYTEST, *arguments],
                environment={**self.settings, "TEMPLATES_OF": str(made_of)},
                note=self.note,
                folder=self.tree,
                output=output,
            ) as process,
        ):
            while process.poll() is None and time.monotonic() < end:
                yield
            code = process.poll()
        return UNFINISHED if code is None else code, log.read_text()


def side_by_side(copies: Sequence[Copy], mutants: Sequence[Mutant]) -> Iterator[Verdict]:
    """The verdict on each as it comes; every copy takes the next when it is done with one."""
    waiting = list(reversed(mutants))
    free, running = list(copies), list[tuple[Copy, Trial[Verdict]]]()
    try:
        while waiting or running:
            while waiting and free:
                copy = free.pop()
                running.append((copy, copy.judge(waiting.pop())))
            for copy, trial in list(running):
                try:
                    next(trial)
                except StopIteration as ended:
                    running.remove((copy, trial))
                    free.append(copy)
                    yield ended.value
            time.sleep(0.1)
    finally:
        for _copy, trial in running:
            trial.close()


def alone(trial: Trial[Result]) -> Result:
    """Wait for the end of one."""
    while True:
        try:
            next(trial)
        except StopIteration as ended:
            result: Result = ended.value
            return result
        time.sleep(0.1)


@contextmanager
def copies(var: Path, *, many: int, near: bool) -> Iterator[list[Copy]]:
    """Make so many copies of the tree, on one PostgreSQL that lives as long as the block."""
    folder = var / "mutants"
    unchanged, logs = folder / "unchanged", folder / "logs"
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir(parents=True)
    _copy_tree(unchanged)
    with environment.database(environment.test_cluster(folder)) as url, ExitStack() as made:
        found = []
        for number in range(1, many + 1):
            tree, files = folder / f"tree{number}", folder / f"files{number}"
            _copy_tree(tree)
            shutil.rmtree(files, ignore_errors=True)
            (files / "static").mkdir(parents=True)
            settings = {
                **os.environ,
                **environment.TEST_ENVIRONMENT,
                "DATABASE_URL": made.enter_context(
                    environment.empty_database(url, f"kkmp_mutants_{number}")
                ),
                "VAR_DIR": str(files),
                "COLUMNS": "200",
            }
            found.append(Copy(tree, unchanged, logs, note_of(var, number), settings, near))
        yield found


def note_of(var: Path, number: int) -> Path:
    """The file in which a copy notes what runs in it, for who ends it after we were killed."""
    return var / f"mutants.child{number}"


def _copy_tree(target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(ROOT, target, ignore=LEFT_BEHIND, symlinks=True)
    (target / MODULES).symlink_to((ROOT / MODULES).resolve())


def _parallel() -> tuple[str, ...]:
    return ("-n", str(os.cpu_count() or 1))


def _failed(output: str) -> list[str]:
    """The tests that pytest's last lines name; what could not even begin is none of them."""
    return re.findall(r"^FAILED ([^\[\n]+?(?:\[.*?\])?)(?: - .*)?$", output, re.MULTILINE)
