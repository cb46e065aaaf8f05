"""The file: values as what they are, and nothing that could run."""

import io
import os
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkmp.exports import workbook
from kkmp.exports.lists import Column, Condition, Content, Kind, Sheet, Total
from kkmp.exports.workbook import Heading
from tests.exports.conftest import NOW, rows_of, shown_as, table_of, total_of
from tests.exports.conftest import xml_of as sheet_xml

NIK = "3374115203900001"
HEADING = Heading("Koperasi Melati", NOW, "Rini (rekaan)")


def written(rows, *kinds, **more):
    columns = [Column(f"K{at}", lambda row, at=at: row[at], kind) for at, kind in enumerate(kinds)]
    return workbook.write(Content([Sheet("Daftar", columns, rows)], **more), HEADING)


def test_every_kind_of_value_is_what_it_is():
    row = ("Ani", "0012", 7, 1_250_000, Decimal("1.5"), Fraction(1, 8), date(2026, 11, 23),
           datetime(2026, 11, 23, 3, 30, tzinfo=UTC))  # fmt: skip
    content, count = written([row], *Kind)
    cells = table_of(content)[1]
    assert count == 1
    assert cells[:2] == ["Ani", "0012"]
    assert cells[2:6] == [7, 1_250_000, 1.5, 0.125]
    assert cells[6] == date(2026, 11, 23)
    assert cells[7] == datetime(2026, 11, 23, 10, 30)


def test_rupiah_has_its_format():
    content, _rows = written([(1,)], Kind.RUPIAH)
    assert 'formatCode="&quot;Rp&quot;#,##0"' in sheet_xml(content, "xl/styles.xml")


def test_a_whole_quantity_has_no_point_behind_it():
    rows = [(Decimal("5.000"),), (Decimal("1.5"),), (Decimal("87.250"),), (Decimal(-3),)]
    content, _rows = written(rows, Kind.QUANTITY)
    shown = [shown_as(content, f"A{line}") for line in (7, 8, 9, 10)]
    assert shown == ["#,##0", "#,##0.###", "#,##0.###", "#,##0"]
    assert [row[0] for row in table_of(content)[1:]] == [5, 1.5, 87.25, -3]


def summed(rows, **more):
    columns = [
        Column("Nama", lambda row: row[0]),
        Column("Uang", lambda row: row[1], Kind.RUPIAH, total=Total.SUM),
        Column("Berat", lambda row: row[2], Kind.QUANTITY, total=Total.SUM),
        Column("Saldo", lambda row: row[3], Kind.RUPIAH, total=Total.LAST),
        Column("Harga", lambda row: row[4], Kind.RUPIAH),
    ]
    return workbook.write(Content([Sheet("Daftar", columns, rows, **more)]), HEADING)


def test_the_last_row_holds_what_the_rows_come_to_as_numbers():
    rows = [("Ani", 1_250_000, Decimal("1.5"), 70, 500), ("Beni", None, Decimal(2), 90, 700)]
    content, count = summed(rows)
    total = total_of(content)
    assert count == 2
    assert total["Nama"] == "Total · 2 baris"
    assert (total["Uang"], total["Berat"], total["Saldo"]) == (1_250_000, 3.5, 90)
    assert total["Harga"] == ""
    assert "<f>" not in sheet_xml(content)


def test_the_filter_of_the_table_leaves_the_total_where_it_is():
    content, _rows = summed([("Ani", 1, Decimal(1), 1, 1)])
    assert '<autoFilter ref="A6:E7"/>' in sheet_xml(content)


def test_an_empty_table_comes_to_nothing():
    total = total_of(summed([])[0])
    assert (total["Nama"], total["Uang"]) == ("Total · 0 baris", 0)


def test_a_balance_brought_forward_is_no_row_of_the_table():
    rows = [("Ani", 5, Decimal(1), 105, 1)]
    content, count = summed(rows, before=[("Sebelumnya", None, None, 100, None)])
    assert count == 1
    assert [row[0] for row in table_of(content)] == ["Nama", "Sebelumnya", "Ani"]
    assert total_of(content)["Nama"] == "Total · 1 baris"


def test_what_would_be_counted_twice_is_told_by_whoever_knows():
    rows = [("Gula", 5, Decimal(1), 1, 1), ("Telur", 5, Decimal(1), 1, 1)]
    content, _rows = summed(rows, whole=("", 7, Decimal(2), None, None))
    assert total_of(content)["Uang"] == 7


@pytest.mark.parametrize("evil", ["=1+1", "+62812", "-5", "@SUM(A1)", '=HYPERLINK("http://x","y")'])
def test_text_that_looks_like_a_formula_stays_text(evil):
    content, _rows = written([(evil, evil)], Kind.TEXT, Kind.CODE)
    assert table_of(content)[1] == [evil, evil]
    assert "<f>" not in sheet_xml(content)


def test_addresses_do_not_become_links():
    content, _rows = written([("http://jahat.example",)], Kind.TEXT)
    assert "<hyperlink" not in sheet_xml(content)


def test_an_identity_number_is_covered_wherever_it_is_text():
    content, _rows = written([(f"catatan {NIK}",)], Kind.TEXT)
    assert table_of(content)[1] == ["catatan [NIK]"]


