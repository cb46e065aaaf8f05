"""Finds the list in a spreadsheet: its sheets, its row of titles, and its columns."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from django.utils.translation import gettext as _

from kkmp.imports import titles as titling
from kkmp.imports.masking import covered
from kkmp.imports.rows import Column
from kkmp.imports.titles import Head, guess, normal
from kkmp.lib.cells import Cell, text_of
from kkmp.lib.errors import DomainError
from kkmp.lib.existing import present
from kkmp.lib.money import parse_rupiah_or_none
from kkmp.lib.spreadsheet import Row, Sheet, SpreadsheetError

__all__ = ["Head", "SheetSeen", "Table", "amount_at", "cell_at", "find", "guess", "normal"]

#: Added to the row numbers of a second sheet, twice to those of a third, and so on.
SHEET_STEP = 10_000_000
#: What counts as an amount of money; an age or a telephone number is none.
_AMOUNTS = range(500, 10**10)


class NoTitles(SpreadsheetError):
    """No row looks like titles of columns."""


class NoRows(SpreadsheetError):
    """The sheet holds nothing below the titles."""


class NoColumn(SpreadsheetError):
    """No column, or more than one, has this title or letter."""


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """A sheet of the file that is not empty.

    :param rows: how many rows are filled, below the titles if it has any
    :param is_list: whether it has titles that are known
    :param is_read: whether its rows are part of the table
    """

    name: str
    rows: int
    is_hidden: bool
    is_list: bool
    is_read: bool


@dataclass(frozen=True)
class Table:
    """The titles of a list and the rows below them, as they stand in the file.

    :param titles: one for each column, blank where the file has none
    :param guess: for each of our columns, by name, the index of the file's that is guessed
    :param remarks: by row number, why a row was not imported when others were
    :param undecided: our columns that several of the file's fit, with the indexes of these
    :param sheets: all sheets of the file that are not empty, in its order
    :param source: the content of all sheets, if there are several, so that others can be chosen
    """

    titles: tuple[str, ...]
    titles_row: int
    rows: tuple[Row, ...]
    guess: Mapping[str, int]
    ordinal: int | None
    remarks: Mapping[int, str] = field(default_factory=dict)
    undecided: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    sheets: tuple[SheetSeen, ...] = ()
    source: tuple[Sheet, ...] = ()

    def samples(self, index: int, count: int = 3) -> list[str]:
        """The first different values of a column, with identity numbers covered."""
        found: list[str] = []
        for row in self.rows:
            text = covered(text_of(cell_at(row, index)))[:60]
            if text and text not in found:
                found.append(text)
                if len(found) == count:
                    break
        return found

    def index_of(self, named: str) -> int:
        """The index of a column that is named by its title or letter.

        :raises NoColumn: there is none, or several have this title
        """
        wanted = normal(named)
        found = [at for at, title in enumerate(self.titles) if title and normal(title) == wanted]
        if not found:
            found = [at for at in range(len(self.titles)) if letter(at) == named.strip().upper()]
        if len(found) != 1:
            raise NoColumn(
                _("There is no column “%(column)s” in this file, or there are several.")
                % {"column": covered(named)}
            )
        return found[0]

    def place(self, number: int) -> str:
        """A row's number as people see it, with its sheet where several are read."""
        read = [sheet.name for sheet in self.sheets if sheet.is_read]
        order, own = divmod(number, SHEET_STEP)
        return f"{own} ({covered(read[order])})" if 1 < len(read) > order else str(own)

    def dumped(self) -> str:
        return json.dumps(
            {
                "titles": self.titles,
                "titles_row": self.titles_row,
                "rows": _dumped_rows(self.rows),
                "guess": self.guess,
                "ordinal": self.ordinal,
                "remarks": self.remarks,
                "undecided": self.undecided,
                "sheets": [
                    [one.name, one.rows, one.is_hidden, one.is_list, one.is_read]
                    for one in self.sheets
                ],
                "source": [
                    [one.name, one.is_hidden, _dumped_rows(one.rows)] for one in self.source
                ],
            }
        )

    @classmethod
    def loaded(cls, text: str) -> Self:
        kept = json.loads(text)
        return cls(
            titles=tuple(kept["titles"]),
            titles_row=kept["titles_row"],
            rows=_loaded_rows(kept["rows"]),
            guess=kept["guess"],
            ordinal=kept["ordinal"],
            remarks={int(number): remark for number, remark in kept["remarks"].items()},
            undecided={name: tuple(indexes) for name, indexes in kept["undecided"].items()},
            sheets=tuple(SheetSeen(*one) for one in kept["sheets"]),
            source=tuple(
                Sheet(name, _loaded_rows(rows), is_hidden)
                for name, is_hidden, rows in kept["source"]
            ),
        )


def _dumped_rows(rows: Sequence[Row]) -> list[Any]:
    return [[row.number, row.cells, sorted(row.merged)] for row in rows]


def _loaded_rows(rows: Sequence[Any]) -> tuple[Row, ...]:
    return tuple(Row(number, tuple(cells), frozenset(merged)) for number, cells, merged in rows)


