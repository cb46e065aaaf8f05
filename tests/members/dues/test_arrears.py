"""The database's sums of what is due are those of the pure rules."""

from datetime import date, timedelta
from random import Random
from uuid import uuid4

import pytest

from kkmp.access.models import User
from kkmp.registry.models import Cooperative, CooperativeSettings
from members.dues.queries import arrears
from members.dues.queries.arrears import AGES, Rules
from members.dues.services import collections
from members.dues.services.collections import Payment
from members.models import Category, Exit, ExitLine, Member, SavingsEntry, SavingsKind, Status
from tests.conftest import MONDAY


@pytest.fixture
def crowd(enrol, pay, principal, mandatory, tono, in_melati) -> list[Member]:
    """Thirty members of all months of joining, categories and ways of paying."""
    random = Random("crowd")
    for start, amount, own in (
        (date(2025, 11, 2), 15_000, None),
        (date(2026, 3, 1), 0, 5_000),
        (date(2026, 5, 1), 20_000, 7_500),
        (date(2027, 1, 1), 30_000, None),
    ):
        CooperativeSettings.objects.create(
            cooperative=in_melati,
            valid_from=start,
            principal_idr=100_000,
            mandatory_idr=amount,
            extraordinary_mandatory_idr=own,
        )
    people = [enrol(f"Orang {serial:02d}") for serial in range(30)]
    for serial, member in enumerate(people):
        Member.objects.of(in_melati).filter(id=member.id).update(
            status=Status.ACTIVE,
            number=serial + 1,
            joined_on=date(2024, 1, 15) + timedelta(days=random.randrange(1000)),
            category=random.choice(Category.values),
        )
    payments = [
        Payment(member, mandatory, random.choice([2_500, 10_000, 150_000, 400_000, 900_000]))
        for member in random.sample(people, 24)
    ]
    collections.collect(
        cooperative=in_melati, payments=payments, title="Rapat", key=uuid4(), on=MONDAY, by=tono
    )
    return list(Member.objects.of(in_melati).order_by("number"))


def _statuses(rules: Rules, people):
    return {m.id: rules.status(m, m.paid_idr, on=MONDAY) for m in people}


def test_whoever_is_behind_is_found_with_the_right_amount(crowd, in_melati: Cooperative):
    rules = Rules.of(in_melati)
    everybody = arrears.active(in_melati, rules)
    expected = _statuses(rules, everybody)
    behind = {m.id: m.due_idr - m.paid_idr for m in arrears.behind(everybody, rules, on=MONDAY)}
    assert behind == {id: s.arrears_idr for id, s in expected.items() if s.arrears_idr}
    ahead = {m.id: m.paid_idr - m.due_idr for m in arrears.ahead(everybody, rules, on=MONDAY)}
    assert ahead == {id: s.ahead_idr for id, s in expected.items() if s.ahead_idr}
    opened = arrears.open_now(everybody, rules, on=MONDAY)
    assert {m.id: max(m.due_idr - m.paid_idr, 0) for m in opened} == {
        id: s.open_idr for id, s in expected.items()
    }
    assert len(behind) > 5
    assert len(ahead) > 5


def test_the_ages_share_out_whoever_is_behind(crowd, in_melati: Cooperative):
    rules = Rules.of(in_melati)
    behind = arrears.behind(arrears.active(in_melati, rules), rules, on=MONDAY)
    expected = _statuses(rules, behind)
    sums = arrears.arrears(behind, rules, on=MONDAY)
    for age, (first, last) in AGES.items():
        found = set(arrears.aged(behind, rules, age, on=MONDAY).values_list("id", flat=True))
        of_age = {id: s for id, s in expected.items() if first <= s.behind <= (last or s.behind)}
        assert found == of_age.keys()
        assert sums[age].people == len(of_age)
        assert sums[age].total_idr == sum(s.arrears_idr for s in of_age.values())
    assert sums[""].people == len(expected)


def test_the_largest_arrears_come_first(crowd, in_melati: Cooperative):
    rules = Rules.of(in_melati)
    people = arrears.by_arrears(arrears.active(in_melati, rules), rules, on=MONDAY)
    found = _statuses(rules, people)
    amounts = [s.arrears_idr for s in found.values() if s.arrears_idr]
    assert amounts == sorted(amounts, reverse=True)


def test_one_statement_finds_everybody(crowd, in_melati, django_assert_num_queries):
    with django_assert_num_queries(2):
        rules = Rules.of(in_melati)
    with django_assert_num_queries(1):
        list(arrears.behind(arrears.active(in_melati, rules), rules, on=MONDAY))


def test_of_who_has_left_it_is_what_had_been_paid(
    ayu: Member, mandatory: SavingsKind, pay, tono: User, in_melati: Cooperative
):
    entry = pay(ayu, mandatory, 20_000)
    Member.objects.of(in_melati).filter(id=ayu.id).update(
        status=Status.LEFT, left_on=MONDAY, joined_on=date(2026, 9, 5)
    )
    gone = Exit.objects.create(
        cooperative=in_melati,
        member=ayu,
        reason="moved",
        member_since=date(2026, 9, 5),
        requested_on=MONDAY,
        requested_by=tono,
        key=uuid4(),
    )
    ExitLine.objects.create(
        cooperative=in_melati,
        exit=gone,
        kind=mandatory,
        amount_idr=20_000,
        entry=SavingsEntry.objects.of(in_melati).get(id=entry.id),
    )
    rules = Rules.of(in_melati)
    member = arrears.left(in_melati, rules).get(id=ayu.id)
    assert member.paid_idr == 20_000
    later = date(2027, 6, 1)
    assert rules.status(member, member.paid_idr, on=later).arrears_idr == 10_000


def test_who_came_back_owes_from_the_new_day_on(ayu: Member, in_melati: Cooperative):
    Member.objects.of(in_melati).filter(id=ayu.id).update(left_on=date(2026, 1, 5))
    rules = Rules.of(in_melati)
    later = date(2027, 1, 9)
    people = arrears.behind(arrears.active(in_melati, rules), rules, on=later)
    assert [m.due_idr for m in people] == [20_000]


def test_two_kinds_of_mandatory_savings_count_together(crowd, in_melati: Cooperative, mandatory):
    before = {m.id: m.paid_idr for m in arrears.active(in_melati, Rules.of(in_melati))}
    SavingsKind.objects.create(
        cooperative=in_melati,
        code="wajib-khusus",
        role="mandatory",
        name="Wajib khusus",
        name_en="Special",
        account_code=mandatory.account_code,
    )
    rules = Rules.of(in_melati)
    assert len(rules.kinds) == 2
    assert {m.id: m.paid_idr for m in arrears.active(in_melati, rules)} == before
    assert arrears.paid_by(crowd[0], rules) == before[crowd[0].id]
