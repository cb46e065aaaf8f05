"""The file: values as what they are, and nothing that could run."""

import io
import os
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkmp.exports import workbook
from kkmp.exports.lists import Column, Condition, Content, Kind, Sheet
from kkmp.exports.workbook import Heading
from tests.exports.conftest import NOW, rows_of, table_of

NIK = "3374115203900001"
HEADING = Heading("Koperasi Melati", NOW, "Rini (rekaan)")


def written(rows, *kinds, **more):
    columns = [Column(f"K{at}", lambda row, at=at: row[at], kind) for at, kind in enumerate(kinds)]
    return workbook.write(Content([Sheet("Daftar", columns, rows)], **more), HEADING)


def sheet_xml(content, name="xl/worksheets/sheet1.xml"):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


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


@pytest.mark.parametrize("evil", ["=1+1", "+62812", "-5", "@SUM(A1)", '=HYPERLINK("http://x","y")'])
def test_text_that_looks_like_a_formula_stays_text(evil):
    content, _rows = written([(evil, evil)], Kind.TEXT, Kind.CODE)
    assert table_of(content)[1] == [evil, evil]
    assert "<f>" not in sheet_xml(content)


def test_addresses_do_not_become_links():
    content, _rows = written([("http://jahat.example",)], Kind.TEXT)
    assert "<hyperlink" not in sheet_xml(content)


def test_an_identity_number_is_masked_wherever_it_is_text():
    content, _rows = written([(f"catatan {NIK}",)], Kind.TEXT)
    assert table_of(content)[1] == ["catatan 3374********0001"]


def test_what_is_not_known_is_an_empty_cell():
    content, _rows = written([(None, "x"), ("", "y")], Kind.NUMBER, Kind.TEXT)
    assert [row[0] for row in table_of(content)[1:]] == ["", ""]


def test_the_heading_says_what_it_is_and_who_took_it():
    content, _rows = written([("Ani",)], Kind.TEXT, conditions=[Condition("RW", f"x {NIK}")])
    cooperative, title, filters, moment = [row[0] for row in rows_of(content)[:4]]
    assert (cooperative, title) == ("Koperasi Melati", "Daftar")
    assert filters == "RW: x 3374********0001"
    assert moment.startswith("23 November 2026, 10.00 WIB")
    assert moment.endswith("Rini (rekaan)")


def test_the_head_stays_and_is_printed_on_every_page():
    content, _rows = written([("Ani",)], Kind.TEXT)
    xml = sheet_xml(content)
    assert 'ySplit="6"' in xml
    assert 'state="frozen"' in xml
    assert "Print_Titles" in sheet_xml(content, "xl/workbook.xml")


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
