"""A list as an Excel file: values as what they are, and nothing in it that could run."""

import io
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from kkmp.exports import words
from kkmp.exports.lists import Column, Content, Kind, Sheet, Total
from kkmp.lib.money import group_thousands, round_half_up
from kkmp.lib.periods import JAKARTA, business_day, format_date

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Progress is reported once in this many rows.
STEP = 50
#: What a killed process left behind is removed when it is this old.
_LEFT_BEHIND_SECONDS = 3600
#: Excel's longest cell and sheet name.
_LONGEST_TEXT, _LONGEST_NAME = 32_767, 31
_PAPER_A4 = 9

_FORMATS = {
    Kind.TEXT: "@",
    Kind.CODE: "@",
    Kind.NUMBER: "#,##0",
    Kind.RUPIAH: '"Rp"#,##0',
    Kind.QUANTITY: "#,##0.###",
    Kind.PERCENT: "0.0%",
    Kind.DATE: "dd/mm/yyyy",
    Kind.MOMENT: "dd/mm/yyyy hh:mm",
}
#: A whole quantity: Excel hangs a point behind it where decimals are provided for.
_WHOLE = "#,##0"
_TEXTS = (Kind.TEXT, Kind.CODE)
#: So that a text does not touch the number on its left.
_GAP = {"indent": 1}
_LINE_POINTS = 15
#: Two such texts, each letter an ``&``, are what Excel takes above or below a printed page.
_LONGEST_MARGIN = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above every table.

    :param who: whoever took it out
    """

    cooperative: str
    at: datetime
    who: str

    def in_words(self) -> str:
        """When the list was taken out, and by whom."""
        return _("%(day)s, %(time)s WIB, by %(who)s") % {
            "day": format_date(business_day(self.at)),
            "time": f"{self.at.astimezone(JAKARTA):%H.%M}",
            "who": self.who,
        }


def write(
    content: Content, heading: Heading, *, progress: Callable[[int], None] = lambda _rows: None
) -> tuple[bytes, int]:
    """The file and how many rows it has. Rows are written one by one and not kept in memory.

    Text is written as text: ``=HYPERLINK(…)`` stays what it is and does not run, and a member
    number keeps its zeros. Identity numbers in it are covered.

    :param progress: told every now and then how many rows are written
    """
    buffer = io.BytesIO()
    with tempfile.TemporaryDirectory(dir=_workshop()) as folder:
        book = xlsxwriter.Workbook(
            buffer,
            {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        titles = {"title": content.title or str(content.sheets[0].title)}
        book.set_properties(titles | {"company": heading.cooperative, "author": heading.who})
        writer = _Writer(book, heading, words.sentence(content.conditions), progress)
        for sheet in content.sheets:
            writer.add(sheet)
        book.close()
    return buffer.getvalue(), writer.rows


class _Writer:
    def __init__(
        self,
        book: xlsxwriter.Workbook,
        heading: Heading,
        filters: str,
        progress: Callable[[int], None],
    ) -> None:
        self.book, self.heading, self.filters, self.progress = book, heading, filters, progress
        self.rows = 0
        self._names: set[str] = set()
        self._styles = _Styles(book)

    def add(self, sheet: Sheet) -> None:
        title = str(sheet.title)
        page = self.book.add_worksheet(self._name(title))
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width)
        top = self._write_heading(page, title)
        page.set_row(top, _height(sheet.columns))
        for at, column in enumerate(sheet.columns):
            page.write_string(top, at, str(column.title), self._styles.head(column.kind))
        sums, last = _Sums(sheet.columns), top + len(sheet.before)
        for line, row in enumerate(sheet.before, start=top + 1):
            self._write_row(page, line, sheet.columns, row, sums)
        first = last + 1
        for last, row in enumerate(sheet, start=first):
            self._write_row(page, last, sheet.columns, row, sums)
            self._count()
        if sheet.has_total:
            self._write_total(page, last + 1, sheet, sums, last + 1 - first)
        self._finish(page, sheet.columns, top, last)
        self._set_print(page, title, top)

    def _write_heading(self, page: Worksheet, title: str) -> int:
        """The rows above the table; returns the row of its head."""
        lines = [
            self.heading.cooperative,
            title,
            words.without_niks(self.filters),
            self.heading.in_words(),
        ]
        text = self._styles.line
        styles = [self._styles.bold, self._styles.title, text, text]
        for at_row, (line, style) in enumerate(zip(lines, styles, strict=True)):
            page.write_string(at_row, 0, line[:_LONGEST_TEXT], style)
        return len(lines) + 1

    def _write_row(
        self,
        page: Worksheet,
        line: int,
        columns: Sequence[Column],
        row: Any,  # noqa: ANN401  what the sheet's rows are
        sums: "_Sums",
    ) -> None:
        for at, column in enumerate(columns):
            value = column.value(row)
            sums.take(at, value)
            self._write_cell(page, line, at, column.kind, value)

    def _write_cell(
        self,
        page: Worksheet,
        line: int,
        at: int,
        kind: Kind,
        value: Any,  # noqa: ANN401  what the column's kind promises
        *,
        is_total: bool = False,
    ) -> None:
        if value is None or value == "":
            return
        style = self._styles.format_for(kind, is_total=is_total, is_whole=_is_whole(kind, value))
        if kind in _TEXTS:
            text = str(value)
            text = words.without_niks(text) if kind is Kind.TEXT else text
            page.write_string(line, at, text[:_LONGEST_TEXT], style)
        elif kind is Kind.DATE:
            page.write_datetime(line, at, value, style)
        elif kind is Kind.MOMENT:
            here = value.astimezone(JAKARTA).replace(tzinfo=None)
            page.write_datetime(line, at, here, style)
        elif kind is Kind.PERCENT:
            share = Decimal(round_half_up(Fraction(value) * 10_000)).scaleb(-4)
            page.write_number(line, at, share, style)
        else:
            page.write_number(line, at, value, style)

    def _write_total(
        self, page: Worksheet, line: int, sheet: Sheet, sums: "_Sums", rows: int
    ) -> None:
        """Numbers that are worked out here: a formula would be empty to whoever only reads."""
        told = _("Total · rows: %(count)s") % {"count": group_thousands(rows)}
        for at, column in enumerate(sheet.columns):
            if at == 0:
                self._write_cell(page, line, at, Kind.TEXT, told, is_total=True)
            elif (value := sums.total_at(at, sheet.whole)) is None:
                page.write_blank(line, at, None, self._styles.format_for(Kind.TEXT, is_total=True))
            else:
                self._write_cell(page, line, at, column.kind, value, is_total=True)

    def _finish(self, page: Worksheet, columns: Sequence[Column], top: int, last: int) -> None:
        page.freeze_panes(top + 1, 0)
        page.autofilter(top, 0, last, len(columns) - 1)
        texts = [at for at, column in enumerate(columns) if column.kind in _TEXTS]
        if texts and last > top:
            # Without it Excel marks numbers that are text on purpose: member numbers, barcodes.
            cells = " ".join(xl_range(top + 1, at, last, at) for at in texts)
            page.ignore_errors({"number_stored_as_text": cells})

    def _set_print(self, page: Worksheet, title: str, top: int) -> None:
        """Sets the sheet up for A4: fitted to its width, head and page number on each page."""
        page.set_landscape()
        page.set_paper(_PAPER_A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(top)
        page.set_header(f"&L{_plain(self.heading.cooperative)}&R{_plain(title)}")
        number = _("Page %(page)s of %(pages)s") % {"page": "&P", "pages": "&N"}
        page.set_footer(f"&L{_plain(self.heading.in_words())}&R{number}")

    def _count(self) -> None:
        self.rows += 1
        if self.rows % STEP == 0:
            self.progress(self.rows)

    def _name(self, title: str) -> str:
        """A name that Excel takes and that no other sheet has."""
        clean = re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:_LONGEST_NAME] or "1"
        name, number = clean, 1
        while name.lower() in self._names:
            number += 1
            name = f"{clean[: _LONGEST_NAME - 4]} {number}"
        self._names.add(name.lower())
        return name


def _height(columns: Sequence[Column]) -> float:
    """Height of the head in points: only Excel makes a row high enough for words that wrap."""
    lines = max(-(-len(str(column.title)) // max(int(column.width) - 3, 1)) for column in columns)
    return _LINE_POINTS * lines


class _Styles:
    """How cells look, made once a book."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Format] = {}
        self.bold = book.add_format({"bold": True, "num_format": "@"})
        self.line = book.add_format({"num_format": "@"})
        self.title = book.add_format({"bold": True, "font_size": 14, "num_format": "@"})
        head = {
            "bold": True,
            "bottom": 1,
            "text_wrap": True,
            "valign": "top",
            "bg_color": "#F4F0EC",
        }
        self._head = book.add_format(head | _GAP)
        self._head_right = book.add_format(head | {"align": "right"})

    def head(self, kind: Kind) -> Format:
        return self._head if kind in _TEXTS else self._head_right

    def format_for(self, kind: Kind, *, is_total: bool = False, is_whole: bool = False) -> Format:
        code = _WHOLE if is_whole else _FORMATS[kind]
        if (code, is_total) not in self._made:
            look: dict[str, Any] = {"bold": True, "top": 1} if is_total else {}
            look |= _GAP if kind in _TEXTS else {}
            self._made[code, is_total] = self._book.add_format({"num_format": code} | look)
        return self._made[code, is_total]


