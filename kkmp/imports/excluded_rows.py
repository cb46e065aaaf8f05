"""Which rows of a file are no data, and which sums its rows of totals state."""

import re
from collections.abc import Mapping, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.imports.choices import Choices
from kkmp.imports.kinds import ImportKind
from kkmp.imports.tables import SHEET_STEP, Table, cell_at, normal
from kkmp.lib.cells import is_broken, text_of
from kkmp.lib.errors import DomainError
from kkmp.lib.money import parse_rupiah_or_none
from kkmp.lib.spreadsheet import Row


class Skip(models.TextChoices):
    """Why a row is left out without being counted as a problem."""

    USER = "user", _("You left this row out.")
    TOTAL = "total", _("A row of totals.")
    TITLES = "titles", _("The column titles again.")
    STRAY = "stray", _("A line of text, not somebody or something in the list.")


#: "Jumlah RW 01", "TOTAL", "Sub total", "Jml anggota".
_TOTAL = re.compile(r"(?:(?:grand|sub) ?)?(?:jumlah|total|jml|rekap)\b.*|subtotal\b.*")
#: The total of the whole list, not of a part.
_WHOLE = re.compile(
    r"(?:grand )?(?:jumlah|total|jml)(?: (?:total|keseluruhan|seluruhnya|semua|umum|akhir))*"
)
_NUMERIC = re.compile(
    r"(?:rp\.?|idr)?[\s\d.,()–—-]*(?:orang|org|anggota|jiwa|warga|kk|pcs|barang|item)?",
    re.IGNORECASE,
)
_NIK = re.compile(r"\d{14,}")
#: Where at most so many columns are used, a row with a single filled cell may be data.
_FEW_COLUMNS = 3
#: At most so many cells are filled in a line of text: one, or three below the last totals, where
#: date and signatures stand side by side.
_STRAY_CELLS, _CLOSING_CELLS = 1, 3


def skips(rows: Sequence[Row], table: Table, choices: Choices, kind: ImportKind) -> dict[int, Skip]:
    """Why rows are left out, by row number; one with a NIK or an amount never is as stray text."""
    found: dict[int, Skip] = {}
    closing = _closing(rows, table, choices, kind)
    for row in rows:
        skip = _skip(row, table, choices, kind, is_closing=row.number in closing)
        if skip is not None:
            found[row.number] = skip
    return found


def stated(
    kind: ImportKind, rows: Sequence[Row], left_out: Mapping[int, Skip], choices: Choices
) -> dict[str, int]:
    """The sums that the file's own rows of totals state, by our columns of amounts."""
    totals = [row for row in rows if left_out.get(row.number) == Skip.TOTAL]
    found: dict[str, int] = {}
    for column in kind.columns:
        indexes = choices.indexes(column.name)
        if not column.is_amount or not indexes:
            continue
        sheets: dict[int, list[tuple[Row, int]]] = {}
        for row in totals:
            amount = _sum(row, indexes)
            if amount is not None:
                sheets.setdefault(row.number // SHEET_STEP, []).append((row, amount))
        if sheets:
            found[column.name] = sum(_whole(told) for told in sheets.values())
    return found


def _sum(row: Row, indexes: Sequence[int]) -> int | None:
    """The sum of a row of totals over these columns; None if there is none or it is unreadable."""
    try:
        amounts = [parse_rupiah_or_none(cell_at(row, index)) for index in indexes]
    except DomainError:
        return None
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _whole(told: Sequence[tuple[Row, int]]) -> int:
    """The total of a sheet: the last row of totals, or the sum of all if each is of a part."""
    amounts = [amount for _row, amount in told]
    last = told[-1][0]
    is_whole = any(_WHOLE.fullmatch(normal(text_of(cell))) for cell in last.cells)
    parts_are_named = not any(
        _WHOLE.fullmatch(normal(text_of(cell))) for row, _a in told[:-1] for cell in row.cells
    )
    if len(amounts) == 1 or amounts[-1] == sum(amounts[:-1]) or (is_whole and parts_are_named):
        return amounts[-1]
    return sum(amounts)


def _texts(row: Row, *, without: int | None = None) -> dict[int, str]:
    return {
        index: text
        for index, cell in enumerate(row.cells)
        if index != without and (text := text_of(cell))
    }


def _skip(
    row: Row, table: Table, choices: Choices, kind: ImportKind, *, is_closing: bool
) -> Skip | None:
    if row.number in choices.skips:
        return Skip.USER
    everything = _texts(row)
    cells = _texts(row, without=table.ordinal)
    if _is_total(everything):
        return Skip.TOTAL
    if _repeats_titles(cells, table):
        return Skip.TITLES
    if _is_data(row, table, choices, kind):
        return None
    few = _CLOSING_CELLS if is_closing else _STRAY_CELLS
    if not cells or (len(choices.columns) > _FEW_COLUMNS and len(cells) <= few):
        return Skip.STRAY
    return None


def _closing(rows: Sequence[Row], table: Table, choices: Choices, kind: ImportKind) -> set[int]:
    """Numbers of the rows below a sheet's last totals, such as date and signatures."""
    found: set[int] = set()
    below: set[int] | None = None
    sheet = -1
    for row in rows:
        if row.number // SHEET_STEP != sheet:
            found |= below or set()
            below, sheet = None, row.number // SHEET_STEP
        if _is_total(_texts(row)):
            found |= below or set()
            below = set()
        elif _is_data(row, table, choices, kind):
            # Data follow, so the rows since the last totals are part of the list.
            below = None
        elif below is not None:
            below.add(row.number)
    return found | (below or set())


def _is_data(row: Row, table: Table, choices: Choices, kind: ImportKind) -> bool:
    """Whether a row holds an identity number, an amount, or a running number and a name."""
    for cell in row.cells:
        if _NIK.search(re.sub(r"[\s.'’`-]", "", text_of(cell))):
            return True
    for column in kind.columns:
        for index in choices.indexes(column.name):
            cell = cell_at(row, index)
            if column.is_secret and any(letter.isdigit() for letter in text_of(cell)):
                return True
            if column.is_amount and (is_broken(cell) or _is_amount(row, index)):
                return True
    numbered = table.ordinal is not None and text_of(cell_at(row, table.ordinal)).isdigit()
    name = choices.columns.get(kind.naming)
    return bool(numbered and name is not None and text_of(cell_at(row, name)))


def _is_amount(row: Row, index: int) -> bool:
    try:
        return bool(parse_rupiah_or_none(cell_at(row, index)))
    except DomainError:
        return any(letter.isdigit() for letter in text_of(cell_at(row, index)))


def _is_total(texts: Mapping[int, str]) -> bool:
    words = {normal(text) for text in texts.values() if not _NUMERIC.fullmatch(text)}
    if any(_NIK.search(re.sub(r"[\s.'’`-]", "", text)) for text in texts.values()):
        return False
    return len(words) == 1 and bool(_TOTAL.fullmatch(next(iter(words))))


def _repeats_titles(cells: Mapping[int, str], table: Table) -> bool:
    same = sum(normal(text) == normal(table.titles[at]) for at, text in cells.items())
    return same >= 2 and same * 2 >= len(cells)
