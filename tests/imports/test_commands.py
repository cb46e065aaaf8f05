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
from tests.imports.conftest import DATA, MEMBER_TITLES, listed, xlsx

MEMBERS, GOODS = DATA / "anggota-gedawang.xlsx", DATA / "barang-gedawang.xlsx"


def call(command: str, code: str, file: Path, **options) -> str:
    out = StringIO()
    with override("en"):
        call_command(command, code, str(file), stdout=out, **options)
    return out.getvalue()


def test_members_are_imported(melati, rini):
    out = call("import_members", melati.code, MEMBERS, on="18/10/2025", user="rini")
    assert "274 rows have been imported" in out
    assert "Row 86, Faizah Usada: A NIK has 16 digits" in out
    assert "Rp8.850.000" in out
    with scope.cooperative(melati.pk):
        assert Member.objects.of(melati).filter(status=Status.ACTIVE).count() == 73
        batch = ImportBatch.objects.of(melati).get()
        assert (batch.filename, batch.created_by) == ("anggota-gedawang.xlsx", rini)
        assert Journal.objects.of(melati).get().posted_by == rini


def test_a_dry_run_tells_all_and_writes_nothing(melati):
    out = call("import_members", melati.code, MEMBERS, dry_run=True, on="2025-10-18")
    assert "Ready: 274" in out
    assert "With problems: 28" in out
    with scope.cooperative(melati.pk):
        assert not Member.objects.of(melati).exists()
        assert not ImportBatch.objects.of(melati).exists()


def test_the_same_file_again_fails_and_writes_nothing(melati):
    call("import_members", melati.code, MEMBERS)
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
