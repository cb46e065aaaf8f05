"""``make mutants``: small wrong changes, made one at a time, each of which the suite must catch.

Each is made in a copy of the tree. The tests of its package run first, and where they see
nothing, the whole suite without a browser. What is called caught was caught by a test that
passes without the change.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kkmp.runner import environment, mutants_report, processes, wrong_changes
from kkmp.runner.console import say, step
from kkmp.runner.environment import ROOT
from kkmp.runner.errors import CannotGoOn
from kkmp.runner.wrong_changes import Mutant

WRITTEN = ROOT / "tests" / "mutants.toml"
REPORT = ROOT / "docs" / "mutants.md"
#: Is about this very list, and would see each change for that reason alone.
NOT_A_WITNESS = "--ignore=tests/guards/test_mutants.py"
#: The same tests in the same order and with the same chance, so that the same one sees it first.
PYTEST = (
    *("-m", "pytest", "-q", "-rfE", "--tb=no", "-m", "not browser", NOT_A_WITNESS),
    *("-p", "no:randomly", "-p", "no:cacheprovider", "--hypothesis-seed=0"),
)
#: Seconds; a lock that is left out may make two wait for each other for ever.
PATIENCE, LONG_PATIENCE = 300, 3600
PASSED, FAILED = 0, 1
NEAR = "--near"
#: Of the pages; large, and changed by nothing here.
MODULES = Path("kkmp", "frontend", "node_modules")
#: What no copy needs.
LEFT_BEHIND = shutil.ignore_patterns(
    "var", ".git", ".venv", "node_modules", "__pycache__", ".*_cache", ".hypothesis"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the suite said.

    :param test: the first that failed; empty where none did
    :param fault: why the verdict is none: nothing ran, or the test fails without the change too
    :param whole: whether the tests of the package had seen nothing
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


def mutants(arguments: list[str]) -> int:
    """Make them one after the other; all of them are kept in docs/mutants.md.

    :param arguments: ids, to try only these, and ``--near``, to ask no tests but those of the
        package; docs/mutants.md is then left alone
    """
    near = NEAR in arguments
    wanted = _chosen([each for each in arguments if each != NEAR])
    var = environment.var_dir()
    with processes.only_one(
        var / "mutants.lock", "`make mutants` is running already (process {pid}): wait for its end."
    ):
        if processes.end_leftover(var / "mutants.child"):
            step("Ended what a killed run had left behind")
        begun = time.monotonic()
        with _bench(var, near=near) as bench:
            # Those that need tables of their own come last: they drop the others' database.
            in_turn = sorted(wanted, key=lambda mutant: mutant.makes_tables)
            judged = {mutant.id: _shown(bench.judge(mutant)) for mutant in in_turn}
            verdicts = bench.confirmed([judged[mutant.id] for mutant in wanted])
        minutes = (time.monotonic() - begun) / 60
    caught = sum(one.is_caught for one in verdicts)
    step(f"{caught} of {len(verdicts)} caught")
    for one in verdicts:
        if not one.is_caught:
            say(f"  {one.mutant.id}: {one.words}")
    if not arguments:
        REPORT.write_text(mutants_report.text(verdicts, minutes=minutes))
        say(f"Written to {REPORT.relative_to(ROOT)}")
    return 0 if caught == len(verdicts) else 1


def _chosen(ids: Sequence[str]) -> list[Mutant]:
    """Those that are asked for; all of the list must fit the code, so that none is forgotten."""
    written = wrong_changes.read(WRITTEN)
    for mutant in written:
        for change in mutant.changes:
            change.of(ROOT)
    if unknown := set(ids) - {mutant.id for mutant in written}:
        raise CannotGoOn(f"No such mutant: {', '.join(sorted(unknown))}")
    return [mutant for mutant in written if mutant.id in ids or not ids]


def _shown(verdict: Verdict) -> Verdict:
    step(f"{verdict.mutant.id}: {verdict.words}")
    return verdict


@dataclass(frozen=True, slots=True)
class Bench:
    """A copy of the tree with a database of its own, where changes are made and judged.

    :param logs: where the tests' own words of each change are kept
    :param near: whether the whole suite is left out
    """

    tree: Path
    logs: Path
    note: Path
    settings: Mapping[str, str]
    near: bool = False

    def judge(self, mutant: Mutant) -> Verdict:
        with mutant.made(self.tree):
            verdict = self._run(mutant, mutant.tests, PATIENCE)
            if not (verdict.test or verdict.fault or self.near):
                verdict = self._run(mutant, ("tests", *_parallel()), LONG_PATIENCE)
                verdict = replace(verdict, whole=True)
        return verdict

    def confirmed(self, verdicts: Sequence[Verdict]) -> list[Verdict]:
        """A test that fails without the change as well has caught nothing."""
        tests = sorted({one.test for one in verdicts if one.test})
        if not tests:
            return list(verdicts)
        step("The tests that have caught something, without any change")
        code, output = self._pytest("confirmation", tests, LONG_PATIENCE)
        anyway = _failed(output)
        if code not in (PASSED, FAILED) or (code == FAILED and not anyway):
            raise CannotGoOn(f"They did not run; see {self.logs / 'confirmation.log'}")
        fault = "the test fails without the change too"
        return [replace(one, fault=fault) if one.test in anyway else one for one in verdicts]

    def _run(self, mutant: Mutant, tests: Sequence[str], patience: float) -> Verdict:
        code, output = self._pytest(
            mutant.id, ("-x", *tests), patience, makes_tables=mutant.makes_tables
        )
        failed = _failed(output)
        if code == FAILED and failed:
            return Verdict(mutant, test=failed[0])
        if code == PASSED:
            return Verdict(mutant)
        return Verdict(mutant, fault=f"the tests did not run; see {self.logs / mutant.id}.log")

    def _pytest(
        self, name: str, arguments: Sequence[str], patience: float, *, makes_tables: bool = False
    ) -> tuple[int, str]:
        """Its exit code, -1 where it did not come to an end, and what it said."""
        log = self.logs / f"{name}.log"
        command = [sys.executable, *PYTEST, *arguments]
        settings = {**self.settings, "TEMPLATES_OF": str(self.tree if makes_tables else ROOT)}
        with (
            log.open("w") as output,
            processes.child(
                command, environment=settings, note=self.note, folder=self.tree, output=output
            ) as process,
        ):
            try:
                code = process.wait(patience)
            except subprocess.TimeoutExpired:
                code = -1
        return code, log.read_text()


@contextmanager
def _bench(var: Path, *, near: bool) -> Iterator[Bench]:
    folder = var / "mutants"
    tree, logs, files = folder / "tree", folder / "logs", folder / "files"
    for made in (tree, logs, files):
        shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(ROOT, tree, ignore=LEFT_BEHIND, symlinks=True)
    (tree / MODULES).symlink_to(ROOT / MODULES)
    logs.mkdir()
    (files / "static").mkdir(parents=True)
    step("Database of the mutants")
    with environment.database(environment.test_cluster(folder)) as url:
        settings = {
            **os.environ,
            **environment.TEST_ENVIRONMENT,
            "DATABASE_URL": url,
            "VAR_DIR": str(files),
            "COLUMNS": "200",
        }
        yield Bench(tree, logs, var / "mutants.child", settings, near)


def _parallel() -> tuple[str, ...]:
    return ("-n", str(os.cpu_count() or 1))


def _failed(output: str) -> list[str]:
    """The tests that pytest's last lines name; what could not even begin is none of them."""
    return re.findall(r"^FAILED ([^\[\n]+?(?:\[.*?\])?)(?: - .*)?$", output, re.MULTILINE)
