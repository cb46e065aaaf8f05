from datetime import timedelta

import pytest

from kkmp.city.figures.queries import places, ranking
from kkmp.city.figures.queries.ranking import Order
from kkmp.city.progress.forms import chosen_order
from kkmp.registry import scope
from tests.conftest import MONDAY


@pytest.fixture
def ranked(semarang):
    def read(order: Order) -> list[ranking.Place]:
        with scope.city():
            return ranking.rank(places.statuses(semarang, MONDAY), order=order, on=MONDAY)

    return read


@pytest.fixture
def two_shops(melati, mawar, moved):
    """Melati is small and busy, Mawar large and slow."""
    yesterday = MONDAY - timedelta(days=1)
    moved(melati, yesterday, active_members=10)
    moved(mawar, yesterday, active_members=100)
    moved(melati, yesterday, "toko", member_turnover_idr=400_000, sales=4)
    moved(mawar, yesterday, "toko", other_turnover_idr=900_000, sales=9)
    moved(mawar, MONDAY - timedelta(days=30), "toko", other_turnover_idr=450_000, sales=5)


def names(places):
    return [place.status.kelurahan.name for place in places]


@pytest.mark.usefixtures("two_shops")
@pytest.mark.parametrize(
    ("order", "first"),
    [
        (Order.PER_MEMBER, "Gedawang"),
        (Order.GROWTH, "Bringin"),
        (Order.MEMBERS, "Bringin"),
        (Order.MEMBER_SHARE, "Gedawang"),
    ],
)
def test_each_order_has_its_own_first(ranked, order, first):
    places = ranked(order)
    assert len(places) == 2
    assert names(places)[0] == first
    assert places[0].rank == 1


@pytest.mark.usefixtures("two_shops")
def test_what_cannot_be_compared_stands_last_without_a_rank(ranked):
    places = ranked(Order.GROWTH)
    assert (names(places)[1], places[1].rank, places[1].growth) == ("Gedawang", None, None)


def test_one_that_operates_and_reports_nothing_is_listed(ranked, melati, operating):
    operating(melati)
    assert names(ranked(Order.PER_MEMBER)) == ["Gedawang"]


@pytest.mark.parametrize("asked", ["", "size", "<script>"])
def test_an_unknown_order_is_turnover_per_member(asked):
    assert chosen_order(asked) == Order.PER_MEMBER
