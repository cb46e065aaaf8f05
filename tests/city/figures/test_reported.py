from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from kkmp.city.figures.models import Measure, ReportedFigure, Series, State
from kkmp.city.figures.queries import places
from kkmp.city.figures.services import reported
from kkmp.registry.models import Kelurahan
from tests.conftest import MONDAY

pytestmark = pytest.mark.django_db

SEVEN = {
    "Wonoplumbon",
    "Jatirejo",
    "Gedawang",
    "Tegalsari",
    "Tlogomulyo",
    "Dadapsari",
    "Bringin",
}


def city(measure, **more):
    return ReportedFigure.objects.get(measure=measure, kelurahan=None, **more)


def test_seven_operated_in_october_2025():
    figure = city(Measure.OPERATING, as_of=date(2025, 10, 17))
    assert (figure.value, figure.series, figure.source_name) == (
        7,
        Series.CITY,
        "Lingkar Jateng; IDN Times Jateng",
    )


@pytest.mark.parametrize(
    ("measure", "value"),
    [(Measure.ACTIVE_MEMBERS, 4_500), (Measure.MEMBERS_CAPITAL, 448_000_000)],
)
def test_the_disputed_figures_say_so(measure, value):
    figure = city(measure, as_of=date(2025, 10, 18))
    assert figure.value == value
    assert figure.is_disputed
    assert figure.note == "Baseline Okt 2025, cakupan diperdebatkan."
    for paper in ("JPNN", "Ayosemarang", "Bacaaja", "IDN Times"):
        assert paper in figure.coverage
        assert paper in figure.source_name


def test_the_seven_are_named():
    rows = ReportedFigure.objects.filter(measure=Measure.OPERATING, kelurahan__isnull=False)
    assert {row.kelurahan.name for row in rows} == SEVEN
    assert {row.as_of for row in rows} == {date(2025, 8, 19)}


def test_gedawangs_sales_have_their_days():
    gedawang = Kelurahan.objects.get(code="33.74.11.1002")
    sales = [f for f in places.reported_of(gedawang) if f.measure == Measure.GROSS_SALES]
    assert [(f.value, f.since, f.as_of) for f in sales] == [
        (48_000_000, date(2025, 8, 1), date(2025, 8, 27)),
        (22_000_000, date(2025, 7, 19), date(2025, 7, 31)),
    ]


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        (Measure.ACCOUNTS, 177),
        (Measure.PRINCIPAL, 196_770_000),
        (Measure.PRINCIPAL_MEMBERS, 2_791),
        (Measure.MANDATORY, 107_518_000),
        (Measure.MANDATORY_MEMBERS, 2_040),
        (Measure.TRANSACTIONS, 3_782_197_801),
        (Measure.WITH_PRINCIPAL, 47),
        (Measure.WITH_TRANSACTIONS, 81),
        (Measure.WITH_TRANSACTIONS_1M, 66),
    ],
)
def test_the_portals_figures_are_a_series_of_their_own(measure, value):
    figure = city(measure, series=Series.PORTAL)
    assert (figure.value, figure.as_of) == (value, date(2026, 8, 5))


def test_zero_not_reported_and_unknown_are_three_things(semarang):
    told = {
        f.series: f
        for f in places.reported(semarang)
        if f.as_of == date(2026, 8, 5) and f.measure == Measure.OPERATING
    }
    assert (told[Series.PORTAL].state, told[Series.PORTAL].value) == (State.NOT_REPORTED, None)
    assert (told[Series.CITY].state, told[Series.CITY].value) == (State.UNKNOWN, None)
    zero = ReportedFigure.objects.get(
        measure=Measure.PRINCIPAL, series=Series.PORTAL, kelurahan="33.74.11.1002"
    )
    assert (zero.state, zero.value) == (State.REPORTED, 0)


def test_a_reader_of_english_is_told_in_english():
    figure = city(Measure.ACTIVE_MEMBERS)
    with translation.override("en"):
        assert figure.note_shown == "Baseline Oct 2025, coverage disputed."
        assert figure.coverage_shown.startswith("Coverage disputed")
    with translation.override("id"):
        assert figure.note_shown.startswith("Baseline Okt")


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": State.REPORTED, "value": None},
        {"state": State.UNKNOWN, "value": 0},
        {"state": State.NOT_REPORTED, "value": 7},
        {"value": 1, "since": date(2025, 12, 1)},
    ],
    ids=["nothing reported", "unknown zero", "unreported number", "begins after its end"],
)
def test_the_database_refuses_a_figure_that_contradicts_itself(semarang, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportedFigure.objects.create(
            regency=semarang,
            series=Series.CITY,
            measure=Measure.OPERATING,
            as_of=date(2025, 11, 1),
            **wrong,
        )


def test_the_same_figure_is_kept_once(semarang):
    again = city(Measure.OPERATING, as_of=date(2025, 10, 17))
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportedFigure.objects.create(
            regency=semarang,
            series=again.series,
            measure=again.measure,
            as_of=again.as_of,
            value=8,
        )


@pytest.fixture
def published():
    """A figure that the city has published."""
    return ReportedFigure(
        regency=Kelurahan.objects.get(code="33.74.11.1002").kecamatan.regency,
        series=Series.CITY,
        measure=Measure.OPERATING,
        value=12,
        as_of=MONDAY,
        coverage="Seluruh kota",
        coverage_en="The whole city",
        source_name="Pemerintah Kota",
    )


def test_a_published_figure_is_kept(published, agus):
    assert reported.record(figure=published, today=MONDAY, by=agus).pk


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("as_of", MONDAY + timedelta(days=1), "This day has not come yet."),
        ("as_of", date(1926, 1, 1), "Look at the year"),
        ("since", date(1926, 1, 1), "Look at the year"),
        ("since", MONDAY + timedelta(days=1), "The first day lies after the last."),
        ("value", -1, "A figure cannot be below zero."),
        ("value", 10**14 + 1, "At most"),
        ("value", None, "A reported figure has a value"),
        ("coverage", " ", "Write whom the figure covers"),
        ("source_name", "", "who has published it"),
    ],
)
def test_a_figure_that_nobody_can_have_published_is_refused(published, agus, field, value, told):
    setattr(published, field, value)
    with translation.override("en"), pytest.raises(reported.FigureRefused, match=told) as refused:
        reported.record(figure=published, today=MONDAY, by=agus)
    assert list(refused.value.fields) == [field]
    assert not ReportedFigure.objects.filter(pk=published.pk).exists()
