"""Parses one spreadsheet in a process of its own, which may die of it.

Run as a script: the file comes by standard input, the most rows and columns as arguments, and
JSON goes out: ``{"sheets": [[name, is hidden, [[row number, [cell, …], [merged column, …]], …]],
…]}`` or ``{"error": …}``. A few bytes of a file can claim a table of seventeen billion cells; the
limits of :mod:`kkmp.lib.apart` then end this process, and nobody else notices.

Before the parser sees a workbook, its sheets are cut down to what holds something
(:func:`_used`): a space in row 1,048,576 costs nothing, and cells that the parser calls blank
although they are not, errors and formulas without a result, become texts that say so. In a
workbook of before 2007 the errors are found by another parser (:func:`_old_errors`).
"""

import datetime
import html
import io
import json
import re
import sys
import zipfile

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MAX_CHARACTERS = 10_000_000
MAX_SHEETS = 100
#: Stands where a formula has no stored result, as spreadsheets write their errors.
UNCALCULATED = "#FORMULA!"


def main() -> None:
    json.dump(_read(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2])), sys.stdout)


def _read(content: bytes, max_rows: int, max_columns: int) -> dict[str, object]:
    try:
        content, numbers, merges = _used(content, max_rows, max_columns)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        errors = _old_errors(content)
        listed = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        if len(listed) > MAX_SHEETS:
            raise _Refused("sheets")
        budget = [max_rows, MAX_CHARACTERS]
        sheets: list[object] = []
        for one in listed:
            sheet = book.get_sheet_by_name(one.name)
            rows = _rows(sheet, budget, max_columns, numbers.get(one.name))
            if found := errors.get(one.name):
                rows = _overlaid(rows, found, max_columns)
            spans = merges.get(one.name)
            if spans is None:
                spans = [
                    (top + 1, left, bottom + 1)
                    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ()
                ]
            hidden = one.visible != SheetVisibleEnum.Visible
            sheets.append([one.name, hidden, _merged(rows, spans)])
        return {"sheets": sheets}
    except PasswordError:
        return {"error": "locked"}
    except _Refused as refusal:
        return {"error": str(refusal)}


class _Refused(Exception):
    """The word that tells why."""


def _rows(
    sheet: object, budget: list[int], max_columns: int, numbers: "list[int] | None"
) -> list[list[object]]:
    """Rows with something in them, numbered as the spreadsheet shows them.

    :param budget: rows and characters that may still be read, over all sheets
    :param numbers: what the rows are called, where blank ones were taken out before
    """
    rows = []
    for at, values in enumerate(sheet.iter_rows()):  # type: ignore[attr-defined]
        cells = [_plain(value) for value in values]
        while cells and cells[-1] == "":
            cells.pop()
        if not cells:
            continue
        budget[0] -= 1
        budget[1] -= sum(len(cell) for cell in cells if isinstance(cell, str))
        if budget[0] < 0:
            raise _Refused("rows")
        if len(cells) > max_columns:
            raise _Refused("columns")
        if budget[1] < 0:
            raise _Refused("broken")
        rows.append([numbers[at] if numbers else at + 1, cells])
    return rows


def _merged(rows: list[list[object]], spans: "list[tuple[int, int, int]]") -> list[list[object]]:
    """The value of a merged cell in each row that it covers and that holds something itself.

    :param spans: first row, column and last row of each merged cell
    """
    by_number = {row[0]: row for row in rows}
    of_row: dict[object, set[int]] = {}
    for top, column, bottom in spans:
        first = by_number.get(top)
        if bottom <= top or first is None:
            continue
        cells: list[object] = first[1]  # type: ignore[assignment]
        if column >= len(cells) or cells[column] == "":
            continue
        for number in range(top, min(bottom, top + len(rows) * 50) + 1):
            row = by_number.get(number)
            if row is None:
                continue
            own: list[object] = row[1]  # type: ignore[assignment]
            own += [""] * (column + 1 - len(own))
            own[column] = cells[column]
            of_row.setdefault(number, set()).add(column)
    return [[number, cells, sorted(of_row.get(number, ()))] for number, cells in rows]


def _plain(value: object) -> str | int | float:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float | int):
        # Infinity and "not a number" are no JSON.
        return value if abs(value) < 1e300 else ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value).strip()


# --- Errors in a workbook of before 2007 ---------------------------------------------------

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: A text by row, as the spreadsheet numbers it, and by column.
_Errors = dict[str, dict[int, dict[int, str]]]