def find(
    sheets: Sequence[Sheet], columns: Sequence[Column], chosen: Collection[str] | None = None
) -> Table:
    """Find the list in these sheets: the row with the most known titles, and the rows below it.

    All visible sheets with a list of the same columns are read together. A hidden sheet is read
    only if no visible one holds a list.

    :param chosen: names of the sheets to read instead
    :raises NoTitles: no row holds two known titles
    :raises NoRows: there is nothing below the titles
    """
    heads = [titling.head_of(sheet, columns) for sheet in sheets]
    wanted = [chosen is None or sheet.name in chosen for sheet in sheets]
    base = _base(sheets, heads, wanted, columns)
    first = present(heads[base], "the base is a sheet with a head")
    if not first.rows:
        raise NoRows(_("There are no rows below the column titles."))
    needed = {column.name for column in columns if column.is_required}
    read = [base]
    for at, (sheet, head) in enumerate(zip(sheets, heads, strict=True)):
        if at == base:
            continue
        alike = head is not None and head.rows and set(head.guess) == set(first.guess)
        if (
            wanted[at]
            if chosen is not None
            else (alike and not sheet.is_hidden and needed <= first.guess.keys())
        ):
            read.append(at)
    read.sort()
    table = _joined([sheets[at] for at in read], [heads[at] for at in read], first, columns)
    seen = tuple(
        SheetSeen(
            sheet.name,
            len(head.rows if head else sheet.rows),
            sheet.is_hidden,
            head is not None,
            at in read,
        )
        for at, (sheet, head) in enumerate(zip(sheets, heads, strict=True))
    )
    return replace(table, sheets=seen, source=tuple(sheets) if len(sheets) > 1 else ())


def _base(
    sheets: Sequence[Sheet],
    heads: Sequence[Head | None],
    wanted: Sequence[bool],
    columns: Sequence[Column],
) -> int:
    """The index of the sheet whose titles are used: a visible one, if any holds a list."""
    candidates = [
        (not sheet.is_hidden, bool(head.rows), head.known, -at)
        for at, (sheet, head) in enumerate(zip(sheets, heads, strict=True))
        if head is not None and wanted[at]
    ]
    if not candidates:
        raise NoTitles(
            _("No row with column titles was found. Put titles above the list, such as %(titles)s.")
            % {"titles": ", ".join(f"“{column.label}”" for column in _telling(columns))}
        )
    return -max(candidates)[3]


def _joined(
    sheets: Sequence[Sheet],
    heads: Sequence[Head | None],
    first: Head,
    columns: Sequence[Column],
) -> Table:
    """The rows of several sheets as one table, each cell below the same title."""
    titles = list(first.titles)
    rows: list[Row] = []
    for order, (sheet, head) in enumerate(zip(sheets, heads, strict=True)):
        own = sheet.rows if head is None else head.rows
        moves = _moves(head, first, titles) if head is not None and head is not first else None
        rows += [_moved(row, moves, order * SHEET_STEP) for row in own]
    width = max(len(titles), *(len(row.cells) for row in rows))
    titles += [""] * (width - len(titles))
    found, undecided = titling.matched_columns(titles, rows, columns, amount_at)
    return Table(
        titles=tuple(titles),
        titles_row=first.number,
        rows=tuple(rows),
        guess=found,
        ordinal=titling.ordinal(titles, rows, columns),
        undecided=undecided,
    )


def _moves(head: Head, first: Head, titles: list[str]) -> list[int]:
    """The column of the table for each column of a further sheet; new ones come at the end."""
    by_title = {normal(title): at for at, title in reversed(list(enumerate(titles))) if title}
    by_name = {index: first.guess[name] for name, index in head.guess.items()
               if name in first.guess}  # fmt: skip
    taken: set[int] = set()
    moves = []
    for index, title in enumerate(head.titles):
        at = by_title.get(normal(title)) if title else None
        if at is None or at in taken:
            at = by_name.get(index)
        if at is None or at in taken:
            at = len(titles)
            titles.append(title)
        taken.add(at)
        moves.append(at)
    return moves


def _moved(row: Row, moves: Sequence[int] | None, offset: int) -> Row:
    if moves is None:
        return Row(row.number + offset, row.cells, row.merged)
    cells: list[Cell] = [""] * (max(moves, default=-1) + 1)
    merged = set()
    for index, cell in enumerate(row.cells):
        at = moves[index] if index < len(moves) else len(cells)
        cells += [""] * (at + 1 - len(cells))
        cells[at] = cell
        if index in row.merged:
            merged.add(at)
    return Row(row.number + offset, tuple(cells), frozenset(merged))


def cell_at(row: Row, index: int) -> Cell:
    return row.cells[index] if index < len(row.cells) else ""


def amount_at(row: Row, index: int) -> int:
    """The amount of money in a cell; 0 for anything else."""
    cell = cell_at(row, index)
    if isinstance(cell, str) and (not cell.strip() or cell.strip()[0] in "0+"):
        return 0
    try:
        amount = parse_rupiah_or_none(cell) or 0
    except DomainError:
        return 0
    return amount if abs(amount) in _AMOUNTS else 0


def letter(index: int) -> str:
    """A column's letters, as spreadsheets show them: A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _telling(columns: Sequence[Column]) -> list[Column]:
    return sorted(columns, key=lambda column: not column.is_required)[:3]
