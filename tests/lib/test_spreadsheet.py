"""Reading what people send, and surviving it."""

import io
import struct
import zipfile
import zlib
from dataclasses import replace
from datetime import date, datetime

import pytest
import xlsxwriter

from kkmp.lib import spreadsheet
from kkmp.lib.cells import date_of, text_of
from kkmp.lib.spreadsheet import EmptySpreadsheet, NotASpreadsheet, PasswordProtected, TooLarge
from tests.imports.conftest import xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def cells(content: bytes) -> list[tuple]:
    return [row.cells for row in spreadsheet.read(content)[0].rows]


def zipped(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_rows_keep_the_numbers_that_the_spreadsheet_shows():
    rows = spreadsheet.read(xlsx(["Daftar"], [], ["", "Nama"], [1, "Siti"]))[0].rows
    assert [(row.number, row.cells) for row in rows] == [
        (1, ("Daftar",)),
        (3, ("", "Nama")),
        (4, (1.0, "Siti")),
    ]


def test_dates_become_text_and_numbers_stay():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_datetime(0, 0, datetime(2025, 7, 2), book.add_format({"num_format": "d/m/yy"}))
    sheet.write_number(0, 1, 125.5)
    sheet.write_boolean(0, 2, True)
    book.close()
    assert cells(buffer.getvalue()) == [("2025-07-02", 125.5, "1")]


def test_a_formula_gives_its_value_and_a_text_like_one_stays_text():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_formula(0, 0, "=40+2", value=42)
    sheet.write_string(0, 1, '=HYPERLINK("http://x")')
    book.close()
    assert cells(buffer.getvalue()) == [(42.0, '=HYPERLINK("http://x")')]


@pytest.mark.parametrize(
    "text",
    [
        "Nama;NIK\nSiti;1\n",
        "Nama,NIK\nSiti,1\n",
        "Nama\tNIK\nSiti\t1\n",
        "sep=;\nNama;NIK\nSiti;1\n",
        '"Nama";"NIK"\r\n"Siti";"1"\r\n',
    ],
)
def test_csv_with_any_separator(text):
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        assert cells(text.encode(encoding)) == [("Nama", "NIK"), ("Siti", "1")]


def test_csv_keeps_the_commas_within_a_cell():
    content = "Nama;Lahir\nSiti;Kendal, 15-07-1963\nBudi;Demak, 1-1-1980\nAni;Solo, 2-2-1990\n"
    assert cells(content.encode())[1] == ("Siti", "Kendal, 15-07-1963")


def test_opendocument_is_read():
    table = (
        b'<?xml version="1.0"?><office:document-content '
        b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        b'<office:spreadsheet><table:table table:name="A"><table:table-row>%s</table:table-row>'
        b"</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    cell = (
        b'<table:table-cell office:value-type="string"%s><text:p>Siti</text:p></table:table-cell>'
    )
    mime = b"application/vnd.oasis.opendocument.spreadsheet"
    files = {"mimetype": mime, "META-INF/manifest.xml": b"<manifest/>"}
    assert cells(zipped(**files, **{"content.xml": table % (cell % b"")})) == [("Siti",)]
    # The same cell a thousand million times.
    repeated = cell % b' table:number-columns-repeated="1000000000"'
    with pytest.raises((NotASpreadsheet, TooLarge)):
        spreadsheet.read(zipped(**files, **{"content.xml": table % repeated}))
    locked = files | {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}
    with pytest.raises(PasswordProtected):
        spreadsheet.read(zipped(**locked, **{"content.xml": table % (cell % b"")}))


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EmptySpreadsheet),
        (b"   \n \n", EmptySpreadsheet),
        (b";;;\n;;;\n", EmptySpreadsheet),
        (b"Dear all: here is my list of members.\nSiti and Budi.\n", NotASpreadsheet),
        (b"%PDF-1.7\n\x00\x01\x02", NotASpreadsheet),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", NotASpreadsheet),
        (b"<html><table><tr><td>Nama</td></tr></table></html>", NotASpreadsheet),
        (b"PK\x03\x04 but no more of it", NotASpreadsheet),
        (OLE + b"\x00" * 600, NotASpreadsheet),
        (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), PasswordProtected),
        (b"x" * (spreadsheet.MAX_BYTES + 1), TooLarge),
        (b"a;b\n" * (spreadsheet.MAX_ROWS + 1), TooLarge),
        (b"a;" * spreadsheet.MAX_COLUMNS + b"b\n", TooLarge),
    ],
    ids=lambda value: value[:12] if isinstance(value, bytes) else value.__name__,
)
def test_what_is_none_is_refused_in_words(content, refusal):
    with pytest.raises(refusal) as refused:
        spreadsheet.read(content)
    assert str(refused.value)
    assert refused.value.field == "file"


