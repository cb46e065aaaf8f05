"""What is wrong or odd with a row of a list of members, and what is read of it."""

from collections.abc import Callable
from datetime import date

import pytest

from kkmp.imports.rows import SourceRow, Verdict
from kkmp.registry.models import Cooperative, CooperativeSettings
from members.models import Member, Status
from members.register.services import membership
from members.takeover.kind import MemberList
from tests.imports.conftest import LISTED

NIK = "3374110101800001"


@pytest.fixture
def judge(in_melati: Cooperative) -> Callable[..., Verdict]:
    def check(**cells) -> Verdict:
        row = SourceRow(2, {"name": "Siti Aminah", "nik": NIK} | cells)
        return MemberList().check([row], cooperative=in_melati, on=LISTED)[0]

    return check


def warnings(verdict: Verdict) -> set[str]:
    return {warning.code for warning in verdict.warnings}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({}, "ok"),
        ({"name": "  "}, "name_missing"),
        ({"name": "-"}, "name_missing"),
        ({"nik": ""}, "nik_missing"),
        ({"nik": "belum ada"}, "nik_missing"),
        ({"nik": "337411010180000"}, "nik_length"),
        ({"nik": "3374119901800001"}, "nik_date"),
        ({"nik": "3374110101800000"}, "nik_serial"),
        ({"nik": 3374110101800010.0}, "nik_rounded"),
        ({"nik": "'3374 1101.0180-0001"}, "ok"),
        ({"principal": "seratus ribu"}, "amount_unreadable"),
        ({"principal": "-5.000"}, "amount_negative"),
        ({"since": "31/02/2025"}, "date_unreadable"),
        ({"since": "19/10/2025"}, "date_future"),
        ({"status": "entah"}, "status_unknown"),
        ({"status": "keluar"}, "status_left"),
        ({"status": "lunas", "principal": "100.000", "mandatory": 1e15}, "amount_too_large"),
        ({"status": "lunas", "principal": "100.000", "voluntary": "1 miliar"}, "ok"),
        (
            {"status": "lunas", "principal": "100.000", "voluntary": 1_000_000_001},
            "amount_too_large",
        ),
        ({"status": "lunas"}, "principal_short"),
        ({"status": "lunas", "principal": "50.000"}, "principal_short"),
        ({"status": "lunas", "principal": "100.000"}, "ok"),
        ({"status": "lunas", "principal": "150.000"}, "principal_over"),
        ({"status": "belum lengkap", "principal": "50.000"}, "ok"),
        ({"status": "belum lengkap", "principal": "100.000"}, "principal_full"),
        ({"status": "di RW", "principal": "100.000"}, "principal_full"),
        ({"status": "belum lengkap", "mandatory": "10.000"}, "savings_too_early"),
        ({"status": "di RW", "voluntary": "10.000"}, "savings_too_early"),
        ({"name": "x" * 121}, "too_long"),
    ],
)
def test_a_row_gets_its_code(judge, cells, code):
    verdict = judge(**cells)
    assert verdict.code == code
    assert all(problem.message for problem in verdict.problems)


@pytest.mark.parametrize(
    ("cells", "warning"),
    [
        ({"nik": "3171010101800001"}, "nik_area"),
        ({"birth": "Kendal, 02-01-1980"}, "nik_birth_date"),
        ({"birth": "Kendal, 99-99-1980"}, "birth_unreadable"),
        ({"birth": "Kendal, 01-01-2026"}, "birth_unreadable"),
        ({"birth_date": "besok"}, "birth_unreadable"),
        ({"sex": "P"}, "nik_sex"),
        ({"sex": "X"}, "sex_unreadable"),
        ({"phone": "123"}, "phone_unreadable"),
        ({"rt_rw": "dua/tujuh"}, "rt_rw_unreadable"),
        ({"status": "di RW", "principal": "25.000"}, "has_paid"),
        ({"nik": "3374110101150001", "birth": "Kendal, 01-01-2015"}, "minor"),
    ],
)
def test_what_is_odd_is_told_and_does_not_stop_the_row(judge, cells, warning):
    verdict = judge(**cells)
    assert verdict.code == "ok"
    assert warning in warnings(verdict)


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"name": "SITI AMINAH, S.PD"}, "name", "Siti Aminah, S.Pd"),
        ({"birth": "KENDAL/1/1/1980"}, "birth_place", "Kendal"),
        ({"birth": "Kendal, 1 Januari 1980"}, "birth_date", date(1980, 1, 1)),
        ({"birth": "Kendal, 01.01.80"}, "birth_date", date(1980, 1, 1)),
        ({"birth": "Kendal"}, "birth_date", None),
        ({"birth": "1980-01-01"}, "birth_place", ""),
        ({"birth_place": "Solo", "birth_date": 29221.0}, "birth_date", date(1980, 1, 1)),
        ({"birth_place": "SOLO"}, "birth_place", "Solo"),
        ({"sex": "Laki-laki"}, "sex", "M"),
        ({"sex": "pr"}, "sex", "F"),
        ({"address": "Jl. Jl. BKR No. 48"}, "address", "Jl. BKR No. 48"),
        ({"address": "Jl. Jalan Merdeka 3"}, "address", "Jalan Merdeka 3"),
        ({"address": "Jl. Gang Jamika No. 3"}, "address", "Gang Jamika No. 3"),
        ({"address": "Jalak 5"}, "address", "Jalak 5"),
        ({"rt_rw": "02/07"}, "rt", "002"),
        ({"rt_rw": "RT 2 RW 7"}, "rw", "007"),
        ({"rt_rw": "RT.002/RW.007"}, "rw", "007"),
        ({"rt_rw": "2026-07-02"}, "rt", "002"),
        ({"rt": 2.0, "rw": "RW 07"}, "rw", "007"),
        ({"phone": 81133859888.0}, "phone", "+6281133859888"),
        ({"occupation": "Guru (ASN)"}, "is_civil_servant", True),
        ({"occupation": "PPPK"}, "is_civil_servant", True),
        ({"occupation": "Pedagang Nasional"}, "is_civil_servant", False),
        ({"agency": "Dinas Pendidikan"}, "agency", "Dinas Pendidikan"),
    ],
)
def test_cells_are_read_as_people_write_them(judge, cells, field, value):
    verdict = judge(**cells)
    assert getattr(verdict.value.particulars, field) == value


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"principal": "100.000"}, Status.ACTIVE),
        ({"principal": "40.000"}, Status.INCOMPLETE),
        ({}, Status.APPLIED),
        ({"status": "di RW", "principal": "40.000"}, Status.INCOMPLETE),
        ({"status": "Calon Anggota"}, Status.APPLIED),
    ],
)
def test_the_status_follows_from_payment_where_the_list_does_not_tell(judge, cells, status):
    assert judge(**cells).value.status_taken == status