@pytest.mark.parametrize(
    "written_as", ["3374 1152 0390 0001", "33.74.11.520390.0001", "337411-520390-0001"]
)
def test_an_identity_number_is_covered_however_its_digits_are_parted(written_as):
    content, _rows = written([(f"NIK {written_as}, RW 03",)], Kind.TEXT)
    assert table_of(content)[1] == ["NIK [NIK], RW 03"]


def test_other_long_numbers_stay_as_they_are():
    text = "REF 2026 1199 9999 0001, Rp1.250.000 dan 2026.11.23 10.30.00"
    content, _rows = written([(text,)], Kind.TEXT)
    assert table_of(content)[1] == [text]


def test_what_is_not_known_is_an_empty_cell():
    content, _rows = written([(None, "x"), ("", "y")], Kind.NUMBER, Kind.TEXT)
    assert [row[0] for row in table_of(content)[1:]] == ["", ""]


def test_the_heading_says_what_it_is_and_who_took_it():
    content, _rows = written([("Ani",)], Kind.TEXT, conditions=[Condition("RW", f"x {NIK}")])
    cooperative, title, filters, moment = [row[0] for row in rows_of(content)[:4]]
    assert (cooperative, title) == ("Koperasi Melati", "Daftar")
    assert filters == "RW: x [NIK]"
    assert moment.startswith("23 November 2026, 10.00 WIB")
    assert moment.endswith("Rini (rekaan)")


def test_the_head_stays_and_is_printed_on_every_page():
    content, _rows = written([("Ani",)], Kind.TEXT)
    xml = sheet_xml(content)
    assert 'ySplit="6"' in xml
    assert 'state="frozen"' in xml
    assert "Print_Titles" in sheet_xml(content, "xl/workbook.xml")


def test_a_printed_page_says_whose_what_and_which_page_it_is():
    heading = Heading("Koperasi Melati & Mawar", NOW, "Rini (rekaan)")
    column = Column("K", lambda row: row)
    content = workbook.write(Content([Sheet("Daftar", [column], ["x"])]), heading)[0]
    xml = sheet_xml(content)
    assert "<oddHeader>&amp;LKoperasi Melati &amp;&amp; Mawar&amp;RDaftar</oddHeader>" in xml
    assert "oleh Rini (rekaan)&amp;RHalaman &amp;P dari &amp;N</oddFooter>" in xml
    assert 'orientation="landscape"' in xml
    assert 'fitToHeight="0"' in xml
    assert 'fitToPage="1"' in xml
    assert "<dc:title>Daftar</dc:title>" in sheet_xml(content, "docProps/core.xml")


def test_a_long_name_does_not_drive_the_page_number_out():
    """Excel takes 255 letters below a page; more are left out, all together."""
    heading = Heading("&" * 200, NOW, "&" * 200)
    column = Column("K", lambda row: row)
    xml = sheet_xml(workbook.write(Content([Sheet("&" * 200, [column], ["x"])]), heading)[0])
    assert "<oddHeader>" in xml
    assert "&amp;P dari &amp;N</oddFooter>" in xml


def test_sheets_of_the_same_or_an_odd_name_are_told_apart():
    columns = [Column("K", lambda row: row)]
    names = ["A/B: daftar [panjang] sekali namanya", "A/B: daftar [panjang] sekali namanya", ""]
    content, _rows = workbook.write(
        Content([Sheet(name, columns, ["x"]) for name in names]), HEADING
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert sum(name.startswith("xl/worksheets/sheet") for name in archive.namelist()) == 3


def test_it_tells_how_far_it_is():
    told = []
    columns = [Column("K", lambda row: row)]
    rows = [str(number) for number in range(120)]
    workbook.write(Content([Sheet("L", columns, rows)]), HEADING, progress=told.append)
    assert told == [50, 100]


def test_nothing_is_left_in_the_workshop(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    left = tmp_path / "exports" / "old"
    left.mkdir(parents=True)
    os.utime(left, (1, 1))
    written([("Ani",)], Kind.TEXT)
    assert list((tmp_path / "exports").iterdir()) == []


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=40)))
def test_whatever_is_written_comes_back(texts):
    content, count = written([(text,) for text in texts], Kind.CODE)
    assert count == len(texts)
    back = [row[0] for row in table_of(content)[1:]] if texts else []
    assert back == texts


def test_a_head_that_wraps_has_room_for_its_lines():
    """Spreadsheet programs other than Excel leave the row as high as one line."""
    wide, narrow = Column("Umur", lambda row: row), Column("Jatuh tempo terdekat", lambda row: row)
    for columns, points in ((narrow, 30), (wide, 15)):
        columns = [Column(columns.title, columns.value, width=16)]
        content, _rows = workbook.write(Content([Sheet("L", columns, ["x"])]), HEADING)
        head = sheet_xml(content).split('<row r="6"')[1].split(">")[0]
        assert (f'ht="{points}"' in head) or (points == 15 and "ht=" not in head)


def test_a_text_stands_clear_of_the_number_on_its_left():
    content, _rows = written([(1_000, "Lunas")], Kind.RUPIAH, Kind.TEXT)
    assert 'indent="1"' in style_of(content, "B7")
    assert "indent" not in style_of(content, "A7")


def style_of(content, cell):
    """How a cell is laid out, as the file says it."""
    number = int(re.search(rf'r="{cell}" s="(\d+)"', sheet_xml(content))[1])
    styles = sheet_xml(content, "xl/styles.xml").split("<cellXfs")[1].split("</cellXfs>")[0]
    return styles.split("<xf ")[number + 1]