class _Sums:
    """What stands in the last row of a table, gathered while its rows are written."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._held: dict[int, Any] = {
            at: 0 for at, column in enumerate(columns) if column.total is Total.SUM
        }

    def take(self, at: int, value: Any) -> None:  # noqa: ANN401  what the column's kind promises
        total = self._columns[at].total
        if total is Total.LAST:
            self._held[at] = value
        elif total is Total.SUM and value is not None:
            self._held[at] += value

    def total_at(self, at: int, whole: Any) -> Any:  # noqa: ANN401  what the column's kind promises
        """None where nothing stands below the column.

        :param whole: of the sheet
        """
        if whole is not None and self._columns[at].total is Total.SUM:
            return self._columns[at].value(whole)
        return self._held.get(at)


def _is_whole(kind: Kind, value: Any) -> bool:  # noqa: ANN401  what the column's kind promises
    return kind is Kind.QUANTITY and value == int(value)


def _plain(text: str) -> str:
    """A text for the margin of a page, where ``&`` begins an order to the printer."""
    return text[:_LONGEST_MARGIN].replace("&", "&&")


def _workshop() -> Path:
    """The folder in which a file is put together; leftovers of killed processes are deleted."""
    folder = Path(settings.VAR_DIR, "exports")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.iterdir():
        try:
            is_old = left.stat().st_mtime < time.time() - _LEFT_BEHIND_SECONDS
        except FileNotFoundError:
            continue
        if is_old:
            shutil.rmtree(left, ignore_errors=True)
    return folder
