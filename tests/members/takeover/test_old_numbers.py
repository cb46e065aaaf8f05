"""Member numbers of a list stay: they are on cards and in passbooks of years."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from kkmp.access.models import User
from kkmp.imports.models import ImportBatch
from kkmp.imports.rows import SourceRow, Verdict
from kkmp.registry.models import Cooperative
from kkmp.registry.services import numbering
from members.models import Member, Status
from members.register.services.membership import RegistrationRefused
from members.takeover.kind import MemberList
from members.takeover.services import opening
from members.takeover.services.opening_rules import Opening
from tests.imports.conftest import LISTED, MEMBER_TITLES, listed, xlsx
from tests.members.takeover.test_opening import person
from tests.members.takeover.test_undo import agree, run, undone

Take = Callable[..., opening.TakenOver]
TITLES = (*MEMBER_TITLES, "No. Anggota")


@pytest.fixture
def take(in_melati: Cooperative, budi: User) -> Take:
    def over(*people: Opening) -> opening.TakenOver:
        return opening.take_over(
            cooperative=in_melati, people=people, key=uuid4(), on=LISTED, by=budi
        )

    return over


def numbered(serial: int, number: int | None, **more: Any) -> Opening:
    return replace(person(serial, **more), number=number)


def test_members_keep_theirs_and_others_come_after_the_highest(
    take: Take, in_melati: Cooperative
) -> None:
    taken = take(numbered(1, 40), numbered(2, None), numbered(3, 7), numbered(4, None))
    assert [member.number for member in taken.members] == [40, 41, 7, 42]
    assert numbering.next_number(cooperative=in_melati, series="member") == 43


def test_the_next_list_may_fill_what_is_free_below(take: Take, in_melati: Cooperative) -> None:
    take(numbered(1, 40))
    assert [member.number for member in take(numbered(2, 12)).members] == [12]
    assert numbering.next_number(cooperative=in_melati, series="member") == 41


def test_a_candidate_gets_one_on_becoming_a_member(take: Take) -> None:
    (member,) = take(numbered(1, 12, status=Status.LEAD)).members
    assert member.number is None


@pytest.mark.parametrize("numbers", [(12, 12), (0,), (-3,), (1_000_000,)])
def test_numbers_that_cannot_be_are_refused_by_the_service(
    take: Take, in_melati: Cooperative, numbers: tuple[int, ...]
) -> None:
    with pytest.raises(RegistrationRefused) as refused:
        take(*(numbered(serial, number) for serial, number in enumerate(numbers, 1)))
    assert list(refused.value.fields) == ["number"]
    assert not Member.objects.of(in_melati).exists()


def test_somebody_elses_number_is_refused_a_former_members_too(
    take: Take, in_melati: Cooperative
) -> None:
    take(numbered(1, 12))
    with pytest.raises(RegistrationRefused, match=r"0012.*Orang 1"):
        take(numbered(2, 12))
    Member.objects.of(in_melati).update(status=Status.LEFT, left_on=LISTED)
    with pytest.raises(RegistrationRefused, match=r"0012.*Orang 1"):
        take(numbered(2, 12))


@pytest.fixture
def judge(in_melati: Cooperative) -> Callable[..., list[Verdict]]:
    def check(*rows: dict[str, Any]) -> list[Verdict]:
        base = {"principal": "100.000", "status": "lunas", "since": date(2025, 9, 1)}
        read = [
            SourceRow(at, {"name": f"Orang {at}", "nik": f"33741101018000{at:02d}"} | base | row)
            for at, row in enumerate(rows, start=2)
        ]
        return MemberList().check(read, cooperative=in_melati, on=LISTED)

    return check


@pytest.mark.parametrize(
    ("text", "number"),
    [("0012", 12), (12.0, 12), ("A-0012", 12), ("0001/KKMP", 1), ("", None), ("-", None)],
)
def test_a_row_tells_its_number_however_it_is_written(
    judge: Callable[..., list[Verdict]], text: object, number: int | None
) -> None:
    (verdict,) = judge({"number": text})
    assert (verdict.problems, verdict.value.number) == ((), number)
    assert ("no. 00" in verdict.detail) is bool(number)


@pytest.mark.parametrize(
    ("cells", "code", "is_problem"),
    [
        ({"number": "0"}, "number_refused", True),
        ({"number": "08123456"}, "number_refused", True),
        ({"number": "001/KKMP/2025"}, "number_unreadable", False),
        ({"number": "12", "principal": "", "status": "di RW"}, "number_too_early", False),
    ],
)
def test_what_is_no_number_of_a_member_is_said(
    judge: Callable[..., list[Verdict]], cells: dict[str, Any], code: str, is_problem: bool
) -> None:
    (verdict,) = judge(cells)
    said = verdict.problems if is_problem else verdict.warnings
    assert code in {one.code for one in said}


def test_a_number_twice_in_the_list_or_taken_here_is_a_problem_of_its_row(
    judge: Callable[..., list[Verdict]], take: Take
) -> None:
    take(replace(numbered(1, 12)))
    verdicts = judge({"number": "12"}, {"number": "15"}, {"number": "A015"})
    codes = [{problem.code for problem in verdict.problems} for verdict in verdicts]
    assert codes == [{"number_taken"}, set(), {"number_duplicate"}]
    assert "Orang 1" in verdicts[0].problems[0].message
    assert "Orang 3" in verdicts[2].problems[0].message


def test_who_is_registered_keeps_the_number_and_the_difference_is_said(
    judge: Callable[..., list[Verdict]], take: Take
) -> None:
    take(numbered(2, 12))
    (verdict,) = judge({"number": "15"})
    assert verdict.known_as
    assert any("0015" in note and "0012" in note for note in verdict.notes)
    (same,) = judge({"number": "0012"})
    assert same.notes == ()


def test_a_file_brings_them_and_the_corrected_one_after_an_undone_one_again(
    upload: Callable[..., ImportBatch], in_melati: Cooperative
) -> None:
    rows = [(*listed(1, "Siti"), "0031"), (*listed(2, "Budi"), "0007")]
    batch = run(upload(xlsx(TITLES, *rows)))
    people = Member.objects.of(in_melati).order_by("number")
    assert list(people.values_list("name", "number")) == [("Budi", 7), ("Siti", 31)]
    undone(batch)
    rows = [(*listed(1, "Siti Aminah"), "0031"), (*listed(3, "Tini"), "")]
    run(upload(xlsx(TITLES, *rows)))
    active = people.with_status(Status.ACTIVE)
    assert list(active.values_list("name", "number")) == [("Siti Aminah", 31), ("Tini", 32)]
    # Whoever was taken back keeps a number that nobody claims.
    left = people.with_status(Status.LEFT).order_by("name")
    assert list(left.values_list("name", "number")) == [("Budi", 7), ("Siti", None)]
    agree(in_melati)
