"""What was in a file and does not come in is said; what is in it is not read as something else."""

import io
import re

import pytest
import xlsxwriter
from django.utils.translation import override

from kkmp.imports import tables
from kkmp.imports.masking import covered
from kkmp.imports.preview import Preview, Skip, State
from kkmp.imports.services import batches, choosing
from kkmp.lib import spreadsheet
from kkmp.lib.spreadsheet import NotASpreadsheet, TooLarge
from members.takeover.columns import BILLS, MEMBERS
from members.takeover.kind import MemberList
from tests.imports.conftest import MEMBER_TITLES, NOW, listed, sheets, xlsx
from tests.imports.test_found import pages_of

KIND = MemberList()
NIK = "3374110101800099"


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def found(content: bytes, columns=MEMBERS) -> tables.Table:
    return tables.find(spreadsheet.read(content), columns)


@pytest.fixture
def look(upload):
    """What would become of a file with these rows, or of a whole file."""

    def look(*rows, content: bytes = b"") -> Preview:
        return batches.examine(upload(content or xlsx(*rows)), KIND)

    return look


def titles_of(preview: Preview, skip: Skip | None = None) -> list[str]:
    return [row.verdict.title for row in preview.rows if row.skip == skip]


# --- Sheets ------------------------------------------------------------------------------------


def test_a_hidden_sheet_never_wins_and_is_named(look):
    more = [MEMBER_TITLES, *(listed(at, f"Lama {at}") for at in range(2, 9))]
    preview = look(
        content=sheets(
            ("Arsip", "Arsip2"), Arsip=more, Data=[MEMBER_TITLES, listed(1, "Siti")], Arsip2=more
        )
    )
    assert titles_of(preview) == ["Siti"]
    assert preview.aside == (
        "The hidden sheet “Arsip” is not read: 7 rows.",
        "The hidden sheet “Arsip2” is not read: 7 rows.",
    )


def test_a_sheet_of_another_kind_is_named_and_can_be_chosen(upload):
    batch = upload(
        sheets(
            RW1=[MEMBER_TITLES, listed(1, "Siti")],
            RW2=[("NIK", "Nama", "No"), ("3374110101800002", "Budi", 2)],
            Lanjutan=[listed(3, "Ani")],
        )
    )
    told = batches.examine(batch, KIND)
    assert titles_of(told) == ["Siti"]
    assert "The sheet “RW2” is not read: 1 rows." in told.aside
    assert "The sheet “Lanjutan” is not read: 1 rows." in told.aside
    batch = choosing.choose_sheets(batch=batch, kind=KIND, names=["RW1", "RW2", "Lanjutan"])
    preview = batches.examine(batch, KIND)
    assert titles_of(preview) == ["Siti", "Budi", "Ani"]
    assert [row.place for row in preview.rows] == ["2 (RW1)", "2 (RW2)", "1 (Lanjutan)"]
    assert not preview.aside
    assert {row.state for row in preview.rows} == {State.READY}


def test_the_same_row_of_two_sheets_is_corrected_apart(upload):
    batch = upload(
        sheets(A=[MEMBER_TITLES, listed(1, "Siti")], B=[MEMBER_TITLES, listed(2, "Budi")])
    )
    other = batches.examine(batch, KIND).rows[1]
    batch = choosing.fix_row(batch=batch, number=other.number, cells={1: "Budi Santoso"})
    assert titles_of(batches.examine(batch, KIND)) == ["Siti", "Budi Santoso"]


def test_sheets_that_were_not_read_are_forgotten_with_the_import(upload, rini):
    batch = upload(
        sheets(A=[MEMBER_TITLES, listed(1, "Siti"), listed(2, "X", nik="1")], B=[("Rapat", NIK)])
    )
    batch = batches.run(batch=batch, kind=KIND, at=NOW, by=rini)
    assert batch.has_content
    assert not batch.table().source


def test_very_many_sheets_are_refused_in_words():
    with pytest.raises(TooLarge) as refused:
        spreadsheet.read(sheets(**{f"S{at}": [("a", "b")] for at in range(101)}))
    assert "too many sheets" in str(refused.value)


# --- Rows that are no data ---------------------------------------------------------------------


