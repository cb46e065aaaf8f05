"""Taking over many people at once."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection

from finance.models import Journal, Line
from kkmp.lib.identity import parse_nik
from kkmp.registry import queries as registry
from kkmp.registry.models import Cooperative
from members.models import Member, SavingsBalance, SavingsEntry, Status
from members.register.services import membership
from members.register.services.membership import Particulars
from members.savings.services import savings
from members.takeover.services import opening
from members.takeover.services.opening_rules import Opening, PrincipalRule, PrincipalShort
from tests.imports.conftest import LISTED

KEY = UUID("01934000-0000-7000-8000-000000000001")


def person(serial: int, *, status: Status = Status.ACTIVE, **more) -> Opening:
    nik = parse_nik(f"337411010180{serial:04d}")
    amounts = {"principal_idr": 100_000} if status == Status.ACTIVE else {}
    return Opening(
        particulars=Particulars(name=f"Orang {serial}", nik=nik),
        status=status,
        since=date(2025, 9, 1),
        **(amounts | more),
    )


@pytest.fixture
def take_over(in_melati, budi):
    def take(*people: Opening, key: UUID = KEY) -> opening.TakenOver:
        return opening.take_over(cooperative=in_melati, people=people, key=key, on=LISTED, by=budi)

    return take


def test_members_get_numbers_in_the_order_of_the_list(take_over):
    taken = take_over(person(3), person(1, status=Status.LEAD), person(2))
    assert [(m.name, m.number) for m in taken.members] == [
        ("Orang 3", 1),
        ("Orang 1", None),
        ("Orang 2", 2),
    ]


def test_people_without_savings_post_nothing(take_over, in_melati):
    assert take_over(person(1, status=Status.LEAD)).journals == []
    assert not Journal.objects.of(in_melati).exists()


def test_long_lists_are_posted_in_several_journals(take_over, in_melati, monkeypatch):
    monkeypatch.setattr(opening, "LINES_A_JOURNAL", 4)
    taken = take_over(*(person(n, voluntary_idr=n) for n in range(1, 4)))
    assert len(taken.journals) == 2
    connection.check_constraints()
    entries = SavingsEntry.objects.of(in_melati).order_by("number")
    assert [entry.amount_idr for entry in entries] == [100_000, 1, 100_000, 2, 100_000, 3]
    assert Line.objects.of(in_melati).filter(account__code="3-9101").count() == 2


def test_every_line_names_its_member(take_over, in_melati):
    taken = take_over(person(1, mandatory_idr=20_000), person(2))
    lines = Line.objects.of(in_melati).filter(party__isnull=False).order_by("position")
    first, second = taken.members
    assert [(line.party_id, line.credit_idr) for line in lines] == [
        (first.party_id, 100_000),
        (first.party_id, 20_000),
        (second.party_id, 100_000),
    ]


def test_a_part_of_the_principal_makes_a_lead_incomplete(take_over):
    taken = take_over(person(1, status=Status.LEAD, principal_idr=40_000))
    assert taken.members[0].status == Status.INCOMPLETE


def test_one_who_may_not_come_keeps_all_out(take_over, in_melati):
    with pytest.raises(PrincipalShort):
        take_over(person(1), person(2, principal_idr=1_000))
    assert not Member.objects.of(in_melati).exists()


def test_the_same_list_again_is_refused(take_over, in_melati):
    take_over(person(1))
    with pytest.raises(membership.RegistrationRefused):
        take_over(person(1), key=uuid4())
    assert Journal.objects.of(in_melati).count() == 1


def test_a_nik_twice_in_the_list_is_refused(take_over):
    with pytest.raises(membership.RegistrationRefused):
        take_over(person(1), person(1))


def test_a_member_without_a_nik_is_refused(take_over):
    nameless = Opening(
        particulars=Particulars(name="Siti"),
        status=Status.ACTIVE,
        since=LISTED,
        principal_idr=100_000,
    )
    with pytest.raises(membership.RegistrationRefused):
        take_over(nameless)


def test_few_statements_for_many_people(take_over, django_assert_max_num_queries):
    people = [person(n, mandatory_idr=10_000) for n in range(1, 101)]
    with django_assert_max_num_queries(45):
        take_over(*people)


def test_correcting_one_persons_savings_leaves_the_others_theirs(take_over, in_melati, budi):
    taken = take_over(person(1, voluntary_idr=50_000), person(2, voluntary_idr=70_000))
    entries = SavingsEntry.objects.of(in_melati).filter(kind__code="sukarela").order_by("number")
    savings.reverse_entry(
        entry=entries[0], reason="salah ketik", key=UUID(int=9), on=LISTED, by=budi
    )
    held = SavingsBalance.objects.of(in_melati).filter(kind__code="sukarela")
    assert {row.member_id: row.balance_idr for row in held} == {
        taken.members[0].id: 0,
        taken.members[1].id: 70_000,
    }
    lines = Line.objects.of(in_melati).filter(account__code="3-9101")
    assert sum(line.debit_idr - line.credit_idr for line in lines) == 270_000
    connection.check_constraints()


def test_without_settings_nobody_can_be_taken_over(in_melati):
    with pytest.raises(registry.NoSettings):
        PrincipalRule.of(Cooperative(id=UUID(int=3)))