def _old_errors(content: bytes) -> _Errors:
    """Cells that hold an error, by the names of their sheets; nothing for any other workbook."""
    if not content.startswith(_OLE):
        return {}
    # Few files are that old, and each of the others is read without it.
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True)
        found: _Errors = {}
        for sheet in book.sheets():
            for at in range(sheet.nrows):
                for column, kind in enumerate(sheet.row_types(at)):
                    if kind == xlrd.XL_CELL_ERROR:
                        code = sheet.cell_value(at, column)
                        text = xlrd.error_text_from_code.get(code, "#N/A")
                        found.setdefault(sheet.name, {}).setdefault(at + 1, {})[column] = text
    except xlrd.XLRDError as broken:
        # It could hold errors that nobody would see.
        raise _Refused("locked" if "encrypted" in str(broken) else "broken") from broken
    return found


def _overlaid(
    rows: list[list[object]], errors: dict[int, dict[int, str]], max_columns: int
) -> list[list[object]]:
    """The rows with the errors in their places; a row may hold nothing else."""
    by_number = {row[0]: row for row in rows}
    for number, found in errors.items():
        row = by_number.setdefault(number, [number, []])
        cells: list[object] = row[1]  # type: ignore[assignment]
        if max(found) >= max_columns:
            raise _Refused("columns")
        cells += [""] * (max(found) + 1 - len(cells))
        for column, text in found.items():
            cells[column] = text
    return [by_number[number] for number in sorted(by_number, key=lambda one: int(str(one)))]


# --- Cutting a workbook down to what holds something ---------------------------------------

_N = rb"(?:\w+:)?"
_SHEET = re.compile(rb"<" + _N + rb"sheet\s([^>]*)>")
_RELATION = re.compile(rb"<" + _N + rb"Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ROW = re.compile(
    rb"<" + _N + rb"row\b([^>]*?)(?:/>|>(.*?)</" + _N + rb"row>)", re.DOTALL
)  # fmt: skip
_CELL = re.compile(rb"<" + _N + rb"c\b([^>]*?)(?:/>|>(.*?)</" + _N + rb"c>)", re.DOTALL)
_VALUE = re.compile(rb"<" + _N + rb"v\b[^>]*>([^<]*)</" + _N + rb"v>")
_TEXTS = re.compile(rb"<" + _N + rb"t\b[^>]*>([^<]*)</" + _N + rb"t>")
_FORMULA = re.compile(rb"<" + _N + rb"f\b")
_SHARED = re.compile(
    rb"<" + _N + rb"si\b[^>]*?(?:/>|>(.*?)</" + _N + rb"si>)", re.DOTALL
)  # fmt: skip
_DATA = re.compile(
    rb"(<" + _N + rb"sheetData\b[^>]*>)(.*)(</" + _N + rb"sheetData>)", re.DOTALL
)  # fmt: skip
_MERGE = re.compile(rb"<" + _N + rb"mergeCell\s[^>]*ref\s*=\s*[\"']([A-Z]+)(\d+):[A-Z]+(\d+)[\"']")

_Numbers = dict[str, list[int]]
_Spans = dict[str, list[tuple[int, int, int]]]


def _used(content: bytes, max_rows: int, max_columns: int) -> tuple[bytes, _Numbers, _Spans]:
    """The workbook without its blank rows and cells, the rows' numbers, and merged cells.

    What is no workbook of this kind is given back as it is.
    """
    if not content.startswith(b"PK"):
        return content, {}, {}
    numbers: _Numbers = {}
    spans: _Spans = {}
    source = io.BytesIO(content)
    changed: dict[str, bytes] = {}
    with zipfile.ZipFile(source) as archive:
        names = set(archive.namelist())
        if "content.xml" in names:
            changed["content.xml"] = _open_document(archive.read("content.xml"))
        elif "xl/workbook.xml" in names and "xl/_rels/workbook.xml.rels" in names:
            blanks = _blank_texts(archive, names)
            for name, path in _sheet_paths(archive):
                if path in names:
                    text = archive.read(path)
                    spans[name] = _spans(text)
                    changed[path], numbers[name] = _cut(text, blanks, max_rows, max_columns)
        if not changed:
            return content, {}, {}
        cut = io.BytesIO()
        with zipfile.ZipFile(cut, "w", zipfile.ZIP_STORED) as target:
            for name in archive.namelist():
                if not name.startswith(("xl/media/", "Pictures/", "Thumbnails/")):
                    target.writestr(name, changed.get(name) or archive.read(name))
    return cut.getvalue(), numbers, spans


def _attributes(text: bytes) -> dict[bytes, bytes]:
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(text)}


