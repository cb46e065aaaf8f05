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
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from kkmp.exports import words
from kkmp.exports.lists import Column, Content, Kind, Sheet
from kkmp.lib.money import round_half_up
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
_TEXTS = (Kind.TEXT, Kind.CODE)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above every table.

    :param who: whoever took it out
    """

    cooperative: str
    at: datetime
    who: str


def write(
    content: Content, heading: Heading, *, progress: Callable[[int], None] = lambda _rows: None
) -> tuple[bytes, int]:
    """The file and how many rows it has. Rows are written one by one and not kept in memory.

    Text is written as text: ``=HYPERLINK(…)`` stays what it is and does not run, and a member
    number keeps its zeros. Identity numbers in it are masked.

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
        self._bold = book.add_format({"bold": True})
        self._title = book.add_format({"bold": True, "font_size": 14})
        head = {
            "bold": True,
            "bottom": 1,
            "text_wrap": True,
            "valign": "top",
            "bg_color": "#F4F0EC",
        }
        self._head = book.add_format(head)
        self._head_right = book.add_format(head | {"align": "right"})
        self._formats = {
            kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()
        }

    def add(self, sheet: Sheet) -> None:
        page = self.book.add_worksheet(self._name(str(sheet.title)))
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width)
        top = self._write_heading(page, str(sheet.title))
        for at, column in enumerate(sheet.columns):
            style = self._head if column.kind in _TEXTS else self._head_right
            page.write_string(top, at, str(column.title), style)
        line = top
        for line, row in enumerate(sheet, start=top + 1):
            for at, column in enumerate(sheet.columns):
                self._write_cell(page, line, at, column, column.value(row))
            self._count()
        self._finish(page, sheet.columns, top, line)

    def _write_heading(self, page: Worksheet, title: str) -> int:
        """The rows above the table; returns the row of its head."""
        at = self.heading.at
        moment = _("%(day)s, %(time)s WIB, by %(who)s") % {
            "day": format_date(business_day(at)),
            "time": f"{at.astimezone(JAKARTA):%H.%M}",
            "who": self.heading.who,
        }
        lines = [self.heading.cooperative, title, words.without_niks(self.filters), moment]
        styles = [self._bold, self._title, None, None]
        for at_row, (text, style) in enumerate(zip(lines, styles, strict=True)):
            page.write_string(at_row, 0, text[:_LONGEST_TEXT], style)
        return len(lines) + 1

    def _write_cell(
        self,
        page: Worksheet,
        line: int,
        at: int,
        column: Column,
        value: Any,  # noqa: ANN401  what the column's kind promises
    ) -> None:
        style = self._formats[column.kind]
        if value is None or value == "":
            return
        if column.kind in _TEXTS:
            text = str(value)
            text = words.without_niks(text) if column.kind is Kind.TEXT else text
            page.write_string(line, at, text[:_LONGEST_TEXT], style)
        elif column.kind is Kind.DATE:
            page.write_datetime(line, at, value, style)
        elif column.kind is Kind.MOMENT:
            here = value.astimezone(JAKARTA).replace(tzinfo=None)
            page.write_datetime(line, at, here, style)
        elif column.kind is Kind.PERCENT:
            share = Decimal(round_half_up(Fraction(value) * 10_000)).scaleb(-4)
            page.write_number(line, at, share, style)
        else:
            page.write_number(line, at, value, style)

    def _finish(self, page: Worksheet, columns: Sequence[Column], top: int, last: int) -> None:
        page.freeze_panes(top + 1, 0)
        page.repeat_rows(top)
        page.autofilter(top, 0, last, len(columns) - 1)
        texts = [at for at, column in enumerate(columns) if column.kind in _TEXTS]
        if texts and last > top:
            # Without it Excel marks numbers that are text on purpose: member numbers, barcodes.
            cells = " ".join(xl_range(top + 1, at, last, at) for at in texts)
            page.ignore_errors({"number_stored_as_text": cells})
        page.set_landscape()
        page.set_paper(_PAPER_A4)
        page.fit_to_pages(1, 0)

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


def _workshop() -> Path:
    """Where rows wait until the file is put together, swept of what a killed process left."""
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
