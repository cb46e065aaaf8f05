"""``make mutants``: small wrong changes, made one at a time, each of which the suite must catch.

Each is made in a copy of the tree. The tests of its package run first, and where they notice
nothing, the whole suite without a browser. What is called caught was caught by a test that passes
without the change.
"""

import os
import time
from collections.abc import Sequence

from kkmp.runner import environment, mutants_report, processes, trials, wrong_changes
from kkmp.runner.console import say, step
from kkmp.runner.environment import ROOT
from kkmp.runner.errors import CannotGoOn
from kkmp.runner.trials import Verdict
from kkmp.runner.wrong_changes import Mutant

WRITTEN = ROOT / "tests" / "mutants.toml"
REPORT = ROOT / "docs" / "mutants.md"
NEAR = "--near"


def mutants(arguments: list[str]) -> int:
    """Try all that are written down, and keep what was found in docs/mutants.md.

    :param arguments: ids, to try only these, and ``--near``, to ask no tests but those of the
        package; docs/mutants.md is then left alone
    """
    wanted = _chosen([each for each in arguments if each != NEAR])
    var = environment.var_dir()
    with processes.only_one(
        var / "mutants.lock", "`make mutants` is running already (process {pid}): wait for its end."
    ):
        notes = (trials.note_of(var, number) for number in range(1, trials.MOST_COPIES + 1))
        ended = [processes.end_leftover(note) for note in notes]
        if any(ended):
            step("Ended what a killed run had left behind")
        begun = time.monotonic()
        verdicts = _tried(wanted, near=NEAR in arguments)
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


def _tried(wanted: Sequence[Mutant], *, near: bool) -> list[Verdict]:
    """In the order in which they are written."""
    # Those that need tables of their own come last: they drop the others' database.
    in_turn = sorted(wanted, key=lambda mutant: mutant.makes_tables)
    many = min(os.cpu_count() or 1, trials.MOST_COPIES, len(wanted))
    judged = {}
    step("Copies of the tree, and their databases")
    with trials.copies(environment.var_dir(), many=many, near=near) as copies:
        for verdict in trials.side_by_side(copies, in_turn):
            step(f"{verdict.mutant.id}: {verdict.words}")
            judged[verdict.mutant.id] = verdict
        step("The tests that have caught something, without any change")
        return trials.alone(copies[0].confirm([judged[mutant.id] for mutant in wanted]))
