"""A spreadsheet of the rows that were not imported, with the reasons."""

import io
from collections.abc import Mapping

import xlsxwriter
from django.utils.translation import gettext as _

from kkmp.imports.tables import Table
from kkmp.lib.cells import text_of

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


#: Numbers from here on get a format with all digits; a spreadsheet would show an exponent.
_LONG = 10**11


def of_rows(table: Table, why: Mapping[int, str]) -> bytes:
    """An xlsx of these rows with the file's columns, then the reason and the row number.

    Texts stay texts: a cell like ``=HYPERLINK(…)`` becomes no formula, and identity numbers keep
    all their digits. Numbers stay numbers, so that days and amounts can be read when the
    corrected file is sent again.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet(_("Rows with problems")[:31])
    bold = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"num_format": "@"})
    number = book.add_format({"num_format": "0"})
    reason = book.add_format({"num_format": "@", "font_color": "#9C0006", "text_wrap": True})
    width = len(table.titles)
    for column, title in enumerate([*table.titles, _("What is wrong"), _("Row in the file")]):
        sheet.write_string(0, column, title, bold)
    for line, row in enumerate(table.rows, start=1):
        for column in range(width):
            cell = row.cells[column] if column < len(row.cells) else ""
            if isinstance(cell, float | int):
                sheet.write_number(line, column, cell, number if cell >= _LONG else None)
            else:
                sheet.write_string(line, column, text_of(cell), text)
        sheet.write_string(line, width, why.get(row.number, ""), reason)
        sheet.write_string(line, width + 1, table.place(row.number), text)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, width - 1, 16)
    sheet.set_column(width, width, 60)
    book.close()
    return buffer.getvalue()
