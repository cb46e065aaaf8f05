"""Finding the list and its columns."""

import pytest

from kkmp.imports import tables
from kkmp.imports.choices import Choices
from kkmp.imports.preview import Skip, State, examine
from kkmp.imports.tables import NoRows, NoTitles, Table
from kkmp.lib import spreadsheet
from members.takeover.columns import MEMBERS
from members.takeover.kind import MemberList
from shops.goods.imports.columns import COLUMNS as GOODS
from tests.imports.conftest import LISTED, MEMBER_TITLES, listed, xlsx


def found(content: bytes, columns=MEMBERS) -> Table:
    return tables.find(spreadsheet.read(content), columns)


def test_the_titles_of_gedawang_are_known(members_file, goods_file):
    members = found(members_file)
    assert members.titles_row == 4
    assert {name: members.titles[at] for name, at in members.guess.items()} == {
        "name": "Nama Lengkap",
        "nik": "No. KTP / NIK",
        "birth": "Tempat, Tgl Lahir",
        "sex": "L/P",
        "address": "Alamat",
        "rt_rw": "RT/RW",
        "phone": "No HP/WA",
        "occupation": "Pekerjaan",
        "since": "Tgl Daftar",
        "principal": "Simp. Pokok",
        "mandatory": "Simp. Wajib",
        "voluntary": "Simp. Sukarela",
        "status": "Status",
    }
    goods = found(goods_file, GOODS)
    assert (goods.titles_row, len(goods.rows)) == (3, 38)
    assert len(goods.guess) == len(goods.titles) == 12


@pytest.mark.parametrize(
    ("titles", "guess"),
    [
        (["NAMA", "N.I.K", "NIK"], {"name": 0, "nik": 2}),
        (["NIK", "Nama Gadis Ibu Kandung", "Nama Anggota"], {"nik": 0, "name": 2}),
        (["Tempat Lahir", "Tanggal Lahir", "RT", "RW"],
         {"birth_place": 0, "birth_date": 1, "rt": 2, "rw": 3}),
        (["Nama (sesuai KTP)", "Nomor HP"], {"name": 0, "phone": 1}),
        (["Simpanan Wajib (Rp)", "Simpanan Pokok (Rp)"], {"mandatory": 0, "principal": 1}),
    ],
)  # fmt: skip
def test_titles_are_guessed(titles, guess):
    assert tables.guess(titles, MEMBERS) == guess


def test_the_list_may_be_on_another_sheet_below_other_things():
    sheets = [
        spreadsheet.Sheet("Sampul", (spreadsheet.Row(1, ("Koperasi",)),)),
        *spreadsheet.read(xlsx(["Daftar"], MEMBER_TITLES, listed(1, "Siti"))),
    ]
    assert tables.find(sheets, MEMBERS).rows[0].number == 3


def test_without_titles_there_is_no_list():
    with pytest.raises(NoTitles) as refused:
        found(xlsx(["Siti", "3374110101800001"], ["Budi", "3374110101800002"]))
    assert "NIK" in str(refused.value)


def test_titles_alone_are_no_list():
    with pytest.raises(NoRows):
        found(xlsx(MEMBER_TITLES))


def test_samples_are_few_and_cover_identity_numbers(members_file):
    assert found(members_file).samples(2) == [
        "[NIK]",
    ]


def test_a_table_survives_being_kept(members_file):
    table = found(members_file)
    assert Table.loaded(table.dumped()) == table
    choices = Choices({"name": 1}, {5: {1: "Eka"}}, frozenset({7}))
    assert Choices.loaded(choices.dumped()) == choices


def test_rows_that_are_no_data_are_left_out(in_melati):
    table = found(xlsx(
        MEMBER_TITLES,
        listed(1, "Siti"),
        ["-- dari Ketua RW --"],
        [7],
        MEMBER_TITLES,
        listed(2, "Budi"),
        ["", "Jumlah", "", "", "", "Rp 200.000,-"],
        ["", "", "", "Semarang, 1 Oktober 2025"],
        ["", "Ketua", "", "", "", "Bendahara"],
    ))  # fmt: skip
    result = examine(MemberList(), table, Choices(table.guess), cooperative=in_melati, on=LISTED)
    assert [row.skip for row in result.rows] == [
        None,
        Skip.STRAY,
        Skip.STRAY,
        Skip.TITLES,
        None,
        Skip.TOTAL,
        Skip.STRAY,
        Skip.STRAY,
    ]
    assert result.counts[State.SKIPPED] == 6
    assert result.stated == {"principal": 200_000}
    assert result.total("principal") == 200_000


def test_an_unreadable_row_of_totals_states_nothing(in_melati):
    table = found(xlsx(
        MEMBER_TITLES, listed(1, "Siti"), ["", "Jumlah", "", "", "", "1,250", "10.000"]
    ))  # fmt: skip
    result = examine(MemberList(), table, Choices(table.guess), cooperative=in_melati, on=LISTED)
    assert result.stated == {"mandatory": 10_000}


def test_a_list_of_three_columns_has_no_stray_lines(in_melati):
    table = found(xlsx(["Nama", "NIK", "Status"], ["Siti"], ["Budi", "3374110101800001", "di RW"]))
    result = examine(MemberList(), table, Choices(table.guess), cooperative=in_melati, on=LISTED)
    assert [row.verdict.code for row in result.rows] == ["nik_missing", "ok"]


@pytest.mark.parametrize("title", ["No. KTP", "Nomor KTP", "No KTP", "No. Identitas"])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0), (2, 1, 0)])
def test_beside_the_members_number_the_column_of_16_digits_is_the_nik(title, order):
    """Without a running number before it, "No. KTP" is not taken for one and stays to be chosen."""
    columns = [
        ["NIK", "0001/KKMP", "0002/KKMP"],
        ["Nama", "Siti", "Budi"],
        [title, "3374110101800001", "3374110101800002"],
    ]
    rows = [[columns[at][row] for at in order] for row in range(3)]
    table = found(xlsx(*rows))
    assert table.titles[table.guess["nik"]] == title
    assert table.ordinal is None


@pytest.mark.parametrize(
    ("title", "cells", "is_ordinal"),
    [
        ("No", (1, 2, 3), True),
        ("No. Urut", ("1", "2", "3"), True),
        ("No. Urut Lama", (1, 2, 3), True),
        ("No. Rumah", (12, 7, 3), False),
        ("No", ("3374110101800001", "3374110101800002", "3374110101800003"), False),
        ("No. Registrasi", ("A/1", "A/2", "A/3"), False),
    ],
)
def test_only_numbers_that_run_on_are_left_out_of_the_columns(title, cells, is_ordinal):
    names = ("Siti", "Budi", "Ayu")
    rows = [[cell, name, f"081{cell}"] for cell, name in zip(cells, names, strict=True)]
    table = found(xlsx([title, "Nama", "No HP"], *rows))
    assert table.ordinal == (0 if is_ordinal else None)
