from datetime import date, timedelta
from fractions import Fraction

import pytest

from kkmp.city.figures.queries import places
from kkmp.city.figures.queries.places import Totals
from kkmp.lib.identity import Nik
from kkmp.registry import scope
from kkmp.registry.models import CooperativeFigures, Kelurahan, Stage, StageStep
from kkmp.registry.services import identity_marks
from tests.conftest import MONDAY


@pytest.fixture
def statuses(semarang):
    def read(on: date = MONDAY) -> list[places.KelurahanStatus]:
        with scope.city():
            return places.statuses(semarang, on)

    return read


def of(statuses, cooperative):
    return next(s for s in statuses if s.cooperative == cooperative)


@pytest.mark.empty_house
def test_every_kelurahan_is_there_with_or_without_a_cooperative(statuses, melati):
    every = statuses()
    assert len(every) == Kelurahan.objects.count() == 177
    assert [s.cooperative for s in every if s.cooperative] == [melati]


def test_the_names_repeat_and_the_codes_do_not(statuses):
    names = [s.kelurahan.name for s in statuses()]
    assert names.count("Purwosari") == names.count("Mangunharjo") == 2


def test_nothing_reported_is_not_zero(statuses, melati, mawar, moved):
    moved(melati, principal_idr=0)
    every = statuses()
    assert of(every, melati).members == 0
    assert of(every, mawar).members is None
    assert of(every, mawar).capital_idr is None
    assert of(every, mawar).turnover_idr is None


def test_capital_is_principal_and_mandatory_and_voluntary_stands_apart(statuses, melati, moved):
    moved(melati, principal_idr=100_000, mandatory_idr=10_000, voluntary_idr=70_000)
    status = of(statuses(), melati)
    assert status.capital_idr == 110_000
    assert status.voluntary_idr == 70_000


def test_the_month_begins_on_its_first_day(statuses, melati, moved):
    moved(melati, date(2026, 10, 31), "toko", member_turnover_idr=5_000, sales=1)
    moved(melati, date(2026, 11, 1), "toko", member_turnover_idr=700, sales=1)
    moved(melati, MONDAY, "toko", other_turnover_idr=30, sales=1)
    moved(melati, MONDAY + timedelta(days=1), "toko", other_turnover_idr=9, sales=1)
    assert of(statuses(), melati).turnover_idr == 730


def test_operating_is_active_with_a_sale_in_thirty_days(statuses, melati, operating, moved):
    operating(melati)
    assert not of(statuses(), melati).is_active
    moved(melati, MONDAY - timedelta(days=29), "toko", member_turnover_idr=5_000, sales=1)
    assert of(statuses(), melati).is_active
    assert not of(statuses(MONDAY + timedelta(days=1)), melati).is_active


def test_unverified_operation_waits_and_does_not_count(statuses, melati, operating):
    operating(melati, verified=False)
    status = of(statuses(), melati)
    assert status.stage == Stage.LEGAL_ENTITY
    assert status.is_waiting
    assert not status.is_operating


def test_totals_count_each_stage(statuses, melati, mawar, operating, climbed, moved):
    operating(melati)
    climbed(mawar, Stage.LEGAL_ENTITY)
    moved(melati, MONDAY, "toko", member_turnover_idr=5_000, sales=1)
    totals = Totals(statuses())
    assert totals.by_stage[Stage.OPERATING] == totals.operating == totals.operating_active == 1
    assert totals.by_stage[Stage.LEGAL_ENTITY] == 1
    assert totals.by_stage[Stage.NONE] == 175
    assert (totals.count, totals.reporting) == (177, 1)


def test_totals_of_nobody_reporting_are_not_zero(statuses):
    totals = Totals(statuses())
    assert totals.members is None
    assert totals.capital_idr is None
    assert totals.turnover_idr is None


def test_each_kecamatan_has_its_own_totals(statuses, melati, mawar, moved):
    moved(melati, active_members=7)
    moved(mawar, active_members=5)
    members = {k.name: t.members for k, t in places.by_kecamatan(statuses()).items()}
    assert len(members) == 16
    assert (members["Banyumanik"], members["Ngaliyan"]) == (7, 5)
    assert members["Tugu"] is None


def test_four_weeks_are_compared_with_the_four_before(statuses, melati, moved):
    moved(melati, MONDAY - timedelta(days=29), "toko", other_turnover_idr=1_000, sales=1)
    moved(melati, MONDAY - timedelta(days=28), "toko", member_turnover_idr=1_500, sales=1)
    # Half a day would stand against a whole one.
    moved(melati, MONDAY, "toko", other_turnover_idr=9_999, sales=1)
    status = of(statuses(), melati)
    assert status.growth(MONDAY) == Fraction(1, 2)
    assert status.member_share == 1


def test_a_young_cooperative_is_not_compared(statuses, melati, moved):
    melati.opened_on = MONDAY - timedelta(days=54)
    melati.save()
    moved(melati, MONDAY - timedelta(days=50), "toko", other_turnover_idr=1_000, sales=1)
    assert of(statuses(), melati).growth(MONDAY) is None


def test_turnover_is_shared_by_members(statuses, melati, moved):
    moved(melati, active_members=4)
    moved(melati, MONDAY - timedelta(days=1), "toko", other_turnover_idr=10_001, sales=1)
    assert of(statuses(), melati).per_member_idr == 2_500


def test_one_cooperative_reads_as_it_does_among_all(statuses, melati, operating, moved):
    operating(melati)
    moved(melati, MONDAY, "toko", member_turnover_idr=5_000, sales=1, active_members=3)
    with scope.city():
        alone = places.status_of(melati, MONDAY)
    assert alone == of(statuses(), melati)


def test_the_whole_city_is_four_statements(
    semarang, melati, mawar, operating, moved, django_assert_num_queries
):
    for cooperative in (melati, mawar):
        operating(cooperative)
        moved(cooperative, active_members=3)
    with scope.city(), django_assert_num_queries(4):
        Totals(places.statuses(semarang, MONDAY))


def test_outside_the_citys_scope_nothing_is_read(semarang, melati, operating, moved):
    operating(melati)
    moved(melati, active_members=3)
    with scope.cooperative(melati.pk):
        pass
    assert not StageStep.objects.of(melati).exists()
    assert not CooperativeFigures.objects.of(melati).exists()


def test_steps_are_listed_with_those_that_stand_first(melati, climbed, dewi):
    from kkmp.city.cooperatives.services import ladder

    climbed(melati, Stage.DEED)
    with scope.cooperative(melati.pk):
        ladder.withdraw(step=StageStep.objects.of(melati).get(), why="keliru", on=MONDAY, by=dewi)
    climbed(melati, Stage.DEED, Stage.DELIBERATION)
    with scope.city():
        steps = places.steps_of(melati)
    assert [(s.stage, s.withdrawn_on is None) for s in steps] == [(1, True), (2, True), (2, False)]


def test_people_on_several_registers_are_counted_once_in_a_while(
    semarang, melati, django_assert_num_queries
):
    with scope.city():
        first = places.on_several_registers(semarang)
        with scope.cooperative(melati.pk):
            nik = Nik("3374115203900001")
            identity_marks.keep(cooperative=melati, niks=[nik])
        assert first.cooperatives == 0
        assert places.on_several_registers(semarang) == first
        assert identity_marks.count(semarang).cooperatives == 1
