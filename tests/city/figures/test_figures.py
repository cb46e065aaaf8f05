import pytest

from kkmp.city.figures.models import State
from kkmp.city.figures.queries import overview, places
from kkmp.city.figures.queries.overview import WITHHELD
from kkmp.city.figures.queries.places import Totals
from kkmp.registry import scope
from tests.conftest import MONDAY


@pytest.fixture
def totals(semarang):
    def read() -> Totals:
        with scope.city():
            return Totals(places.statuses(semarang, MONDAY))

    return read


def test_a_figure_says_whom_it_covers(totals, melati, moved):
    moved(melati, active_members=7)
    shown = overview.overview(totals(), MONDAY).active_members
    assert (shown.value, shown.state, shown.as_of) == (7, State.REPORTED, MONDAY)
    assert (shown.reporting, shown.of) == (1, 177)
    assert "177" in shown.coverage


def test_nothing_reported_has_no_value(totals):
    shown = overview.overview(totals(), MONDAY).members_capital_idr
    assert (shown.value, shown.state) == (None, State.NOT_REPORTED)


def test_turnover_says_since_when(totals, melati, moved):
    moved(melati, MONDAY, "toko", member_turnover_idr=5, sales=1)
    assert overview.overview(totals(), MONDAY).turnover_month_idr.since == MONDAY.replace(day=1)


def test_officers_see_small_cooperatives(totals, melati, moved):
    moved(melati, active_members=4, principal_idr=400_000)
    assert overview.overview(totals(), MONDAY).active_members.value == 4


def test_few_people_are_not_counted_in_public(totals, melati, moved):
    moved(melati, active_members=4, principal_idr=400_000)
    shown = overview.public(totals(), MONDAY)
    assert (shown.active_members.value, shown.active_members.state) == (None, WITHHELD)
    assert shown.members_capital_idr.value is None


def test_a_small_one_is_left_out_so_that_it_cannot_be_found_by_subtraction(
    totals, melati, mawar, moved
):
    moved(melati, active_members=4, principal_idr=400_000)
    moved(mawar, active_members=50, principal_idr=5_000_000)
    shown = overview.public(totals(), MONDAY)
    assert shown.active_members.value == 50
    assert shown.members_capital_idr.value == 5_000_000
    assert shown.active_members.withheld == 1
    assert "5" in shown.active_members.coverage


def test_five_people_are_counted(totals, melati, moved):
    moved(melati, active_members=5)
    shown = overview.public(totals(), MONDAY).active_members
    assert (shown.value, shown.withheld) == (5, 0)


@pytest.mark.parametrize(
    ("members", "shown"), [(None, ""), (0, "0"), (1, "<5"), (4, "<5"), (5, "5"), (73, "73")]
)
def test_how_members_are_told_to_everybody(members, shown):
    assert overview.shown_members(members) == shown


def test_operating_covers_all_and_is_never_unknown(totals, melati, operating):
    operating(melati)
    shown = overview.public(totals(), MONDAY).operating
    assert (shown.value, shown.reporting, shown.of) == (1, 177, 177)
