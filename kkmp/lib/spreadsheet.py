"""Spreadsheets as people send them: xlsx, xls, ods and csv, read into plain rows.

A file from outside may be broken or made to hurt. What it claims is checked first; then a
process of its own with little memory and time parses it (:mod:`kkmp.lib.spreadsheet_worker`),
so that the worst file costs an error message.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kkmp.lib import apart
from kkmp.lib.apart import Bounds
from kkmp.lib.cells import Cell
from kkmp.lib.errors import DomainError
from kkmp.lib.unicode_form import composed

MAX_BYTES = 5 * 1024 * 1024
#: Rows with something in them: 5,000 of a list, and room for what stands above and below it.
MAX_ROWS = 5_100
MAX_COLUMNS = 100
#: What a zipped file may grow to, by its own account.
MAX_UNZIPPED_BYTES = 100 * 1024 * 1024
BOUNDS = Bounds(name="spreadsheets", memory_mb=1_024, seconds=20, at_once=2)


class SpreadsheetError(DomainError):
    """The file cannot be read; the message says what to do about it."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="file")


class NotASpreadsheet(SpreadsheetError):
    """The file is no spreadsheet, or is broken."""


class PasswordProtected(SpreadsheetError):
    """The file opens only with a password."""


class TooLarge(SpreadsheetError):
    """The file has more bytes, rows or columns than are taken at once."""


class SpreadsheetBusy(SpreadsheetError):
    """Others are being read; the file may well be right."""

    status = 503


class EmptySpreadsheet(SpreadsheetError):
    """The file holds nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with something in it. ``number`` is the one shown beside it in the spreadsheet."""

    number: int
    cells: tuple[Cell, ...]
    #: Columns whose cell is merged over several rows; its value stands in each of them.
    merged: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    rows: tuple[Row, ...]
    is_hidden: bool = False


