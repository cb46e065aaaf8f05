"""The rows that did not go in, as a spreadsheet."""

import io
import zipfile

from kkmp.imports import tables, workbook
from kkmp.imports.rows import OK
from kkmp.imports.services import batches, choosing
from kkmp.lib import spreadsheet
from members.takeover.kind import MemberList
from tests.imports.conftest import MEMBER_TITLES, NOW, listed, xlsx

KIND = MemberList()


def rows_of(batch) -> list[tuple]:
    table, why = batches.left_behind(batch, KIND)
    return [row.cells for row in spreadsheet.read(workbook.of_rows(table, why))[0].rows]


def test_bad_rows_come_back_with_their_columns_and_a_reason(upload, members_file):
    batch = batches.run(batch=upload(members_file), kind=KIND, at=NOW, by=None)
    titles, first, *others = rows_of(batch)
    assert titles[:4] == ("No", "Nama Lengkap", "No. KTP / NIK", "Tempat, Tgl Lahir")
    assert len(others) == 27
    assert first[1:3] == ("OLIVIA WULANDARI", "3374112811570091")
    assert "75" in first[-2]
    assert first[-1] == "82"


def test_reasons_are_those_of_the_moment_of_the_import(upload):
    same = "3374110101800001"
    batch = upload(xlsx(MEMBER_TITLES, listed(1, "Siti", nik=same), listed(2, "Budi", nik=same)))
    before = rows_of(batch)
    assert rows_of(batches.run(batch=batch, kind=KIND, at=NOW, by=None)) == before
    assert "Siti" in before[1][-2]


def test_corrections_so_far_are_in_it(upload):
    batch = upload(xlsx(MEMBER_TITLES, listed(1, "Siti", nik="12"), listed(2, "Budi")))
    batch = choosing.fix_row(batch=batch, number=2, cells={1: "Siti Aminah"})
    assert rows_of(batch)[1][1] == "Siti Aminah"


def test_texts_stay_texts_so_that_nothing_runs_in_the_spreadsheet(upload):
    evil = '=HYPERLINK("http://jahat.example","klik")'
    batch = upload(xlsx(MEMBER_TITLES, listed(1, evil, nik="12"), listed(2, "Budi")))
    table, why = batches.left_behind(batch, KIND)
    content = workbook.of_rows(table, why)
    assert rows_of(batch)[1][1] == evil
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    # Numbers stay numbers: a day kept as a number can be read again.
    assert spreadsheet.read(content)[0].rows[1].cells[0] == 1


def test_a_mended_workbook_can_be_sent_in_again(upload):
    batch = upload(xlsx(MEMBER_TITLES, listed(1, "Siti", nik="12"), listed(2, "Budi")))
    table, why = batches.left_behind(batch, KIND)
    again = tables.find(spreadsheet.read(workbook.of_rows(table, why)), KIND.columns)
    assert again.guess == {**table.guess}
    mended = upload(workbook.of_rows(table, why))
    mended = choosing.fix_row(batch=mended, number=2, cells={2: "3374110101800009"})
    assert batches.examine(mended, KIND).row(2).verdict.code == OK


def test_a_number_that_was_cut_off_is_not_laundered_into_a_text(upload):
    """A NIK that a spreadsheet has rounded ends in a zero that nobody wrote."""
    batch = upload(xlsx(MEMBER_TITLES, listed(1, "Siti", nik=3374110101800010.0), listed(2, "Ani")))
    table, why = batches.left_behind(batch, KIND)
    mended = upload(workbook.of_rows(table, why))
    assert batches.examine(mended, KIND).row(2).verdict.code == "nik_rounded"
