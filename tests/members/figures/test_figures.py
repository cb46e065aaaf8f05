"""Figures of the register: each number is found again on the register, and money in the books."""

import itertools
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kkmp.lib.periods import add_months, month_end, month_of
from kkmp.registry.models import CooperativeSettings
from members.figures.queries import whole
from members.models import Member, SavingsEntry, SavingsKind, Status
from members.register import queries
from members.register.filters import MemberFilter
from tests.conftest import MONDAY
from tests.members.conftest import NIKS

BORN = (None, date(2010, 5, 1), date(2001, 5, 1), date(1980, 5, 1), date(1950, 5, 1))
RWS = ("", "001", "002")
AGENCIES = ("", "Dinas Koperasi", "Kecamatan")
DAYS = (None, date(2025, 3, 1), date(2026, 10, 31), date(2026, 11, 1), MONDAY)


@pytest.fixture
def town(in_melati, enrol):
    """Forty people of all kinds; their figures are written by hand, so that all kinds occur."""
    people = [
        enrol(
            f"Orang {at}",
            birth_date=BORN[at % 5],
            sex=("", "F", "M")[at % 3],
            rw=RWS[at % 3],
            is_civil_servant=at % 4 == 0,
            agency=AGENCIES[at % 3],
        )
        for at in range(40)
    ]
    for at, person in enumerate(people):
        joined, left = DAYS[at % 5], DAYS[(at // 5) % 5]
        status = "applied" if joined is None else "left" if left else "active"
        Member.objects.of(in_melati).filter(id=person.id).update(
            status=status,
            number=at + 1 if joined else None,
            joined_on=joined,
            left_on=max(joined, left) if joined and left else None,
            category="extraordinary" if at % 7 == 0 else "ordinary",
        )
    return in_melati


FILTERS = [
    "",
    "status=all",
    "status=left",
    "status=applied&sex=F",
    "sex=none&status=all",
    "rw=001",
    "rw=none&status=all&is_civil_servant=false",
    "age=17-25&status=all",
    "age=none&status=all&category=ordinary",
    "agency=Kecamatan&status=all",
    "joined_since=2026-10-15&joined_until=2026-11-10",
    "joined_since=2026-11-02&status=left",
    "rw=bogus&age=bogus&joined_since=nonsense",
]


def figures(cooperative, query=""):
    people = whole.found(QueryDict(query), cooperative, on=MONDAY)
    return whole.figures(people, cooperative)


def on_register(cooperative, link):
    query = QueryDict(mutable=True)
    query.update(link)
    found = MemberFilter(
        query, queryset=Member.objects.of(cooperative), cooperative=cooperative, on=MONDAY
    )
    assert not found.form.errors
    return found.qs.count()


@pytest.mark.parametrize("query", FILTERS)
def test_every_number_is_found_again_on_the_register(town, query):
    found = figures(town, query)
    for group in found.groups:
        for row in group.rows:
            if row.people:
                assert on_register(town, row.link) == row.people, (group.code, row)
    for month in found.growth:
        if month.joined:
            assert on_register(town, month.joined_link) == month.joined
        if month.left:
            assert on_register(town, month.left_link) == month.left


@pytest.mark.parametrize("query", FILTERS)
def test_the_groups_count_the_same_people(town, query):
    groups = {group.code: group for group in figures(town, query).groups}
    asked = QueryDict(query).get("status", "active")
    by_status = {row.link["status"]: row.people for row in groups["status"].rows}
    people = sum(by_status.values()) if asked == "all" else by_status[asked]
    for code in ("sex", "age", "rw", "asn", "category"):
        assert groups[code].people == people
    servants = next(r for r in groups["asn"].rows if r.link["is_civil_servant"] == "true")
    assert groups["agency"].people == servants.people


def test_without_a_status_the_active_ones_are_meant(town):
    sex = next(g for g in figures(town).groups if g.code == "sex")
    assert sex.people == Member.objects.of(town).with_status(Status.ACTIVE).count()


def test_growth_ends_at_the_members_of_today(town):
    growth = figures(town).growth
    assert [m.month for m in growth[-2:]] == [date(2026, 10, 1), date(2026, 11, 1)]
    assert growth[-1].members == Member.objects.of(town).with_status(Status.ACTIVE).count()
    for before, after in itertools.pairwise(growth):
        assert before.members + after.net == after.members
    assert len(growth) == 12


def test_growth_begins_with_the_first_members(ayu):
    assert [month.members for month in figures(ayu.cooperative).growth] == [1]


def test_who_never_was_a_member_has_not_left(in_melati, wulan):
    Member.objects.of(in_melati).filter(id=wulan.id).update(status="left", left_on=MONDAY)
    assert [month.left for month in figures(in_melati).growth] == [0]
    assert on_register(in_melati, {"left_since": "2026-01-01"}) == 0


@pytest.mark.parametrize(
    ("members", "share", "missing"), [(1, "1/2", 1), (2, "1", 0), (3, "3/2", 0)]
)
def test_the_share_of_the_target(in_melati, enrol, pay, principal, members, share, missing):
    CooperativeSettings.objects.of(in_melati).update(member_target=2)
    for at in range(members):
        pay(enrol(f"Orang {at}", nik=NIKS[at]), principal, 100_000)
    target = figures(in_melati, "sex=M").target
    assert (str(target.share), target.missing) == (share, missing)


def test_no_target_where_nothing_is_decided(in_melati):
    target = whole.target(in_melati, date(2020, 1, 1))
    assert (target.wanted, target.share, target.missing) == (None, None, None)


def test_capital_is_what_the_balances_hold_whatever_the_status(
    ayu, wulan, pay, principal, mandatory
):
    pay(wulan, principal, 30_000)
    pay(ayu, mandatory, 20_000)
    held = figures(ayu.cooperative).capital
    amounts = dict(zip([k.code for k in held.kinds], held.now.amounts_idr, strict=True))
    assert amounts == {"pokok": 130_000, "wajib": 20_000, "sukarela": 0}
    assert held.now.total_idr == 150_000
    assert figures(ayu.cooperative, "rw=001").capital.now.total_idr == 120_000


def test_a_kind_that_is_not_used_any_more_is_left_out(ayu, voluntary):
    SavingsKind.objects.of(ayu.cooperative).filter(id=voluntary.id).update(is_active=False)
    assert len(figures(ayu.cooperative).capital.kinds) == 2


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    moves=st.lists(st.tuples(st.integers(0, 420), st.integers(-50, 90)), min_size=1, max_size=12)
)
def test_capital_at_each_months_end_is_what_the_entries_add_up_to(
    in_melati, ayu, voluntary, pay, take, moves
):
    days = sorted(
        (date.fromordinal(MONDAY.toordinal() - back), amount * 1000) for back, amount in moves
    )
    held = 0
    for day, amount in days:
        if amount > 0:
            pay(ayu, voluntary, amount, on=day, key=uuid4())
        elif amount < 0 and held + amount >= 0:
            take(ayu, voluntary, -amount, on=day, key=uuid4())
        else:
            continue
        held += amount
    capital = figures(in_melati).capital
    at = [kind.code for kind in capital.kinds].index("sukarela")
    entries = SavingsEntry.objects.of(in_melati).filter(kind=voluntary)
    for end in capital.month_ends:
        upto = sum(e.amount_idr for e in entries if e.date <= end.until)
        assert end.amounts_idr[at] == upto
    first = capital.month_ends[0].until
    if month_of(first) > add_months(month_of(MONDAY), -11):
        assert (
            not SavingsEntry.objects.of(in_melati)
            .filter(date__lte=month_end(add_months(month_of(first), -1)))
            .exists()
        )


def test_nine_statements_however_many_people_there_are(town, enrol):
    with CaptureQueriesContext(connection) as few:
        figures(town, "rw=001")
    for at in range(20):
        enrol(f"Lagi {at}", rw=f"{at:03d}", agency=f"Badan {at}", is_civil_servant=True)
    with CaptureQueriesContext(connection) as many:
        figures(town, "rw=001")
    assert len(few) == len(many) == 9
    assert queries.agencies(town)[0] == "Badan 0"