def test_amounts_are_what_will_be_posted(judge):
    verdict = judge(principal="Rp 100.000,-", mandatory=30000.0, voluntary="1.000.000")
    assert verdict.amounts == {
        "principal": 100_000,
        "mandatory": 30_000,
        "voluntary": 1_000_000,
    }


def test_who_is_registered_already_is_known(judge, in_melati, rini):
    membership.register(
        cooperative=in_melati, particulars=judge().value.particulars, on=LISTED, by=rini
    )
    verdict = judge()
    assert verdict.code == "exists"
    assert "Siti Aminah" in verdict.known_as


def test_the_principal_of_the_day_one_came_is_enough(judge, in_melati):
    CooperativeSettings.objects.create(
        cooperative=in_melati,
        valid_from=date(2025, 9, 1),
        principal_idr=150_000,
        mandatory_idr=10_000,
    )
    paid = {"status": "lunas", "principal": "100.000"}
    assert judge(**paid, since="31/08/2025").code == "ok"
    assert judge(**paid, since="01/09/2025").code == "principal_short"


def test_no_part_of_an_identity_number_is_shown(judge):
    assert "NIK tercatat" in judge().detail
    assert not any(NIK[at : at + 4] in judge().detail for at in range(13))


def test_a_row_of_somebody_who_left_says_so(judge, in_melati, rini):
    member = membership.register(
        cooperative=in_melati, particulars=judge().value.particulars, on=LISTED, by=rini
    )
    Member.objects.of(in_melati).filter(id=member.id).update(status=Status.LEFT)
    verdict = judge(address="Jl. Baru 1")
    assert (verdict.code, verdict.changes) == ("exists", ())
    assert "sudah keluar" in verdict.known_as


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        # 06/13 has no day, so a spreadsheet makes June 2013 of it.
        ("2013-06-01", ("006", "013")),
        ("1945-06-01", ("006", "045")),
        ("2026-07-02", ("002", "007")),
        # 01/06, or 06/26: nobody can tell.
        ("2026-06-01", ("", "")),
    ],
)
def test_a_date_that_was_rt_and_rw_is_never_read_silently(judge, cell, read):
    verdict = judge(rt_rw=cell)
    particulars = verdict.value.particulars
    assert (particulars.rt, particulars.rw) == read
    assert "rt_rw_date" in warnings(verdict)


def test_a_blank_day_of_joining_names_the_day_that_is_taken(judge):
    warning = next(one for one in judge(since="").warnings if one.code == "since_missing")
    assert "18 Oktober 2025" in warning.message
    assert "since_missing" not in warnings(judge(since="25/07/2025 8:30:00"))
    assert judge(since="25/07/2025 8:30:00").value.since == date(2025, 7, 25)


def test_more_than_anybody_pays_in_at_once_is_a_problem_of_its_column(judge):
    verdict = judge(status="lunas", principal="100.000", mandatory=1e15, voluntary=10**10)
    assert [(one.code, one.column) for one in verdict.problems] == [
        ("amount_too_large", "mandatory"),
        ("amount_too_large", "voluntary"),
    ]
    assert "Rp1.000.000.000.000.000" in verdict.problems[0].message
    assert "Rp1.000.000.000." in verdict.problems[0].message


@pytest.mark.parametrize("word", ["keluar", "meninggal"])
def test_of_somebody_who_left_it_is_not_said_that_they_pay_in_parts(judge, word):
    verdict = judge(status=word, principal="100.000", number="0007", since="01/10/2025")
    assert [problem.code for problem in verdict.problems] == ["status_left"]
    assert warnings(verdict) == set()
    assert "Belum lengkap" not in verdict.detail
    assert verdict.detail.startswith(str(Status.LEFT.label))


def test_a_status_that_is_not_known_is_shown_as_no_other(judge):
    assert judge(status="entah").detail.startswith("NIK tercatat")


def test_a_number_like_a_nik_is_told_with_its_column(judge):
    verdict = judge(address=f"Jl. Mawar {NIK}", occupation=NIK, agency=NIK)
    said = [problem.message for problem in verdict.problems]
    assert [("Alamat" in text, "Pekerjaan" in text, "Instansi" in text) for text in said] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]