def _sheet_paths(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Name of each sheet, and where it lies in the file."""
    targets = {}
    for text in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        relation = _attributes(text)
        target = relation.get(b"Target", b"").decode()
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        targets[relation.get(b"Id", b"")] = path
    found = []
    for text in _SHEET.findall(archive.read("xl/workbook.xml")):
        sheet = _attributes(text)
        key = next((value for name, value in sheet.items() if name.endswith(b":id")), b"")
        name = html.unescape(sheet.get(b"name", b"").decode())
        found.append((name, targets.get(key, "")))
    return found


def _blank_texts(archive: zipfile.ZipFile, names: set[str]) -> set[int]:
    """Numbers of the shared texts that show nothing."""
    if "xl/sharedStrings.xml" not in names:
        return set()
    shared = _SHARED.findall(archive.read("xl/sharedStrings.xml"))
    return {at for at, text in enumerate(shared) if _is_blank(b"".join(_TEXTS.findall(text)))}


def _is_blank(text: bytes) -> bool:
    return not html.unescape(text.decode(errors="replace")).strip()


def _spans(text: bytes) -> list[tuple[int, int, int]]:
    return [
        (int(top), _column(letters), int(bottom)) for letters, top, bottom in _MERGE.findall(text)
    ]


def _column(letters: bytes) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + letter - 64
    return at - 1


def _cut(text: bytes, blanks: set[int], max_rows: int, max_columns: int) -> tuple[bytes, list[int]]:
    """A sheet with only what holds something, its rows numbered anew, and their old numbers."""
    data = _DATA.search(text)
    if data is None:
        return text, []
    rows: list[bytes] = []
    numbers: list[int] = []
    before = 0
    for row in _ROW.finditer(data[2]):
        number = int(_attributes(row[1]).get(b"r", before + 1))
        before = number
        cells = list(_cells(row[2] or b"", blanks, max_columns, len(numbers) + 1))
        if not cells:
            continue
        numbers.append(number)
        if len(numbers) > max_rows:
            raise _Refused("rows")
        rows.append(b'<row r="%d">%s</row>' % (len(numbers), b"".join(cells)))
    return _SHEET_OF % b"".join(rows), numbers


#: Nothing but the cells: how the sheet looks, its width and its merged cells are not asked.
_SHEET_OF = (
    b'<?xml version="1.0" encoding="UTF-8"?>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData>%s</sheetData></worksheet>"
)


def _cells(text: bytes, blanks: set[int], max_columns: int, number: int) -> "list[bytes]":
    """Cells of a row that hold something, for a row of this number."""
    found = []
    after = 0
    for cell in _CELL.finditer(text):
        attributes = _attributes(cell[1])
        letters = attributes.get(b"r", b"").rstrip(b"0123456789")
        at = _column(letters) if letters else after
        after = at + 1
        written = _cell(attributes, cell[2] or b"", blanks, b"%s%d" % (_letters(at), number))
        if not written:
            continue
        if at >= max_columns:
            raise _Refused("columns")
        found.append(written)
    return found


def _letters(at: int) -> bytes:
    letters = b""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = bytes([65 + rest]) + letters
    return letters


def _cell(attributes: dict[bytes, bytes], inside: bytes, blanks: set[int], place: bytes) -> bytes:
    """One cell under its new name; nothing for a blank one."""
    kind = attributes.get(b"t", b"n")
    value = b"".join(_VALUE.findall(inside))
    if kind == b"e":
        return _written(place, value or b"#N/A")
    if kind == b"inlineStr":
        text = b"".join(_TEXTS.findall(inside))
        return b"" if _is_blank(text) else _written(place, text)
    if not value.strip():
        # A formula for a text may well give an empty one.
        is_waiting = kind != b"str" and _FORMULA.search(inside)
        return _written(place, UNCALCULATED.encode()) if is_waiting else b""
    if kind == b"s" and value.strip().isdigit() and int(value) in blanks:
        return b""
    if kind == b"str" and _is_blank(value):
        return b""
    style = b' s="%s"' % attributes[b"s"] if b"s" in attributes else b""
    return b'<c r="%s" t="%s"%s><v>%s</v></c>' % (place, kind, style, value)


def _written(place: bytes, text: bytes) -> bytes:
    return b'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (place, text)


_OPEN_ERROR = re.compile(rb"<table:table-cell\b[^>]*\bcalcext:value-type=\"error\"[^>]*>")
_OPEN_WAITING = re.compile(
    rb"<table:table-cell\b(?![^>]*\boffice:value-type=)[^>]*\btable:formula=\"[^>]*?"
    rb"(?:/>|>\s*(?:<text:p>\s*</text:p>|<text:p/>)?\s*</table:table-cell>)"
)


def _open_document(text: bytes) -> bytes:
    """An OpenDocument whose errors and formulas without a result are texts."""
    text = _OPEN_ERROR.sub(b'<table:table-cell office:value-type="string">', text)
    waiting = b'<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>'
    return _OPEN_WAITING.sub(waiting % UNCALCULATED.encode(), text)


if __name__ == "__main__":
    main()