def test_a_document_of_another_kind_is_refused():
    with pytest.raises(NotASpreadsheet):
        spreadsheet.read(zipped(**{"word/document.xml": b"<w/>"}))


def test_an_empty_workbook_is_refused():
    with pytest.raises(EmptySpreadsheet):
        spreadsheet.read(xlsx())


def test_too_many_rows_and_columns_are_refused():
    with pytest.raises(TooLarge):
        spreadsheet.read(xlsx(*([["a", "b"]] * (spreadsheet.MAX_ROWS + 1))))
    with pytest.raises(TooLarge):
        spreadsheet.read(xlsx(["a"] * (spreadsheet.MAX_COLUMNS + 1)))


def test_the_largest_list_is_taken():
    assert len(cells(xlsx(*([["a", "b"]] * spreadsheet.MAX_ROWS)))) == spreadsheet.MAX_ROWS


def test_a_zip_bomb_is_refused():
    with pytest.raises(TooLarge):
        spreadsheet.read(zipped(**{"xl/workbook.xml": b"0" * (spreadsheet.MAX_UNZIPPED_BYTES + 1)}))


def test_a_zip_bomb_that_lies_about_its_size_dies_alone():
    content = bytearray(xlsx(["Nama", "NIK"], ["Siti", "1"]))
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
    squeezed = b"".join(bomb.compress(b" " * 1024**2) for _ in range(64)) + bomb.flush()
    name = b"xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for filename, data in entries.items():
            archive.writestr(filename, squeezed if filename.encode() == name else data)
    lying = bytearray(buffer.getvalue())
    # Stored becomes deflated, in the local header and in the directory; the size stays small.
    for signature, method, length, name_at in (
        (b"PK\x03\x04", 8, 26, 30),
        (b"PK\x01\x02", 10, 28, 46),
    ):
        at = lying.find(signature)
        while lying[at + name_at : at + name_at + len(name)] != name:
            at = lying.find(signature, at + 4)
        struct.pack_into("<H", lying, at + method, zipfile.ZIP_DEFLATED)
        assert struct.unpack_from("<H", lying, at + length)[0] == len(name)
    with pytest.raises(NotASpreadsheet):
        spreadsheet.read(bytes(lying))


def test_two_cells_in_far_corners_are_no_table_of_seventeen_billion():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "Nama")
    sheet.write_string(1_048_575, 16_383, "NIK")
    book.close()
    with pytest.raises((NotASpreadsheet, TooLarge)):
        spreadsheet.read(buffer.getvalue())


def test_text_of_shows_numbers_as_people_write_them():
    assert [text_of(cell) for cell in (81133859888.0, 125.5, "  a  b ", 7)] == [
        "81133859888",
        "125,5",
        "a b",
        "7",
    ]


def test_dates_are_read_however_they_are_kept():
    on = date(2025, 10, 18)
    for cell in ("2025-07-25", "25/07/2025", "25.07.25", "25 Juli 2025", 45863.0):
        assert date_of(cell, pivot=on) == date(2025, 7, 25)


def test_a_file_that_takes_for_ever_is_given_up(monkeypatch):
    monkeypatch.setattr(spreadsheet, "BOUNDS", replace(spreadsheet.BOUNDS, seconds=0.001))
    with pytest.raises(NotASpreadsheet):
        spreadsheet.read(xlsx(["Nama", "NIK"]))


def test_a_broken_csv_is_refused():
    endless = b'Nama;NIK\n"' + b"x" * 200_000 + b'";1\n'
    with pytest.raises(NotASpreadsheet):
        spreadsheet.read(endless)