def test_totals_of_parts_and_of_the_whole_are_compared(look):
    preview = look(
        MEMBER_TITLES,
        listed(1, "Siti", mandatory="10.000"),
        ["TOTAL RT 03", "", "", "", "", "100.000", "10.000"],
        listed(2, "Budi", mandatory="20.000"),
        ["", "Jumlah RT 04", "1 orang", "", "", "100.000", "20.000"],
        ["", "JUMLAH TOTAL", "2 orang", "", "", "200.000", "30.000"],
    )
    assert titles_of(preview) == ["Siti", "Budi"]
    assert preview.stated == {"principal": 200_000, "mandatory": 30_000}


def test_totals_of_parts_alone_are_added_up(look):
    preview = look(
        MEMBER_TITLES,
        listed(1, "Siti"),
        ["", "Jumlah RT 03", "", "", "", "100.000"],
        listed(2, "Budi"),
        listed(3, "Ani"),
        ["", "Jumlah RT 04", "", "", "", "200.000"],
    )
    assert preview.stated == {"principal": 300_000}


@pytest.mark.parametrize(
    "row",
    [
        ("", "Wati", NIK),
        ("", "", NIK),
        ("", "Wati", "", "", "", "50.000"),
        (9, "Wati"),
        ("", "", "", f"Wati, NIK {NIK}"),
        ("", "Wati", "33741101"),
    ],
)
def test_a_row_with_a_number_or_an_amount_is_never_a_remark(look, row):
    total = ["", "Jumlah", "", "", "", "100.000"]
    for rows in ((row, listed(2, "Budi")), (total, row), (total, row, listed(2, "Budi"))):
        preview = look(MEMBER_TITLES, listed(1, "Siti"), *rows)
        assert Skip.STRAY not in [one.skip for one in preview.rows]


def test_what_is_left_out_is_counted_with_its_sums(look):
    preview = look(
        (*MEMBER_TITLES, "Tabungan Lebaran"),
        (*listed(1, "Siti"), 250000),
        (*listed(2, "Budi", nik="3374"), 50000),
        ["", "-- dari Ketua RW --"],
        ["", "Jumlah", "", "", "", "200.000", "", "", "", 300000],
    )
    assert preview.aside == (
        "Column J “Tabungan Lebaran” is not used: 2 amounts, Rp\xa0300,000 together.",
        "1 rows with problems stay behind, with Rp\xa0100,000.",
        "1 rows of totals are left out.",
        "1 lines of text are left out.",
    )


# --- Titles --------------------------------------------------------------------------------------


def test_three_rows_of_titles_are_read_as_one():
    table = found(
        xlsx(
            ["KOPERASI"],
            ["DATA ANGGOTA"],
            ["No", "Identitas", "", "Simpanan", "", ""],
            ["", "Nama", "NIK", "Pokok", "Wajib", "Sukarela"],
            ["", "", "", "(Rp)", "(Rp)", "(Rp)"],
            ["1", "2", "3", "4", "5", "6"],
            [1, "Siti", NIK, 100000, 10000, 0],
        )
    )
    assert table.guess == {"name": 1, "nik": 2, "principal": 3, "mandatory": 4, "voluntary": 5}
    assert [row.number for row in table.rows] == [7]


def test_a_wide_title_is_put_before_those_below_it():
    table = found(
        xlsx(
            ["No", "Nama", "NIK", "Simpanan Pokok", "Simpanan Wajib", "", ""],
            ["", "", "", "", "Jan", "Feb", "Mar"],
            [1, "Siti", NIK, 100000, 10000, 10000, 10000],
        )
    )
    assert table.undecided == {"mandatory": (4, 5, 6)}
    assert table.titles[4] == "Simpanan Wajib › Jan"
    assert len(table.rows) == 1


def test_the_first_person_is_never_taken_for_titles():
    for first in (["Siti", NIK, "Jl. Mawar"], ["Siti", "", ""], ["", NIK, ""]):
        table = found(xlsx(["Nama", "NIK", "Alamat"], first, ["Budi", NIK, ""]))
        assert len(table.rows) == 2


@pytest.mark.parametrize(
    "title",
    [
        "SIMPANAN WAJIB (Rp.10.000/bln)",
        "Simpanan Wajib Rp 10.000/bulan",
        "Simp. Wajib Triwulan I 2026",
        "WAJIB [s/d Okt 2026]",
    ],
)
def test_a_title_may_say_how_much_and_when(title):
    assert found(xlsx(["Nama", "NIK", title], ["Siti", NIK, 10000])).guess["mandatory"] == 2


