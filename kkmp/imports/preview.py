"""What an import would do with every row of a file; nothing is written."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.imports import excluded_rows, not_imported
from kkmp.imports.choices import Choices
from kkmp.imports.excluded_rows import Skip
from kkmp.imports.kinds import ImportKind
from kkmp.imports.masking import covered_verdict
from kkmp.imports.not_imported import title_of
from kkmp.imports.rows import CHANGED, OK, Problem, SourceRow, State, Verdict
from kkmp.imports.tables import Table, cell_at
from kkmp.lib.cells import UNCALCULATED, Cell, is_broken, text_of
from kkmp.lib.errors import DomainError
from kkmp.lib.money import parse_rupiah_or_none
from kkmp.lib.spreadsheet import Row
from kkmp.registry.models import Cooperative

__all__ = ["Examined", "Preview", "Skip", "State", "examine"]


@dataclass(frozen=True, slots=True)
class Examined:
    """A row, and what would happen to it."""

    row: Row
    state: State
    verdict: Verdict
    skip: Skip | None = None
    is_fixed: bool = False
    place: str = ""

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def asks(self) -> bool:
        """Whether the user may confirm that the row is right as it is."""
        return any(problem.is_question for problem in self.verdict.problems)

    @property
    def why(self) -> str:
        """Why the row is not imported, in words; empty if it is."""
        if self.skip is not None:
            return str(self.skip.label)
        return " ".join(problem.message for problem in self.verdict.problems)


@dataclass(frozen=True)
class Preview:
    """All rows of a file, in its order.

    :param stated: sums that the file's own rows of totals state, by the kind's totals
    :param accepts_changes: whether rows with changes are imported as well
    :param aside: a sentence for each thing in the file that will not be imported
    """

    rows: tuple[Examined, ...]
    stated: Mapping[str, int] = field(default_factory=dict)
    accepts_changes: bool = False
    aside: tuple[str, ...] = ()

    def in_state(self, state: State) -> list[Examined]:
        return [row for row in self.rows if row.state == state]

    def row(self, number: int) -> Examined | None:
        return next((row for row in self.rows if row.number == number), None)

    @cached_property
    def counts(self) -> Mapping[State, int]:
        found = Counter(row.state for row in self.rows)
        return {state: found[state] for state in State}

    @cached_property
    def warned(self) -> list[Examined]:
        """Rows that will be imported, but with a warning."""
        going = (State.READY, State.CHANGES)
        return [row for row in self.rows if row.state in going and row.verdict.warnings]

    @cached_property
    def ready(self) -> list[Verdict]:
        return [row.verdict for row in self.in_state(State.READY)]

    @cached_property
    def accepted(self) -> list[Verdict]:
        """The rows with changes, if the user has accepted changes."""
        if not self.accepts_changes:
            return []
        return [row.verdict for row in self.in_state(State.CHANGES)]

    @cached_property
    def seen(self) -> str:
        """A hash of the accepted changes; it differs once somebody has edited the register."""
        shown = [
            [verdict.number, verdict.seen, [[str(c.label), c.old, c.new] for c in verdict.changes]]
            for verdict in self.accepted
        ]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:32] if shown else ""

    def total(self, name: str) -> int:
        """The sum that all ready rows would post, in rupiah."""
        return sum(verdict.amounts.get(name, 0) for verdict in self.ready)


def examine(
    kind: ImportKind,
    table: Table,
    choices: Choices,
    *,
    cooperative: Cooperative,
    on: date,
    by: User | None = None,
) -> Preview:
    """Judge every row of a table, by the user's choices so far."""
    rows = [choices.fixed(row) for row in table.rows]
    left_out = excluded_rows.skips(rows, table, choices, kind)
    data = {row.number: row for row in rows if row.number not in left_out}
    source_rows = [SourceRow(row.number, _named(row, kind, choices), table.place(row.number))
             for row in data.values()]  # fmt: skip
    verdicts = {
        verdict.number: _completed(verdict, data[verdict.number], kind, table, choices)
        for verdict in kind.check(source_rows, cooperative=cooperative, on=on, by=by)
    }
    examined = tuple(
        _left_out(row, left_out[row.number], kind, table, choices)
        if row.number in left_out
        else _examined(row, verdicts[row.number], table, is_fixed=row.number in choices.fixes)
        for row in rows
    )
    return Preview(
        examined,
        excluded_rows.stated(kind, rows, left_out, choices),
        choices.accepts_changes,
        not_imported.not_imported(kind, table, choices, examined),
    )


