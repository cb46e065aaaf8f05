from datetime import timedelta

from kkmp.city.figures.queries import growth
from kkmp.registry import scope
from tests.conftest import MONDAY


def ago(days: int):
    return MONDAY - timedelta(days=days)


def test_it_walks_back_from_how_things_stand(semarang, melati, mawar, moved):
    moved(melati, ago(16), active_members=5, principal_idr=500_000)
    moved(mawar, ago(9), active_members=3, mandatory_idr=30_000)
    moved(melati, ago(1), active_members=-1)
    moved(melati, ago(8), "toko", member_turnover_idr=900, other_turnover_idr=100, sales=2)
    with scope.city():
        points = growth.of_regency(semarang, members=7, capital_idr=530_000, on=MONDAY)
    assert [(p.until, p.members, p.capital_idr, p.turnover_idr) for p in points] == [
        (ago(15), 5, 500_000, 0),
        (ago(8), 8, 530_000, 1_000),
        (ago(1), 7, 530_000, 0),
    ]


def test_a_day_that_is_not_over_is_not_counted(semarang, melati, moved):
    moved(melati, ago(1), active_members=5, principal_idr=500_000)
    moved(melati, MONDAY, "toko", active_members=2, principal_idr=200_000, other_turnover_idr=9_000)
    with scope.city():
        points = growth.of_regency(semarang, members=7, capital_idr=700_000, on=MONDAY)
    assert [(p.until, p.members, p.capital_idr, p.turnover_idr) for p in points] == [
        (ago(1), 5, 500_000, 0)
    ]


def test_weeks_before_the_first_movement_are_left_out(semarang):
    with scope.city():
        points = growth.of_regency(semarang, members=0, capital_idr=0, on=MONDAY)
    assert len(points) == 1


def test_no_more_than_the_weeks_asked_for(semarang, melati, moved):
    moved(melati, ago(400), active_members=2)
    moved(melati, ago(20), active_members=1)
    with scope.city():
        points = growth.of_regency(semarang, members=3, capital_idr=0, on=MONDAY, weeks=2)
    assert [p.members for p in points] == [3]


def test_a_cooperative_has_its_own(melati, mawar, moved):
    moved(melati, ago(3), active_members=2)
    moved(mawar, ago(3), active_members=9)
    with scope.city():
        points = growth.of_cooperative(melati, members=2, capital_idr=0, on=MONDAY)
    assert points[-1].members == 2


def test_charts_carry_the_same_numbers(melati, moved):
    moved(melati, ago(8), active_members=2, principal_idr=200_000)
    with scope.city():
        points = growth.of_cooperative(melati, members=2, capital_idr=200_000, on=MONDAY)
    charts = growth.charts(points)
    assert charts["members"]["series"][0]["values"] == [2, 2]
    assert charts["capital"]["unit"] == "idr"
    assert charts["turnover"]["type"] == "bar"
