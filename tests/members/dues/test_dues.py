"""What is due month by month, and which months the payments cover."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkmp.lib.periods import add_months, month_end, month_of
from members.dues import schedule
from members.dues.schedule import Membership, State, Tariff

AMOUNTS = st.sampled_from([0, 5_000, 10_000, 12_500, 30_000])
DAYS = st.dates(date(2019, 1, 1), date(2031, 12, 31))
TEN = Tariff(((date(2025, 6, 24), 10_000),))


@st.composite
def tariffs(draw: st.DrawFn) -> Tariff:
    days = draw(st.lists(DAYS, max_size=4, unique=True))
    return Tariff(tuple((day, draw(AMOUNTS)) for day in sorted(days)))


@st.composite
def memberships(draw: st.DrawFn) -> Membership:
    joined = draw(st.dates(date(2019, 1, 1), date(2026, 12, 31)))
    stay = draw(st.none() | st.integers(0, 3000))
    return Membership(joined, None if stay is None else joined + timedelta(days=stay))


LIFE = {
    "tariff": tariffs(),
    "membership": memberships(),
    "paid_idr": st.integers(0, 3_000_000),
    "until": DAYS,
    "on": st.dates(date(2019, 1, 1), date(2028, 12, 31)),
}


@given(**LIFE)
def test_no_rupiah_is_created_or_lost(tariff, membership, paid_idr, until, on):
    held = schedule.schedule(
        tariff=tariff, membership=membership, paid_idr=paid_idr, until=until, on=on
    )
    assert sum(month.paid_idr for month in held.months) + held.beyond_idr == paid_idr
    assert all(0 <= month.paid_idr <= month.due_idr for month in held.months)
    assert held.beyond_idr >= 0


@given(**LIFE)
def test_the_oldest_month_is_settled_first(tariff, membership, paid_idr, until, on):
    held = schedule.schedule(
        tariff=tariff, membership=membership, paid_idr=paid_idr, until=until, on=on
    )
    owed = [month for month in held.months if month.due_idr]
    full = [month.paid_idr == month.due_idr for month in owed]
    assert full == sorted(full, reverse=True)
    assert sum(0 < month.paid_idr < month.due_idr for month in owed) <= 1
    if not all(full):
        assert held.beyond_idr == 0


@given(**LIFE, more=st.integers(0, 500_000))
def test_paying_more_never_takes_a_month_back(tariff, membership, paid_idr, until, on, more):
    def held(paid: int) -> schedule.Schedule:
        return schedule.schedule(
            tariff=tariff, membership=membership, paid_idr=paid, until=until, on=on
        )

    before, after = held(paid_idr), held(paid_idr + more)
    for old, new in zip(before.months, after.months, strict=True):
        assert new.due_idr == old.due_idr
        assert new.paid_idr >= old.paid_idr


@given(**LIFE, splits=st.lists(st.integers(0, 10**6), max_size=5))
def test_one_payment_or_many_come_to_the_same(tariff, membership, paid_idr, until, on, splits):
    cuts = sorted({min(cut, paid_idr) for cut in splits} | {0, paid_idr})
    parts = [later - earlier for earlier, later in pairwise(cuts)]
    whole = {"tariff": tariff, "membership": membership, "until": until, "on": on}
    assert schedule.schedule(**whole, paid_idr=sum(parts)) == schedule.schedule(
        **whole, paid_idr=paid_idr
    )


@given(**LIFE)
def test_the_months_follow_one_another_within_the_membership(
    tariff, membership, paid_idr, until, on
):
    held = schedule.schedule(
        tariff=tariff, membership=membership, paid_idr=paid_idr, until=until, on=on
    )
    months = [month.month for month in held.months]
    end = min(until, membership.left_on or until)
    assert months == [add_months(membership.joined_on, step) for step in range(len(months))]
    if month_of(end) < month_of(membership.joined_on):
        assert not months
    else:
        assert (months[0], months[-1]) == (month_of(membership.joined_on), month_of(end))


@given(**LIFE)
def test_where_somebody_stands_adds_up(tariff, membership, paid_idr, until, on):
    held = schedule.schedule(
        tariff=tariff, membership=membership, paid_idr=paid_idr, until=on, on=on
    )
    found = schedule.status(tariff=tariff, membership=membership, paid_idr=paid_idr, on=on)
    due_idr = sum(month.due_idr for month in held.months)
    assert found.open_idr - found.ahead_idr == due_idr - paid_idr
    assert min(found.open_idr, found.ahead_idr) == 0
    assert 0 <= found.arrears_idr <= found.open_idr
    assert (found.oldest is None) == (found.behind == 0) == (found.arrears_idr == 0)
    if found.oldest:
        assert add_months(found.oldest, found.behind) == month_of(on)


@given(tariff=tariffs(), month=DAYS.map(month_of))
def test_the_times_of_one_amount_say_what_a_month_costs(tariff, month):
    amounts = [
        amount_idr
        for first, last, amount_idr in tariff.periods()
        if (first is None or first <= month) and (last is None or month <= last)
    ]
    assert amounts == ([tariff.amount_idr(month)] if tariff.decided else [])


def test_a_month_costs_what_is_in_force_on_its_first_day():
    tariff = Tariff(
        ((date(2025, 6, 24), 10_000), (date(2026, 3, 1), 15_000), (date(2026, 5, 2), 0))
    )
    assert tariff.amount_idr(date(2020, 1, 1)) == 10_000
    assert tariff.amount_idr(date(2026, 2, 1)) == 10_000
    assert tariff.amount_idr(date(2026, 3, 1)) == 15_000
    assert tariff.amount_idr(date(2026, 5, 1)) == 15_000
    assert tariff.amount_idr(date(2026, 6, 1)) == 0


def test_each_state_has_its_month():
    held = schedule.schedule(
        tariff=Tariff(
            ((date(2025, 1, 1), 10_000), (date(2026, 3, 1), 0), (date(2026, 4, 1), 10_000))
        ),
        membership=Membership(date(2026, 1, 31)),
        paid_idr=14_000,
        until=date(2026, 6, 1),
        on=date(2026, 5, 3),
    )
    assert [month.state for month in held.months] == [
        State.PAID,
        State.PART,
        State.NOTHING,
        State.DUE,
        State.DUE,
        State.LATER,
    ]
    assert [month.open_idr for month in held.open()] == [6_000, 10_000, 10_000]


def test_paying_ahead_is_priced_at_the_amount_that_is_known():
    tariff = Tariff(((date(2025, 1, 1), 10_000), (date(2027, 1, 1), 20_000)))
    held = schedule.schedule(
        tariff=tariff,
        membership=Membership(date(2026, 11, 2)),
        paid_idr=45_000,
        until=date(2027, 3, 1),
        on=date(2026, 11, 23),
    )
    assert [month.paid_idr for month in held.months] == [10_000, 10_000, 20_000, 5_000, 0]
    ahead = [State.AHEAD, State.AHEAD, State.AHEAD, State.LATER]
    assert [month.state for month in held.months] == [State.PAID, *ahead]


def test_a_year_has_twelve_months_whenever_somebody_joined():
    held = schedule.schedule(
        tariff=TEN,
        membership=Membership(date(2026, 3, 9), date(2026, 5, 1)),
        paid_idr=0,
        until=date(2026, 12, 1),
        on=date(2026, 11, 23),
    )
    states = [month.state for month in held.year(2026)]
    assert states == [State.NOTHING] * 2 + [State.DUE] * 3 + [State.NOTHING] * 7


@pytest.mark.parametrize(
    ("day", "arrears", "opened", "behind"),
    [
        (date(2026, 8, 31), 0, 10_000, 0),
        (date(2026, 9, 1), 10_000, 20_000, 1),
        (month_end(date(2026, 11, 1)), 30_000, 40_000, 3),
    ],
)
def test_this_month_is_due_but_nobody_is_behind_with_it(day, arrears, opened, behind):
    found = schedule.status(
        tariff=TEN, membership=Membership(date(2026, 8, 20)), paid_idr=0, on=day
    )
    assert (found.arrears_idr, found.open_idr, found.behind) == (arrears, opened, behind)


def test_where_nothing_was_decided_nothing_is_due():
    found = schedule.status(
        tariff=Tariff(), membership=Membership(date(2026, 1, 1)), paid_idr=0, on=date(2026, 6, 1)
    )
    assert (found.open_idr, found.oldest) == (0, None)
