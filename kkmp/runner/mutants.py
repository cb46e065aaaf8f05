"""``make mutants``: small wrong changes, made one at a time, each of which the suite must catch.

Each is made in a copy of the tree. The tests of its package run first, and where they notice
nothing, the whole suite without a browser. What is called caught was caught by a test that passes
without the change.
"""

import os
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
    """Try what is written down, and keep the verdicts in docs/mutants.md.

    :param arguments: ids, to try only these; and ``--near``, to ask no tests but those of the
        package, where a change that they do not notice gets no verdict
    """
    written = _written()
    ids, near = [each for each in arguments if each != NEAR], NEAR in arguments
    if unknown := set(ids) - {mutant.id for mutant in written}:
        raise CannotGoOn(f"No such mutant: {', '.join(sorted(unknown))}")
    var = environment.var_dir()
    with processes.only_one(
        var / "mutants.lock", "`make mutants` is running already (process {pid}): wait for its end."
    ):
        notes = (trials.note_of(var, number) for number in range(1, trials.MOST_COPIES + 1))
        ended = [processes.end_leftover(note) for note in notes]
        if any(ended):
            step("Ended what a killed run had left behind")
        # Before the copies are made: who goes on working meanwhile changes what stands here.
        when = mutants_report.now()
        verdicts = _tried([one for one in written if one.id in ids or not ids], near=near)
    _keep(written, [one for one in verdicts if one.is_caught or not near], when)
    return _report(verdicts)


def _written() -> list[Mutant]:
    """The whole list, each of which must fit the code, so that none is forgotten."""
    written = wrong_changes.read(WRITTEN)
    for mutant in written:
        for change in mutant.changes:
            change.applied_to(ROOT)
    return written


def _keep(written: Sequence[Mutant], verdicts: Sequence[Verdict], when: str) -> None:
    before = REPORT.read_text() if REPORT.exists() else ""
    known = mutants_report.kept(before) | mutants_report.found(verdicts, when)
    REPORT.write_text(mutants_report.text(written, known))


def _report(verdicts: Sequence[Verdict]) -> int:
    caught = sum(one.is_caught for one in verdicts)
    step(f"{caught} of {len(verdicts)} caught; see {REPORT.name}")
    for one in verdicts:
        if not one.is_caught:
            say(f"  {one.mutant.id}: {one.words}")
    return 0 if caught == len(verdicts) else 1


def _tried(wanted: Sequence[Mutant], *, near: bool) -> list[Verdict]:
    """The verdicts on these mutants, in the order in which they are written."""
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
