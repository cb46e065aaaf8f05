"""What would happen to every row of a file, without doing it."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.imports.choices import Choices
from kkmp.imports.kinds import ImportKind
from kkmp.imports.rows import CHANGED, OK, SourceRow, Verdict
from kkmp.imports.tables import Table, cell_at, normal
from kkmp.lib.errors import DomainError
from kkmp.lib.money import parse_rupiah_or_none
from kkmp.lib.spreadsheet import Cell, Row, text_of
from kkmp.registry.models import Cooperative


class State(models.TextChoices):
    READY = "ready", _("Ready")
    CHANGES = "changes", _("With changes")
    PROBLEM = "problem", _("With problems")
    EXISTS = "exists", _("Known already")
    SKIPPED = "skipped", _("Left out")


class Skip(models.TextChoices):
    """Why a row is no data. It is left out, not counted as a mistake."""

    USER = "user", _("You left this row out.")
    TOTAL = "total", _("A row of totals.")
    TITLES = "titles", _("The column titles again.")
    STRAY = "stray", _("A line of text, not somebody or something in the list.")


@dataclass(frozen=True, slots=True)
class Examined:
    """One row and what would become of it."""

    row: Row
    state: State
    verdict: Verdict
    skip: Skip | None = None
    is_fixed: bool = False

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def why(self) -> str:
        """Why the row does not go in, in words; empty if it does."""
        if self.skip is not None:
            return str(self.skip.label)
        return " ".join(problem.message for problem in self.verdict.problems)


@dataclass(frozen=True)
class Preview:
    """All rows of a file, in its order.

    :param stated: sums that the file's own row of totals names, by the kind's totals
    :param accepts_changes: whether rows with changes go in as well
    """

    rows: tuple[Examined, ...]
    stated: Mapping[str, int] = field(default_factory=dict)
    accepts_changes: bool = False

    def of(self, state: State) -> list[Examined]:
        return [row for row in self.rows if row.state == state]

    def row(self, number: int) -> Examined | None:
        return next((row for row in self.rows if row.number == number), None)

    @cached_property
    def counts(self) -> Mapping[State, int]:
        found = Counter(row.state for row in self.rows)
        return {state: found[state] for state in State}

    @cached_property
    def ready(self) -> list[Verdict]:
        return [row.verdict for row in self.of(State.READY)]

    @cached_property
    def accepted(self) -> list[Verdict]:
        """The changes that somebody has agreed to."""
        if not self.accepts_changes:
            return []
        return [row.verdict for row in self.of(State.CHANGES)]

    @cached_property
    def seen(self) -> str:
        """What the accepted changes rest on; another one if the register changes meanwhile."""
        shown = [
            [verdict.number, verdict.seen, [[str(c.label), c.old, c.new] for c in verdict.changes]]
            for verdict in self.accepted
        ]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:32] if shown else ""

    def total(self, name: str) -> int:
        """What the ready rows would post together, in rupiah."""
        return sum(verdict.amounts.get(name, 0) for verdict in self.ready)


def examine(
    kind: ImportKind, table: Table, choices: Choices, *, cooperative: Cooperative, on: date
) -> Preview:
    """Judge every row of a table by the choices made so far."""
    rows = [choices.fixed(row) for row in table.rows]
    skips = _skips(rows, table, choices)
    data = [SourceRow(row.number, _named(row, choices)) for row in rows if row.number not in skips]
    verdicts = {
        verdict.number: verdict for verdict in kind.check(data, cooperative=cooperative, on=on)
    }
    return Preview(
        tuple(
            _left_out(row, skips[row.number], kind, choices)
            if row.number in skips
            else _examined(row, verdicts[row.number], is_fixed=row.number in choices.fixes)
            for row in rows
        ),
        _stated(kind, rows, skips, choices),
        choices.accepts_changes,
    )


def _named(row: Row, choices: Choices) -> dict[str, Cell]:
    return {name: cell_at(row, index) for name, index in choices.columns.items()}


def _examined(row: Row, verdict: Verdict, *, is_fixed: bool) -> Examined:
    if verdict.problems:
        state = State.PROBLEM
    else:
        state = {OK: State.READY, CHANGED: State.CHANGES}.get(verdict.code, State.EXISTS)
    return Examined(row, state, verdict, is_fixed=is_fixed)


def _left_out(row: Row, skip: Skip, kind: ImportKind, choices: Choices) -> Examined:
    title = " · ".join(text for cell in row.cells if (text := text_of(cell)))
    if skip == Skip.USER:
        # Its name is enough; the other cells may hold what not everybody should read.
        title = text_of(_named(row, choices).get(kind.naming, ""))
    return Examined(row, State.SKIPPED, Verdict(number=row.number, title=title, amounts={}), skip)


# --- Rows that are no data -----------------------------------------------------------------

_TOTAL = re.compile(r"(?:(?:grand|sub) ?)?(?:jumlah|total)\b.*")
_NUMERIC = re.compile(r"(?:rp\.?|idr)?[\s\d.,()–—-]*", re.IGNORECASE)
#: Of so few columns a single filled cell may be all there is of a row.
_FEW_COLUMNS = 3
#: A line of text fills one cell; below the totals come dates and signatures, side by side.
_STRAY_CELLS, _CLOSING_CELLS = 1, 3


def _skips(rows: Sequence[Row], table: Table, choices: Choices) -> dict[int, Skip]:
    """Why rows are left out, by row number."""
    found: dict[int, Skip] = {}
    below_totals = False
    for row in rows:
        skip = _skip(row, table, choices, below_totals=below_totals)
        if skip is not None:
            found[row.number] = skip
        below_totals = below_totals or skip == Skip.TOTAL
    return found


def _skip(row: Row, table: Table, choices: Choices, *, below_totals: bool) -> Skip | None:
    if row.number in choices.skips:
        return Skip.USER
    cells = {
        index: text
        for index, cell in enumerate(row.cells)
        if index != table.ordinal and (text := text_of(cell))
    }
    if _is_total(list(cells.values())):
        return Skip.TOTAL
    if _repeats_titles(cells, table):
        return Skip.TITLES
    stray = _CLOSING_CELLS if below_totals else _STRAY_CELLS
    if not cells or (len(choices.columns) > _FEW_COLUMNS and len(cells) <= stray):
        return Skip.STRAY
    return None


def _is_total(texts: Sequence[str]) -> bool:
    words = [text for text in texts if not _NUMERIC.fullmatch(text)]
    return len(words) == 1 and bool(_TOTAL.fullmatch(normal(words[0])))


def _repeats_titles(cells: Mapping[int, str], table: Table) -> bool:
    same = sum(normal(text) == normal(table.titles[at]) for at, text in cells.items())
    return same >= 2 and same * 2 >= len(cells)


def _stated(
    kind: ImportKind, rows: Sequence[Row], skips: Mapping[int, Skip], choices: Choices
) -> dict[str, int]:
    """What the last row of totals says of the columns that are money."""
    totals = [row for row in rows if skips.get(row.number) == Skip.TOTAL]
    if not totals:
        return {}
    found = {}
    for name, _label in kind.totals:
        if name in choices.columns:
            try:
                amount = parse_rupiah_or_none(cell_at(totals[-1], choices.columns[name]))
            except DomainError:
                continue
            if amount is not None:
                found[name] = amount
    return found