def test_a_column_for_each_quarter_is_asked_about():
    quarters = [f"Simp. Wajib TW {at}" for at in ("I", "II", "III", "IV")]
    table = found(xlsx(["Nama", "NIK", *quarters], ["Siti", NIK, *[30000] * 4]))
    assert "mandatory" not in table.guess
    assert table.undecided == {"mandatory": (2, 3, 4, 5)}


def test_asked_and_paid_are_not_taken_for_each_other():
    table = found(
        xlsx(["No Anggota", "Bulan", "Jumlah Tagihan", "Dibayar"], [1, "2026-01", 9000, 5000]),
        BILLS,
    )  # fmt: skip
    assert table.undecided == {"amount": (2, 3)}


def test_of_two_columns_called_nik_the_one_with_sixteen_digits_is_it():
    table = found(
        xlsx(
            ["NIK", "Nama", "No. KTP"], ["0001/KKMP", "Siti", NIK], ["0002/KKMP", "Budi", "337411"]
        )
    )
    assert table.guess["nik"] == 2


def test_columns_that_are_added_up_stop_at_what_cannot_be_read(upload):
    titles = ("Nama", "NIK", "Pokok", "Wajib Jan", "Wajib Feb", "Status")
    batch = upload(
        xlsx(
            titles,
            ("Siti", "3374110101800001", 100000, 10000, 20000, "lunas"),
            ("Budi", "3374110101800002", 100000, 10000, "dua", "lunas"),
            ("Ani", "3374110101800003", 100000, "", "", "lunas"),
        )
    )
    batch = choosing.choose_columns(
        batch=batch,
        kind=KIND,
        columns={"name": 0, "nik": 1, "principal": 2, "mandatory": [3, 4], "status": 5},
    )
    preview = batches.examine(batch, KIND)
    assert [row.verdict.code for row in preview.rows] == ["ok", "amount_unreadable", "ok"]
    assert preview.total("mandatory") == 30_000
    with pytest.raises(batches.ColumnsRefused):
        choosing.choose_columns(batch=batch, kind=KIND, columns={"name": [0, 5], "nik": 1})
    with pytest.raises(batches.ColumnsRefused):
        choosing.choose_columns(batch=batch, kind=KIND, columns={"name": 0, "nik": 0})


# --- Errors, formulas, merged amounts ---------------------------------------------------------


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "Err:508", "#NAME?"])
def test_an_error_is_not_zero(look, error):
    preview = look(MEMBER_TITLES, listed(1, "Siti", mandatory=error), listed(2, "Budi"))
    assert [row.verdict.code for row in preview.rows] == ["cell_broken", "ok"]
    assert "Open the file in Excel" in preview.rows[0].why


def test_an_error_in_any_column_that_is_used_is_told(upload):
    content = xlsx(MEMBER_TITLES, listed(1, "#N/A", status="#REF!"), listed(2, "Budi", nik="#N/A"))
    preview = batches.examine(upload(content), KIND)
    assert [[one.code for one in row.verdict.problems] for row in preview.rows] == [
        ["cell_broken", "cell_broken"],
        ["cell_broken"],
    ]


def test_errors_that_excel_and_libreoffice_store_are_seen():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    sheet.write_formula(0, 0, "=NA()", None, "#N/A")
    sheet.write_formula(0, 1, "=A9", None, "")
    sheet.write_formula(0, 2, "=1+1", None, 2)
    sheet.write_string(0, 3, "x")
    book.close()
    assert spreadsheet.read(buffer.getvalue())[0].rows[0].cells == (
        "#N/A",
        "#FORMULA!",
        2.0,
        "x",
    )


def test_an_amount_in_a_merged_cell_is_asked_about(upload):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    for at, row in enumerate((MEMBER_TITLES, listed(1, "Siti"), listed(2, "Budi"))):
        sheet.write_row(at, 0, row)
    sheet.merge_range(1, 6, 2, 6, 60000)
    sheet.merge_range(1, 3, 2, 3, "Jl. Melati 2")
    book.close()
    batch = upload(buffer.getvalue())
    preview = batches.examine(batch, KIND)
    assert [row.verdict.code for row in preview.rows] == ["amount_merged"] * 2
    for number, text in ((2, "60000"), (3, "")):
        batch = choosing.fix_row(batch=batch, number=number, cells={6: text})
    preview = batches.examine(batch, KIND)
    assert preview.total("mandatory") == 60_000
    assert {row.verdict.value.particulars.address for row in preview.rows} == {"Jl. Melati 2"}


