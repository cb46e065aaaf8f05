"""Finding the list in a spreadsheet: its sheets, its row of titles, and what its columns are."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from django.utils.translation import gettext as _

from kkmp.imports import titles as titling
from kkmp.imports.covering import covered
from kkmp.imports.rows import Column
from kkmp.imports.titles import Head, guess, normal
from kkmp.lib.errors import DomainError
from kkmp.lib.money import parse_rupiah_or_none
from kkmp.lib.spreadsheet import Cell, Row, Sheet, SpreadsheetError, text_of

__all__ = ["Head", "SheetSeen", "Table", "amount_at", "cell_at", "find", "guess", "normal"]

#: Rows of a further sheet are counted from here on, those of the next from twice as far.
SHEET_STEP = 10_000_000
#: An amount of money, not an age, a year's sum or a telephone number.
_AMOUNTS = range(500, 10**10)


class NoTitles(SpreadsheetError):
    """No row looks like titles of columns."""


class NoRows(SpreadsheetError):
    """The sheet holds nothing below the titles."""


class NoColumn(SpreadsheetError):
    """No column, or more than one, has this title or letter."""


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """A sheet of the file that holds something.

    :param rows: with something in them, below the titles where it has some
    :param is_list: its titles are known
    :param is_read: its rows are part of the table
    """

    name: str
    rows: int
    is_hidden: bool
    is_list: bool
    is_read: bool


@dataclass(frozen=True)
class Table:
    """Titles and the rows below them, as the file has them.

    :param titles: one a column, blank where the file has none
    :param guess: index of the file's column by name of ours
    :param remarks: by row number, why the row stayed behind when others were imported
    :param undecided: our columns that several of the file's fit, none of which is guessed
    :param sheets: all of the file that hold something, in its order
    :param source: what they hold, where there are several, so that others can be chosen
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
        """The first different values of a column, long numbers covered."""
        found: list[str] = []
        for row in self.rows:
            text = covered(text_of(cell_at(row, index)))[:60]
            if text and text not in found:
                found.append(text)
                if len(found) == count:
                    break
        return found

    def index_of(self, named: str) -> int:
        """A column by its title or its letter.

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
        """What a row is called: its number, and its sheet where several are read."""
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
    """The list in these sheets: the row that holds most known titles, and what is below it.

    Every sheet that anybody sees and that holds a list with the same columns is read with it. A
    hidden sheet is read only where no other holds a list.

    :param chosen: names of the sheets to read instead
    :raises NoTitles: no row holds two known titles
    :raises NoRows: nothing follows
    """
    heads = [titling.head_of(sheet, columns) for sheet in sheets]
    wanted = [chosen is None or sheet.name in chosen for sheet in sheets]
    base = _base(sheets, heads, wanted, columns)
    first = heads[base]
    assert first is not None
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
    """The sheet whose titles are taken: one that is seen before a hidden one."""
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
    """The rows of several sheets as one table; each cell in the column of its title."""
    titles = list(first.titles)
    rows: list[Row] = []
    for order, (sheet, head) in enumerate(zip(sheets, heads, strict=True)):
        own = sheet.rows if head is None else head.rows
        moves = _moves(head, first, titles) if head is not None and head is not first else None
        rows += [_moved(row, moves, order * SHEET_STEP) for row in own]
    width = max(len(titles), *(len(row.cells) for row in rows))
    titles += [""] * (width - len(titles))
    found, undecided = titling.told(titles, rows, columns, amount_at)
    return Table(
        titles=tuple(titles),
        titles_row=first.number,
        rows=tuple(rows),
        guess=found,
        ordinal=titling.ordinal(titles, columns),
        undecided=undecided,
    )


def _moves(head: Head, first: Head, titles: list[str]) -> list[int]:
    """Where each column of another sheet goes; columns it alone has are put at the end."""
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
    """The column's letters as spreadsheets show them: A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _telling(columns: Sequence[Column]) -> list[Column]:
    return sorted(columns, key=lambda column: not column.is_required)[:3]