def read(content: bytes) -> list[Sheet]:
    """The sheets that hold something, in their order; blank rows are left out.

    What kind of file it is shows in its content; its name is not asked.

    :raises SpreadsheetError: not a spreadsheet, locked, too large or empty
    """
    if len(content) > MAX_BYTES:
        raise TooLarge(
            _("The file is larger than %(limit)d MB. Split it into smaller files.")
            % {"limit": MAX_BYTES // 1024**2}
        )
    if not content.strip():
        raise EmptySpreadsheet(_("The file is empty."))
    sheets = _parse(content) if _is_binary(content) else [_csv(content)]
    sheets = [sheet for sheet in sheets if sheet.rows]
    if not sheets:
        raise EmptySpreadsheet(_("There is nothing in this file. Did you choose the right one?"))
    return [_composed(sheet) for sheet in sheets]


def _composed(sheet: Sheet) -> Sheet:
    rows = (replace(row, cells=tuple(map(composed, row.cells))) for row in sheet.rows)
    return replace(sheet, name=composed(sheet.name), rows=tuple(rows))


# --- What kind of file it is ---------------------------------------------------------------

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: A web page, whatever it begins with: a comment, a style, the head of an e-mail.
_PAGE = re.compile(rb"<(?:!doctype\s|html|body|table|tr|\?xml|\w+:workbook)\b", re.IGNORECASE)
_PAGE_WITHIN = 256 * 1024


def _is_binary(content: bytes) -> bool:
    """Whether a parser of spreadsheets is needed; refuses what is none or is locked."""
    if content.startswith(_ZIP):
        _check_zip(content)
        return True
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise _locked()
        return True
    if _PAGE.search(content[:_PAGE_WITHIN].replace(b"\x00", b"")):
        raise NotASpreadsheet(
            _(
                "This is a web page with the name of a spreadsheet. Open it in Excel or "
                "LibreOffice, save it as .xlsx and send that file."
            )
        )
    return False


def _check_zip(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNZIPPED_BYTES:
                raise TooLarge(_("This file unpacks to far more than a list of this kind holds."))
            if "content.xml" in entries and "META-INF/manifest.xml" in entries:
                with archive.open("META-INF/manifest.xml") as manifest:
                    if b"encryption-data" in manifest.read(MAX_BYTES):
                        raise _locked()
            elif not {"xl/workbook.xml", "xl/workbook.bin"} & entries.keys():
                raise _not_one()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _not_one() from error


def _locked() -> PasswordProtected:
    return PasswordProtected(
        _("This file is locked with a password. Save it without the password and send it again.")
    )


def _not_one() -> NotASpreadsheet:
    return NotASpreadsheet(
        _("This is not a spreadsheet. Send a file from Excel or LibreOffice, or a CSV file.")
    )


def _too_long() -> TooLarge:
    return TooLarge(
        _("The file has more than %(rows)d rows. Split it into smaller files.") % {"rows": MAX_ROWS}
    )


def _too_wide() -> TooLarge:
    return TooLarge(
        _("The file has more than %(columns)d columns. Send only the sheet with the list.")
        % {"columns": MAX_COLUMNS}
    )


# --- Excel and LibreOffice -----------------------------------------------------------------

_WORKER = Path(__file__).with_name("spreadsheet_worker.py")


def _parse(content: bytes) -> list[Sheet]:
    limits = (str(MAX_ROWS), str(MAX_COLUMNS))
    try:
        answer: dict[str, Any] = json.loads(
            apart.run(_WORKER, *limits, given=content, bounds=BOUNDS)
        )
    except apart.Busy:
        raise SpreadsheetBusy(
            _("Too many files are being read just now. Send it again in a moment.")
        ) from None
    except (apart.Ended, ValueError):
        answer = {"error": "broken"}
    refusals = {
        "locked": _locked,
        "rows": _too_long,
        "columns": _too_wide,
        "sheets": _too_many_sheets,
    }
    if "error" in answer:
        raise refusals.get(answer["error"], _broken)()
    return [
        Sheet(
            name,
            tuple(Row(number, tuple(cells), frozenset(merged)) for number, cells, merged in rows),
            is_hidden,
        )
        for name, is_hidden, rows in answer["sheets"]
    ]


def _too_many_sheets() -> TooLarge:
    return TooLarge(_("The file has too many sheets. Send only those with the list."))


def _broken() -> NotASpreadsheet:
    return NotASpreadsheet(
        _(
            "This file cannot be read. Open it in Excel or LibreOffice, save it again as .xlsx "
            "and send that file."
        )
    )


# --- CSV -----------------------------------------------------------------------------------


def _csv(content: bytes) -> Sheet:
    text = _decoded(content)
    if text.lower().startswith("sep="):
        text = "\n" + text.partition("\n")[2]
    lines = text.splitlines()
    delimiter = max(";,\t", key=lambda mark: _fields(lines[:40], mark))
    if _fields(lines[:40], delimiter) == 0:
        raise _not_one()
    return Sheet("CSV", tuple(_numbered(_records(text, delimiter))))


def _decoded(content: bytes) -> str:
    encodings = ["utf-16"] if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return text
    raise _not_one()


def _fields(lines: list[str], delimiter: str) -> int:
    """How many more fields than lines there would be, each line taken by itself."""
    try:
        return sum(
            len(record) - 1 for line in lines for record in csv.reader([line], delimiter=delimiter)
        )
    except csv.Error as error:
        raise _broken() from error


def _records(text: str, delimiter: str) -> Iterable[list[str]]:
    """The file's records; one that a quote has swallowed others into is refused, not read."""
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(lines, delimiter=delimiter)
    begun, width = 0, 0
    try:
        for record in reader:
            own = "".join(lines[begun : reader.line_num])
            is_last = reader.line_num == len(lines)
            if _swallows(record, own, delimiter, width, is_last=is_last):
                raise _unclosed(begun + 1)
            width = max(width, len(record))
            begun = reader.line_num
            yield record
    except csv.Error as error:
        raise _broken() from error


def _swallows(record: list[str], own: str, delimiter: str, width: int, *, is_last: bool) -> bool:
    """Whether a quote in this record is closed too late or never.

    A cell may well hold several lines; it then closes its quote where the cell ends, and no line
    in it looks like a record of its own.
    """
    is_long = len(own.splitlines()) > 1
    if '"' not in own or not (is_long or is_last):
        return False
    try:
        list(csv.reader(io.StringIO(own, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return is_long or own.count('"') % 2 == 1
    return any(
        line.count(delimiter) >= max(2, width - 3) or re.search(r"\d{16}", line)
        for cell in record
        if len(cell.splitlines()) > 1
        for line in cell.splitlines()
    )


def _unclosed(line: int) -> NotASpreadsheet:
    return NotASpreadsheet(
        _(
            'Line %(line)d: a quotation mark (") is opened and never closed, so the lines below '
            "it would be taken for one cell. Close or delete it and send the file again."
        )
        % {"line": line}
    )


def _numbered(records: Iterable[list[str]]) -> Iterable[Row]:
    count = 0
    for number, record in enumerate(records, start=1):
        cells = [cell.strip() for cell in record]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        count += 1
        if count > MAX_ROWS:
            raise _too_long()
        if len(cells) > MAX_COLUMNS:
            raise _too_wide()
        yield Row(number, tuple(cells))
