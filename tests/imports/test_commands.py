"""The import from the command line."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from finance.models import Journal
from kkmp.imports.models import ImportBatch
from kkmp.registry import scope
from members.models import Member, Status
from shops.models import Product
from tests.imports.conftest import DATA, MEMBER_TITLES, listed, sheets, xlsx

MEMBERS, GOODS = DATA / "anggota-gedawang.xlsx", DATA / "barang-gedawang.xlsx"


def call(command: str, code: str, file: Path, status: int = 0, **options) -> str:
    """What the command says; ``status`` is how it has to end."""
    out, ended = StringIO(), 0
    with override("en"):
        try:
            call_command(command, code, str(file), stdout=out, **options)
        except CommandError as error:
            if error.returncode == 1:
                raise
            ended = error.returncode
    assert ended == status
    return out.getvalue()


def test_members_are_imported(melati, rini):
    out = call("import_members", melati.code, MEMBERS, status=2, on="18/10/2025", user="rini")
    assert "274 rows have been imported" in out
    assert "Row 86, Faizah Usada: A NIK has 16 digits" in out
    assert "Rp\xa08,850,000" in out
    with scope.cooperative(melati.pk):
        assert Member.objects.of(melati).filter(status=Status.ACTIVE).count() == 73
        batch = ImportBatch.objects.of(melati).get()
        assert (batch.filename, batch.created_by) == ("anggota-gedawang.xlsx", rini)
        assert Journal.objects.of(melati).get().posted_by == rini


def test_a_dry_run_tells_all_and_writes_nothing(melati):
    out = call("import_members", melati.code, MEMBERS, status=2, dry_run=True, on="2025-10-18")
    assert "Ready: 274" in out
    assert "With problems: 28" in out
    with scope.cooperative(melati.pk):
        assert not Member.objects.of(melati).exists()
        assert not ImportBatch.objects.of(melati).exists()


def test_the_same_file_again_fails_and_writes_nothing(melati):
    call("import_members", melati.code, MEMBERS, status=2)
    with pytest.raises(CommandError, match="No row is ready"):
        call("import_members", melati.code, MEMBERS)
    with scope.cooperative(melati.pk):
        assert ImportBatch.objects.of(melati).count() == 1


def test_goods_are_imported(melati):
    out = call("import_products", melati.code, GOODS, on="2025-10-18")
    assert "38 rows have been imported" in out
    with scope.cooperative(melati.pk):
        assert Product.objects.of(melati).count() == 38
        assert ImportBatch.objects.of(melati).get().created_by is None


def test_goods_are_rehearsed(melati):
    assert "Ready: 38" in call("import_products", melati.code, GOODS, dry_run=True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"code": "0000000000"}, "no cooperative"),
        ({"user": "siapa"}, "no user"),
        ({"on": "31/02/2025"}, "no such day"),
        ({"file": DATA / "tidak-ada.xlsx"}, "No such file"),
        ({"file": DATA / "anggota-gedawang.expected.json"}, "No row with column titles"),
    ],
)
def test_what_is_wrong_is_named(melati, options, words):
    arguments = {"code": melati.code, "file": MEMBERS} | options
    code, file = arguments.pop("code"), arguments.pop("file")
    with pytest.raises(CommandError, match=words):
        call("import_members", code, file, **arguments)


def test_a_list_without_a_needed_column_is_refused(melati, tmp_path):
    file = tmp_path / "daftar.xlsx"
    file.write_bytes(xlsx(["Nama", "Alamat"], ["Siti", "Jl. Mawar"]))
    with pytest.raises(CommandError, match="NIK"):
        call("import_members", melati.code, file)
    with pytest.raises(CommandError, match="NIK"):
        call("import_members", melati.code, file, dry_run=True)


def test_a_list_of_problems_alone_fails(melati, tmp_path):
    file = tmp_path / "daftar.xlsx"
    file.write_bytes(xlsx(MEMBER_TITLES, listed(1, "Siti", nik="12")))
    with pytest.raises(CommandError, match="No row is ready"):
        call("import_members", melati.code, file, dry_run=True)


def test_changes_are_made_with_update(melati, tmp_path):
    first, second = tmp_path / "satu.xlsx", tmp_path / "dua.xlsx"
    first.write_bytes(xlsx(MEMBER_TITLES, listed(1, "Siti")))
    second.write_bytes(xlsx(MEMBER_TITLES, listed(1, "Siti Aminah")))
    call("import_members", melati.code, first)
    with pytest.raises(CommandError, match="--update"):
        call("import_members", melati.code, second)
    told = call("import_members", melati.code, second, update=True, dry_run=True)
    assert "Name: Siti → Siti Aminah" in told
    assert "With changes: 1" in told
    assert "1 rows have been changed" in call("import_members", melati.code, second, update=True)
    with scope.cooperative(melati.pk):
        assert Member.objects.of(melati).get().name == "Siti Aminah"


def test_bills_are_imported(melati, tmp_path):
    people, paid = tmp_path / "anggota.xlsx", tmp_path / "tagihan.xlsx"
    people.write_bytes(xlsx(MEMBER_TITLES, listed(1, "Siti")))
    paid.write_bytes(xlsx(("No Anggota", "Bulan", "Jumlah"), ("1", "2025-10", "10.000")))
    call("import_members", melati.code, people)
    assert "Ready: 1" in call("import_bills", melati.code, paid, dry_run=True)
    assert "1 rows have been imported" in call("import_bills", melati.code, paid)
    with pytest.raises(CommandError, match="No row is ready"):
        call("import_bills", melati.code, paid)


def test_it_says_what_does_not_come_in(melati, tmp_path):
    file = tmp_path / "daftar.xlsx"
    file.write_bytes(
        sheets(
            Data=(
                (*MEMBER_TITLES, "Tabungan"),
                (*listed(1, "Siti"), 75000.0),
                (*listed(2, "Budi", nik="3374"), 25000.0),
                ("", "JUMLAH", "", "", "", 200000.0),
            ),
            Catatan=[("Rapat", "Semarang"), ("Warga", "3374110101800009")],
        )
    )
    out = call("import_members", melati.code, file, status=2)
    assert "Principal savings: Rp\xa0100,000 (total row in the file: Rp\xa0200,000)" in out
    assert "The sheet “Catatan” is not read: 2 rows." in out
    assert "Column J “Tabungan” is not used: 2 amounts, Rp\xa0100,000 together." in out
    assert "1 rows with problems stay behind, with Rp\xa0100,000." in out
    assert "1 rows of totals are left out." in out
    assert "Row 3, Budi: A NIK has 16 digits" in out


def test_columns_and_sheets_are_named(melati, tmp_path):
    file = tmp_path / "daftar.xlsx"
    titles = ("Nama", "NIK", "Simp. Pokok", "Wajib TW I", "Wajib TW II")
    row = ("Siti", "3374110101800001", 100000, 30000, 20000)
    file.write_bytes(
        sheets(Lama=[titles, row], Baru=[titles, ("Ani", "3374110101800002", *row[2:])])
    )
    with pytest.raises(CommandError, match="--column mandatory"):
        call("import_members", melati.code, file)
    out = call("import_members", melati.code, file, column=["mandatory=D+E"], sheet=["Baru"])
    assert "Mandatory savings: Rp\xa050,000" in out
    assert "The sheet “Lama” is not read: 1 rows." in out
    with scope.cooperative(melati.pk):
        assert [member.name for member in Member.objects.of(melati)] == ["Ani"]


def test_numbers_are_covered_on_the_terminal(melati, tmp_path):
    file = tmp_path / "daftar.xlsx"
    nik = "3374110101800002"
    file.write_bytes(
        xlsx(MEMBER_TITLES, listed(1, "Siti"), ("", f"Catatan {nik}"), listed(2, nik, status=nik))
    )
    out = call("import_members", melati.code, file, status=2)
    assert "[NIK]" in out
    assert nik not in out
