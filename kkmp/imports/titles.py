"""Titles of columns: the rows in which they stand, and which of our columns each fits."""

import itertools
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kkmp.imports.rows import Column
from kkmp.lib.cells import Cell, text_of
from kkmp.lib.spreadsheet import Row, Sheet

#: The titles are looked for in the first so many filled rows.
TITLES_WITHIN = 50
#: Rows with fewer known titles are no titles.
KNOWN_TITLES = 2
#: Titles take at most so many rows: some over several columns, below them one for each column.
DEPTH = 3
#: Stands between a title over several columns and that of one of them.
BELOW = " › "

#: The running number with which most lists begin; it is not imported.
ORDINAL = Column(name="", label="", synonyms=("no", "nomor", "no urut", "nomor urut", "nmr", "#"))

Amount = Callable[[Row, int], int]


@dataclass(frozen=True)
class Head:
    """The titles of a sheet, and the rows below them.

    :param number: the number of the last row of titles
    :param known: how many of the titles fit one of our columns
    """

    titles: tuple[str, ...]
    number: int
    known: int
    guess: Mapping[str, int]
    rows: tuple[Row, ...]


def head_of(sheet: Sheet, columns: Sequence[Column]) -> Head | None:
    """The titles: as few rows as have the most known titles; None if too few are known."""
    best: Head | None = None
    for at in range(min(TITLES_WITHIN, len(sheet.rows))):
        for depth in range(1, DEPTH + 1):
            rows = sheet.rows[at : at + depth]
            if depth > 1 and (len(rows) < depth or not _continues(rows[-2], rows[-1])):
                break
            titles = _titles(rows)
            found = guess(titles, columns)
            known = len(found) + _ambiguous(titles, found, columns)
            if known >= KNOWN_TITLES and (best is None or known > best.known):
                below = sheet.rows[at + depth :]
                best = Head(tuple(titles), rows[-1].number, known, found, below)
    if best is None:
        return None
    rest = list(best.rows)
    while rest and (_is_count(rest[0]) or _is_units(rest[0])):
        rest.pop(0)
    return Head(best.titles, best.number, best.known, best.guess, tuple(rest))


def _ambiguous(titles: Sequence[str], found: Mapping[str, int], columns: Sequence[Column]) -> int:
    """How many further titles fit a column of amounts, such as one for each month."""
    amounts = [column for column in columns if column.is_amount]
    used = set(found.values())
    return sum(
        at not in used and any(fit(title, column) for column in amounts)
        for at, title in enumerate(titles)
    )


def _continues(upper: Row, lower: Row) -> bool:
    """Whether a row of titles goes on in the row below it.

    The lower row may be filled only where the upper one is blank, has a title over several
    columns, or the same text; numbers and amounts are no titles.
    """
    if lower.number != upper.number + 1:
        return False
    above = [text_of(cell) for cell in upper.cells]
    below = [text_of(cell) for cell in lower.cells]
    above += [""] * (len(below) - len(above))
    if not any(re.search(r"[^\W\d_]", text) for text in below):
        return False
    for at, text in enumerate(below):
        if not text or text == above[at]:
            continue
        wide = not above[at] or (at + 1 < len(above) and not above[at + 1])
        is_date = bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text))
        if _UNIT.fullmatch(text) or (wide and is_date):
            continue
        if not wide or len(re.sub(r"\D", "", text)) > 4 or not isinstance(lower.cells[at], str):
            return False
    return True


def _titles(rows: Sequence[Row]) -> list[str]:
    """One title for each column; a title over several columns is put before those below it."""
    width = max(len(row.cells) for row in rows)
    titles = [""] * width
    for order, row in enumerate(rows):
        texts = [text_of(cell) for cell in row.cells]
        texts += [""] * (width - len(texts))
        is_last = order == len(rows) - 1
        under = [text_of(cell) for cell in rows[order + 1].cells] if not is_last else []
        wide = ""
        for at, text in enumerate(texts):
            wide = text or wide
            told = text if is_last or text else wide if at < len(under) and under[at] else ""
            if told and not titles[at].endswith(told):
                titles[at] = f"{titles[at]}{BELOW}{told}" if titles[at] else told
    return titles


_UNIT = re.compile(r"\(.*\)|rp\.?|idr", re.IGNORECASE)


def _is_units(row: Row) -> bool:
    """Whether a row only names units of the columns, such as (Rp)."""
    filled = [text for cell in row.cells if (text := text_of(cell))]
    return all(_UNIT.fullmatch(text) for text in filled)


def _is_count(row: Row) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 …"""
    filled = [text_of(cell).strip("()") for cell in row.cells if text_of(cell)]
    return len(filled) >= 3 and filled == [str(at) for at in range(1, len(filled) + 1)]


# --- Which column is which -------------------------------------------------------------------


def guess(titles: Sequence[Cell], columns: Sequence[Column]) -> dict[str, int]:
    """The index of the file's column for each of ours that one fits; each is used once."""
    fits = sorted(
        (-score, position, index)
        for index, title in enumerate(titles)
        for position, column in enumerate(columns)
        if (score := fit(title, column))
    )
    found: dict[str, int] = {}
    for _score, position, index in fits:
        name = columns[position].name
        if name not in found and index not in found.values():
            found[name] = index
    return found