# --- CSV and web pages ----------------------------------------------------------------------------

CSV = "No;Nama;NIK;Alamat;RT/RW\n"


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ('1;Siti;1;"Jl. A;01/02\n', 2),
        ('1;Siti;1;Jl. A;01/02\n2;Budi;2;"Jl. B;01/02', 3),
        ('1;Siti;1;"Jl. A;01/02\n2;Budi;2;Jl. B";01/02\n', 2),
        ('1;Siti;1;"Jl. A;01/02\n2;Budi;2;"Jl. B";01/02\n3;Ani;3;Jl. C;01/02\n', 2),
        ('1;Siti;1;"Jl. A\n3374110101800009;Budi";01/02\n', 2),
    ],
)
def test_a_quote_that_swallows_lines_is_refused_with_its_line(lines, line):
    with pytest.raises(NotASpreadsheet) as refused:
        spreadsheet.read((CSV + lines).encode())
    assert f"Line {line}:" in str(refused.value)


def test_a_cell_of_several_lines_and_a_quote_within_a_line_are_read():
    content = CSV + '1;Siti;1;"Jl. A,\nGang 3; kiri";01/02\n2;Budi;2;Toko "Maju" Jaya;03/04\n'
    rows = spreadsheet.read(content.encode())[0].rows
    assert rows[1].cells[3] == "Jl. A,\nGang 3; kiri"
    assert rows[2].cells[3] == 'Toko "Maju" Jaya'


@pytest.mark.parametrize(
    "content",
    [
        b"<!-- dibuat oleh SIM --><table><tr><td>Nama</td><td>NIK</td></tr></table>",
        b"<style>td{color:red}</style>\n<table border=1><tr><td>Nama</td></tr></table>",
        b"  \xef\xbb\xbf<div><table><tr><td>a;b</td></tr></table></div>",
        "<html><body><table>".encode("utf-16"),
        b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html xmlns:o='x'><body>",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
    ],
)
def test_a_web_page_called_a_spreadsheet_gets_the_advice_whatever_it_begins_with(content):
    with pytest.raises(NotASpreadsheet) as refused:
        spreadsheet.read(content)
    assert "web page" in str(refused.value)


# --- Identity numbers in texts ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("3374110101800001", "[NIK]"),
        ("Catatan: 3374 1101 0180 0001 (baru)", "Catatan: [NIK] (baru)"),
        ("33.7411.010180.0001", "[NIK]"),
        ("337411010180000", "[NIK]"),
        ("3,37411E+15", "[NIK]"),
        ("0812-3456-7890", "0812-3456-7890"),
        ("8998866200301", "8998866200301"),
        ("1.250.000.000", "1.250.000.000"),
    ],
)
def test_identity_numbers_are_covered_and_others_are_not(text, shown):
    assert covered(text) == shown


def test_a_number_in_any_column_is_told_to_nobody(upload, client_of, tono, melati):
    """In rows with problems, left-out rows, total rows, and in the forms that correct them."""
    rows = []
    for column in range(len(MEMBER_TITLES)):
        cells = list(listed(column + 1, f"Orang {column}"))
        cells[column] = NIK
        rows.append(cells)
        rows.append([NIK if at == column else "" for at in range(len(MEMBER_TITLES))])
        rows.append(["Jumlah" if at == 1 else NIK if at == column else "" for at in range(9)])
    batch = upload(xlsx([f"Daftar {NIK}"], MEMBER_TITLES, *rows, ["", f"Salinan {NIK}"]))
    for number in (5, 8):
        batch = choosing.skip_row(batch=batch, number=number)
    texts = pages_of(client_of(tono), melati, str(batch.id))
    assert "[NIK]" in texts
    assert not re.search(r"\d{16}", texts)
    assert NIK[6:] not in texts
    assert NIK[-6:] not in texts


def test_a_number_among_what_everybody_reads_is_a_problem(look):
    cells = list(listed(1, "Siti"))
    cells[3] = f"Jl. Mawar (NIK {NIK})"
    assert look(MEMBER_TITLES, cells).rows[0].verdict.code == "nik_in_text"
