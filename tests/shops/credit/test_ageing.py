"""The oldest is paid first, and nothing is lost: against paying from the newest end."""

from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from shops.credit.ageing import Ages, Bought, ages, oldest_due, overdue_idr, still_open
from tests.conftest import MONDAY


def bought(at: int, days_ago: int, amount_idr: int, due_days: int = 30) -> Bought:
    day = MONDAY - timedelta(days=days_ago)
    return Bought(
        id=UUID(int=at), on=day, due_on=day + timedelta(days=due_days), amount_idr=amount_idr
    )


PURCHASES = st.lists(
    st.tuples(st.integers(0, 200), st.integers(0, 1_000_000), st.integers(1, 90)), max_size=12
).map(lambda rows: [bought(at, *row) for at, row in enumerate(rows)])


def test_pay_later_100_leaves_100_and_paying_it_clears_it():
    purchase = bought(1, 0, 100)
    assert [one.open_idr for one in still_open([purchase], 0)] == [100]
    assert still_open([purchase], 100) == []


def test_the_oldest_is_paid_first():
    old, new = bought(1, 40, 30_000), bought(2, 5, 50_000)
    assert [(one.bought, one.open_idr) for one in still_open([new, old], 35_000)] == [(new, 45_000)]


def test_ages_begin_a_day_after_their_bounds():
    rows = [bought(at, days, 10**at) for at, days in enumerate([30, 31, 60, 61, 90, 91])]
    found = ages(still_open(rows, 0), on=MONDAY)
    assert found == Ages(1, 110, 11_000, 100_000)
    assert found.total_idr == 111_111


def test_what_is_due_today_is_not_late():
    found = still_open([bought(1, 30, 100), bought(2, 31, 1_000)], 0)
    assert overdue_idr(found, on=MONDAY) == 1_000
    assert oldest_due(found) == MONDAY - timedelta(days=1)


def test_nothing_open_has_no_day():
    assert oldest_due([]) is None
    assert ages([], on=MONDAY) == Ages()


@given(PURCHASES, st.integers(0, 5_000_000))
def test_what_is_open_and_what_is_paid_add_up(rows, paid_idr):
    total_idr = sum(row.amount_idr for row in rows)
    found = still_open(rows, paid_idr)
    assert sum(one.open_idr for one in found) == max(total_idr - paid_idr, 0)
    assert all(0 < one.open_idr <= one.bought.amount_idr for one in found)
    assert ages(found, on=MONDAY).total_idr == sum(one.open_idr for one in found)


@given(PURCHASES, st.integers(0, 5_000_000))
def test_it_is_the_same_as_owing_the_newest(rows, paid_idr):
    """An independent model: what is owed is handed to the purchases from the newest back."""
    owed_idr = max(sum(row.amount_idr for row in rows) - paid_idr, 0)
    expected = {}
    for row in sorted(rows, key=lambda row: (row.on, row.id), reverse=True):
        part = min(owed_idr, row.amount_idr)
        owed_idr -= part
        if part:
            expected[row.id] = part
    assert {one.bought.id: one.open_idr for one in still_open(rows, paid_idr)} == expected


@given(PURCHASES, st.integers(0, 1_000_000), st.integers(0, 1_000_000))
def test_paying_more_never_opens_anything(rows, paid_idr, more_idr):
    before = {one.bought.id: one.open_idr for one in still_open(rows, paid_idr)}
    for one in still_open(rows, paid_idr + more_idr):
        assert one.open_idr <= before[one.bought.id]