def _named(row: Row, kind: ImportKind, choices: Choices) -> dict[str, Cell]:
    """A row's cells by our column names: amounts of several columns added, errors blank."""
    named: dict[str, Cell] = {}
    for column in kind.columns:
        indexes = choices.indexes(column.name)
        if indexes:
            cells = [cell_at(row, index) for index in indexes]
            named[column.name] = "" if any(map(is_broken, cells)) else _added(cells)
    return named


def _added(cells: Sequence[Cell]) -> Cell:
    """The sum of cells; if one is no amount, that one, so that the row shows the problem."""
    if len(cells) == 1:
        return cells[0]
    amounts = []
    for cell in cells:
        try:
            amounts.append(parse_rupiah_or_none(cell))
        except DomainError:
            return cell
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else ""


def _completed(
    verdict: Verdict, row: Row, kind: ImportKind, table: Table, choices: Choices
) -> Verdict:
    """The verdict with the problems any list may have; confirmed questions become warnings."""
    faults = [*_undecided(kind, table, choices), *_broken(row, kind, table, choices),
              *_merged(row, kind, table, choices)]  # fmt: skip
    told = {fault.column for fault in faults}
    problems = [one for one in verdict.problems if one.column not in told]
    warnings = list(verdict.warnings)
    if row.number in choices.confirmed:
        warnings = [one for one in problems if one.is_question] + warnings
        problems = [one for one in problems if not one.is_question]
    return replace(verdict, problems=(*faults, *problems), warnings=tuple(warnings))


def _undecided(kind: ImportKind, table: Table, choices: Choices) -> list[Problem]:
    return [
        Problem(
            "columns_undecided",
            _("Several columns fit “%(column)s”: %(titles)s. Choose first which of them count.")
            % {
                "column": kind.column(name).label,
                "titles": ", ".join(title_of(table, at) for at in table.undecided.get(name, ())),
            },
            name,
        )
        for name in choices.undecided
    ]


def _broken(row: Row, kind: ImportKind, table: Table, choices: Choices) -> list[Problem]:
    return [
        Problem(
            "cell_broken",
            _(
                "Column %(column)s holds an error or a formula without a result (%(cell)s). Open "
                "the file in Excel, save it and send it again, or write the value here."
            )
            % {
                "column": title_of(table, index),
                "cell": _("not calculated") if cell == UNCALCULATED else cell,
            },
            column.name,
        )
        for column in kind.columns
        for index in choices.indexes(column.name)
        if is_broken(cell := cell_at(row, index))
    ]


def _merged(row: Row, kind: ImportKind, table: Table, choices: Choices) -> list[Problem]:
    """A problem for each amount in a cell merged over several rows: is it one's, or all's?"""
    return [
        Problem(
            "amount_merged",
            _(
                "The amount in column %(column)s is one cell for several rows. Write here what "
                "belongs to this row."
            )
            % {"column": title_of(table, index)},
            column.name,
        )
        for column in kind.columns
        if column.is_amount
        for index in choices.indexes(column.name)
        if index in row.merged
    ]


def _examined(row: Row, verdict: Verdict, table: Table, *, is_fixed: bool) -> Examined:
    if verdict.problems:
        state = State.PROBLEM
    else:
        state = {OK: State.READY, CHANGED: State.CHANGES}.get(verdict.code, State.EXISTS)
    return Examined(
        row, state, covered_verdict(verdict), is_fixed=is_fixed, place=table.place(row.number)
    )


def _left_out(row: Row, skip: Skip, kind: ImportKind, table: Table, choices: Choices) -> Examined:
    title = " · ".join(text for cell in row.cells if (text := text_of(cell)))
    if skip == Skip.USER:
        # The name is enough to know the row again; other rows are known by all of their cells.
        title = text_of(_named(row, kind, choices).get(kind.naming, ""))
    verdict = covered_verdict(Verdict(number=row.number, title=title, amounts={}))
    return Examined(row, State.SKIPPED, verdict, skip, place=table.place(row.number))
