"""Finding the list in a spreadsheet: its row of titles, and what its columns are."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from django.utils.translation import gettext as _

from kkmp.imports.rows import Column
from kkmp.lib.spreadsheet import Cell, Row, Sheet, SpreadsheetError, text_of

#: The row of titles stands within so many filled rows.
TITLES_WITHIN = 50
#: So many known titles make a row of titles.
KNOWN_TITLES = 2

#: The running number that most lists start with. It tells nothing and is not asked for.
ORDINAL = Column(name="", label="", synonyms=("no", "nomor", "no urut", "nomor urut", "nmr", "#"))


class NoTitles(SpreadsheetError):
    """No row looks like titles of columns."""


class NoRows(SpreadsheetError):
    """There is nothing below the titles."""


@dataclass(frozen=True)
class Table:
    """Titles and the rows below them, as the file has them.

    :param titles: one a column, blank where the file has none
    :param guess: index of the file's column by name of ours
    :param remarks: by row number, why the row stayed behind when others were imported
    """

    titles: tuple[str, ...]
    titles_row: int
    rows: tuple[Row, ...]
    guess: Mapping[str, int]
    ordinal: int | None
    remarks: Mapping[int, str] = field(default_factory=dict)

    def samples(self, index: int, count: int = 3) -> list[str]:
        """The first different values of a column, long numbers covered."""
        found: list[str] = []
        for row in self.rows:
            text = _covered(text_of(cell_at(row, index)))[:60]
            if text and text not in found:
                found.append(text)
                if len(found) == count:
                    break
        return found

    def dumped(self) -> str:
        rows = [[row.number, row.cells] for row in self.rows]
        return json.dumps(
            [self.titles, self.titles_row, rows, self.guess, self.ordinal, self.remarks]
        )

    @classmethod
    def loaded(cls, text: str) -> Self:
        titles, titles_row, rows, guess, ordinal, remarks = json.loads(text)
        return cls(
            tuple(titles),
            titles_row,
            tuple(Row(number, tuple(cells)) for number, cells in rows),
            guess,
            ordinal,
            {int(number): remark for number, remark in remarks.items()},
        )


def find(sheets: Sequence[Sheet], columns: Sequence[Column]) -> Table:
    """The list in these sheets: the row that holds most known titles, and what is below it.

    :raises NoTitles: no row holds two of them
    :raises NoRows: nothing follows
    """
    candidates = [
        (len(guess(row.cells, columns)), -order, -at, sheet)
        for order, sheet in enumerate(sheets)
        for at, row in enumerate(sheet.rows[:TITLES_WITHIN])
    ]
    known, _order, minus_at, sheet = max(candidates, key=lambda candidate: candidate[:3])
    if known < KNOWN_TITLES:
        raise NoTitles(
            _("No row with column titles was found. Put titles above the list, such as %(titles)s.")
            % {"titles": ", ".join(f"“{column.label}”" for column in _telling(columns))}
        )
    head, rows = sheet.rows[-minus_at], sheet.rows[-minus_at + 1 :]
    if not rows:
        raise NoRows(_("There are no rows below the column titles."))
    width = max(len(head.cells), *(len(row.cells) for row in rows))
    titles = [text_of(cell) for cell in head.cells]
    return Table(
        titles=tuple(titles + [""] * (width - len(titles))),
        titles_row=head.number,
        rows=rows,
        guess=guess(head.cells, columns),
        ordinal=guess(head.cells, [*columns, ORDINAL]).get(""),
    )


def guess(titles: Sequence[Cell], columns: Sequence[Column]) -> dict[str, int]:
    """Which of the file's columns is which of ours: the best fit first, each used once."""
    fits = sorted(
        (-score, position, index)
        for index, title in enumerate(titles)
        for position, column in enumerate(columns)
        if (score := _fit(normal(title), column))
    )
    found: dict[str, int] = {}
    for _score, position, index in fits:
        name = columns[position].name
        if name not in found and index not in found.values():
            found[name] = index
    return found


def cell_at(row: Row, index: int) -> Cell:
    return row.cells[index] if index < len(row.cells) else ""


def normal(title: Cell) -> str:
    """A title without case, accents and punctuation: ``no ktp nik`` for ``No. KTP / NIK``."""
    plain = unicodedata.normalize("NFKD", str(title)).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.findall(r"[a-z0-9]+|#", plain))


def _fit(title: str, column: Column) -> int:
    """0 for none, 1,000 for the same words, in between for the words within others.

    A title with many more words is another thing: "nama" is not "nama gadis ibu kandung".
    """
    best = 0
    for synonym in column.synonyms:
        if title == synonym:
            return 1000
        spare = title.count(" ") - synonym.count(" ")
        if spare <= 2 and f" {synonym} " in f" {title} ":
            best = max(best, 10 * len(synonym) - spare)
    return best


def _telling(columns: Sequence[Column]) -> list[Column]:
    return sorted(columns, key=lambda column: not column.is_required)[:3]


def _covered(text: str) -> str:
    digits = re.sub(r"[\s.'-]", "", text)
    if digits.isdigit() and len(digits) >= 15:
        return f"{digits[:4]}********{digits[-4:]}"
    return text