def matched_columns(
    titles: Sequence[str], rows: Sequence[Row], columns: Sequence[Column], amount: Amount
) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    """The columns by titles as :func:`guess` finds them, and by the cells below the titles.

    Where several fit one of our columns of amounts, none is taken; the second answer has their
    indexes, for the user to choose.
    """
    found = guess(titles, columns)
    for column in columns:
        if column.looks:
            _choose_by_looks(column, titles, rows, found)
    undecided: dict[str, tuple[int, ...]] = {}
    for column in columns:
        if column.is_amount:
            others = {index for name, index in found.items() if name != column.name}
            fits = [
                at
                for at, title in enumerate(titles)
                if at not in others and fit(title, column) and any(amount(row, at) for row in rows)
            ]
            exact = [at for at in fits if fit(titles[at], column) == EXACT]
            if len(fits) > 1 and len(exact) != 1:
                undecided[column.name] = tuple(fits)
                found.pop(column.name, None)
    return found, undecided


def _choose_by_looks(
    column: Column, titles: Sequence[str], rows: Sequence[Row], found: dict[str, int]
) -> None:
    """Put into ``found`` the column whose cells look right, of those whose titles fit.

    Two columns may be called NIK: the number of the member, and that of the identity card.
    """
    now = found.get(column.name)
    others = {index for name, index in found.items() if name != column.name}
    fits = [at for at, title in enumerate(titles) if at not in others and fit(title, column)]
    shares = {at: _share(column.looks, rows, at) for at in fits}
    best = max(fits, key=lambda at: (shares[at], at == now, -at), default=None)
    if best is not None and (now is None or shares[best] > shares.get(now, 0)):
        found[column.name] = best


def _share(looks: str, rows: Sequence[Row], at: int) -> float:
    """The share of a column's filled cells that match the pattern."""
    texts = [text_of(row.cells[at]) for row in rows[:500] if at < len(row.cells)]
    texts = [text for text in texts if text]
    alike = sum(bool(re.fullmatch(looks, re.sub(r"[\s.'’`-]", "", text))) for text in texts)
    return alike / len(texts) if texts else 0.0


def ordinal(titles: Sequence[str], rows: Sequence[Row], columns: Sequence[Column]) -> int | None:
    """The index of the file's column of running numbers; None if it has none.

    It is offered for nothing, so a title that may be one of ours is never taken for it, nor a
    column whose cells are no short numbers: "No. KTP" begins like "No.".
    """
    for at, title in enumerate(titles):
        fits = fit(title, ORDINAL)
        if not fits or any(fit(title, column) for column in columns):
            continue
        if _share(r"\d{1,6}", rows, at) > 0.5 and (fits >= EXACT_BUT_REMARKS or _runs(rows, at)):
            return at
    return None


def _runs(rows: Sequence[Row], at: int) -> bool:
    """Whether most of a column's numbers are one more than the one above."""
    texts = [text_of(row.cells[at]) for row in rows[:500] if at < len(row.cells)]
    numbers = [int(text) for text in texts if re.fullmatch(r"\d{1,6}", text, re.ASCII)]
    steps = [below - above for above, below in itertools.pairwise(numbers)]
    return sum(step == 1 for step in steps) * 2 > len(steps)


def normal(title: Cell) -> str:
    """A title in plain small letters: ``no ktp nik`` for ``No. KTP / NIK``."""
    plain = unicodedata.normalize("NFKD", str(title)).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.findall(r"[a-z0-9]+|#", plain))


#: How well the same words fit; a little less where they stand beside a remark in brackets.
EXACT, EXACT_BUT_REMARKS = 1000, 990
#: Words of time and unit, which do not say which column it is.
_MINOR = re.compile(
    r"\d+|rp|idr|rupiah|ribu|bln|bulan|bulanan|perbulan|per|th|thn|tahun|tw|triwulan|kuartal|kwartal"
    r"|quarter|q\d|semester|smt|i|ii|iii|iv|v|vi|ke|s|d|sd|minggu"
    r"|jan\w*|feb\w*|peb\w*|mar|maret|march|mrt|apr\w*|mei|may|jun\w*|jul\w*|agu\w*|agt|ags|agst"
    r"|aug\w*|sep\w*|okt\w*|oct\w*|nov\w*|nop\w*|des|desember|dec|december"
)


def fit(title: Cell, column: Column) -> int:
    """How well a title fits a column: 1,000 for the same words, 0 if it does not.

    In between are titles with further words; with many of them it means something else: "nama
    gadis ibu kandung" is not "nama". Amounts and months do not count as words: "Simpanan Wajib
    (Rp.10.000/bln)" is the mandatory savings.
    """
    text = str(title)
    best = _fit(normal(text), column)
    if best < EXACT:
        parts = [re.sub(r"[(\[].*?[)\]]", " ", text), text.rpartition(BELOW)[2]]
        for part in map(normal, parts):
            best = max(best, min(_fit(part, column), EXACT_BUT_REMARKS) if part else 0)
    return best


def _fit(title: str, column: Column) -> int:
    best = 0
    for synonym in column.synonyms:
        if title == synonym:
            return EXACT
        if f" {synonym} " in f" {title} ":
            rest = f" {title} ".replace(f" {synonym} ", " ", 1).split()
            spare = sum(not _MINOR.fullmatch(word) for word in rest)
            if spare <= 2:
                best = max(best, 10 * len(synonym) - spare)
    return best
