"""Reports: each agrees with the others and with the books, to the rupiah."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.ledger import queries as books
from finance.models import Journal
from kkmp.lib.ids import new_id
from kkmp.registry.models import DayFigures
from shops.drawers.services import shifts
from shops.drawers.services.shifts import Counted
from shops.models import Method, PriceTier, Product
from shops.reports import date_ranges, tables
from shops.reports.date_ranges import DateRange
from shops.reports.queries import sums as reports_queries
from shops.reports.queries.sums import ReportScope
from shops.till.services import sales
from shops.units.services import units
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING, open_shift, returned

WEEK = DateRange(MONDAY, MONDAY + timedelta(days=8))
DELIVERY = "4-1306"


@pytest.fixture
def delivery(gerai, gula, in_melati) -> Product:
    """A service: it earns on an account of its own, and has no cost."""
    return Product.objects.create(
        cooperative=in_melati,
        unit=gerai,
        category=gula.category,
        name="Ongkos antar",
        measure="kali",
        is_service=True,
        income_code=DELIVERY,
        general_price_idr=7_333,
        member_price_idr=7_333,
    )


# --- A week, whatever happens ------------------------------------------------------------------


@dataclass(frozen=True)
class Event:
    """A sale, and how much of its first line comes back how many days later.

    :param back: None for nothing, 0 for all of it
    """

    day: int
    hour: int
    to_member: bool
    sugar: int
    eggs: Decimal
    with_delivery: bool
    discount_idr: int
    qris_idr: int
    in_shift: bool
    back: int | None
    after: int


EVENTS = st.builds(
    Event,
    day=st.integers(0, 6),
    hour=st.integers(0, 13),
    to_member=st.booleans(),
    sugar=st.integers(1, 4),
    eggs=st.sampled_from([Decimal(0), Decimal("0.333"), Decimal("1.25")]),
    with_delivery=st.booleans(),
    discount_idr=st.sampled_from([0, 0, 777]),
    qris_idr=st.sampled_from([0, 0, 5_001]),
    in_shift=st.booleans(),
    back=st.sampled_from([None, None, 0, 1]),
    after=st.integers(0, 2),
)


@pytest.fixture
def act(sell, gula, telur, delivery, ani, gerai, sari, budi):
    """Let an event happen."""
    shift = open_shift(gerai, sari, float_idr=5_000_000)

    def do(event: Event) -> None:
        at = MORNING + timedelta(days=event.day, hours=event.hour - 3)
        tier = PriceTier.MEMBER if event.to_member else PriceTier.GENERAL
        lines = [sales.SoldLine(gula.id, Decimal(event.sugar), tier)]
        if event.eggs:
            lines.append(sales.SoldLine(telur.id, event.eggs, tier))
        if event.with_delivery and not event.to_member:
            lines.append(sales.SoldLine(delivery.id, Decimal(1), tier))
        cash = sales.Tender(Method.CASH, 5_000_000)
        qris = [sales.Tender(Method.QRIS, event.qris_idr)] if event.qris_idr else []
        sale = sell(
            member=ani if event.to_member else None,
            lines=lines,
            payments=[*qris, cash],
            discount_idr=event.discount_idr,
            may_discount=True,
            needs_shift=event.in_shift,
            at=at,
        )
        if event.back is not None:
            part = {"line_1": str(event.back)} if event.back else {}
            returned(sale, shift, budi, at=at + timedelta(days=event.after, hours=1), **part)

    return do


@given(events=st.lists(EVENTS, min_size=1, max_size=7))
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_report_of_a_week_agrees_with_the_others_and_with_the_books(act, in_melati, events):
    with transaction.atomic():
        for event in events:
            act(event)
        _agree(in_melati)
        transaction.set_rollback(True)


def _agree(cooperative) -> None:
    scope = ReportScope(cooperative, WEEK)
    total = reports_queries.total(scope)
    for name, rows_of in reports_queries.ROWS.items():
        rows = rows_of(scope)
        paid_idr = total.rounding_idr if name == "method" else 0
        assert sum(row.turnover_idr for row in rows) == total.turnover_idr + paid_idr, name
        if name == "method":
            continue
        assert sum(row.sold_idr for row in rows) == total.sold_idr, name
        assert sum(row.returned_idr for row in rows) == total.returned_idr, name
        assert sum(row.margin_idr for row in rows) == total.margin_idr, name
        if name not in ("product", "category"):
            assert sum(row.count for row in rows) == total.count, name
    _agree_with_books(scope, total)
    _agree_with_counters(scope, total)


def _agree_with_books(scope, total) -> None:
    codes = ["4-1101", "4-1102", DELIVERY, "5-1101", "5-1102", "6-1109"]
    held = books.balances(scope.cooperative, codes, date.max)
    members, others = reports_queries.by_buyer(scope)
    assert members.turnover_idr == total.members_idr == held["4-1101"]
    assert others.turnover_idr == total.others_idr == held["4-1102"] + held[DELIVERY]
    assert (members.cost_idr, others.cost_idr) == (held["5-1101"], held["5-1102"])
    assert total.rounding_idr == -held["6-1109"]


def _agree_with_counters(scope, total) -> None:
    by_day = {row.key: row for row in reports_queries.by_day(scope)}
    for day in DayFigures.objects.of(scope.cooperative).filter(unit="gerai"):
        row = by_day.pop(day.date)
        assert day.member_turnover_idr + day.other_turnover_idr == row.turnover_idr
        assert day.cost_idr == row.cost_idr
        only = reports_queries.total(ReportScope(scope.cooperative, DateRange(day.date, day.date)))
        assert (only.turnover_idr, only.margin_idr) == (row.turnover_idr, row.margin_idr)
    assert not by_day


# --- Each of them -----------------------------------------------------------------------------


@pytest.fixture
def monday(sell, gula, telur, ani, gerai, sari, budi):
    """Sari sells sugar to a member at ten and eggs to a stranger at noon, Budi one sugar; on
    Tuesday one of the member's sugars comes back."""
    shift = open_shift(gerai, sari)
    bought = sell((gula, "3"), member=ani, needs_shift=True)
    qris = [sales.Tender(Method.QRIS, 10_000), sales.Tender(Method.CASH, 20_000)]
    sell((telur, "0.541"), at=MORNING + timedelta(hours=2), payments=qris, needs_shift=True)
    with_budi = {"unit_code": "gerai", "key": new_id()}
    sales.sell(
        cooperative=gerai.cooperative,
        request=sales.SaleRequest(
            lines=[sales.SoldLine(gula.id, Decimal(1))],
            payments=[sales.Tender(Method.CASH, 17_500)],
            **with_budi,
        ),
        at=MORNING,
        by=budi,
        needs_shift=False,
    )
    returned(bought, shift, budi, at=MORNING + timedelta(days=1, hours=5), line_1="1")
    return shift


@pytest.fixture
def scope(monday, in_melati) -> ReportScope:
    return ReportScope(in_melati, DateRange(MONDAY, MONDAY + timedelta(days=1)))


def told(rows, name=None):
    return [(row.names[name] if name else row.key, row.count, row.turnover_idr) for row in rows]


def test_by_day_a_return_counts_on_its_own_day(scope):
    assert told(reports_queries.by_day(scope)) == [
        (MONDAY, 3, 85_089),
        (MONDAY + timedelta(days=1), 0, -17_300),
    ]


def test_by_shift_with_what_was_sold_without_one(scope, monday):
    assert told(reports_queries.by_shift(scope)) == [(monday.id, 2, 50_289), (None, 1, 17_500)]


def test_by_cashier_a_return_mirrors_its_sale(scope, sari, budi):
    assert told(reports_queries.by_cashier(scope), "name") == [
        ("Sari (rekaan)", 2, 50_289),
        ("Budi (rekaan)", 1, 17_500),
    ]


def test_by_product_with_quantities_and_profit(scope):
    sugar, eggs = reports_queries.by_product(scope)
    assert (sugar.names["name"], sugar.count, sugar.quantity) == ("Gula Pasir 1 kg", 2, 3)
    assert (sugar.sold_idr, sugar.returned_idr, sugar.turnover_idr) == (69_400, 17_300, 52_100)
    assert sugar.margin_idr == 52_100 - 3 * 16_200
    assert (eggs.quantity, eggs.turnover_idr) == (Decimal("0.541"), 15_689)


def test_by_category(scope):
    # A receipt with two goods of a category would count twice, so its receipts are not told.
    assert told(reports_queries.by_category(scope), "name") == [("Sembako", None, 67_789)]


def test_by_hour_in_semarang(scope):
    assert told(reports_queries.by_hour(scope)) == [
        (10, 2, 69_400),
        (12, 1, 15_689),
        (15, 0, -17_300),
    ]


def test_by_method_what_was_paid_and_paid_back(scope):
    rows = reports_queries.by_method(scope)
    assert [(row.key, row.count, row.sold_idr, row.returned_idr) for row in rows] == [
        ("cash", 3, 51_900 + 5_700 + 17_500, 17_300),
        ("qris", 1, 10_000, 0),
    ]


def test_by_buyer_both_always_stand_there(scope, in_melati):
    assert told(reports_queries.by_buyer(scope)) == [(True, 1, 34_600), (False, 2, 33_189)]
    empty = ReportScope(in_melati, DateRange(date(2020, 1, 1), date(2020, 1, 1)))
    assert told(reports_queries.by_buyer(empty)) == [(True, 0, 0), (False, 0, 0)]


def test_a_unit_alone(scope, in_melati, gerai, budi):
    other = units.open_unit(cooperative=in_melati, name="Apotek", by=budi)
    own = ReportScope(in_melati, scope.dates, gerai)
    none = ReportScope(in_melati, scope.dates, other)
    assert reports_queries.total(own) == reports_queries.total(scope)
    assert reports_queries.total(none).count == 0
    for name, rows_of in reports_queries.ROWS.items():
        assert rows_of(own) == rows_of(scope)
        assert sum(row.sold_idr for row in rows_of(none)) == 0, name
    assert not reports_queries.differences(none)


@pytest.mark.parametrize("name", list(reports_queries.ROWS))
def test_a_report_takes_one_statement(scope, name):
    with CaptureQueriesContext(connection) as captured:
        assert reports_queries.ROWS[name](scope)
    assert len(captured) == 1


def test_the_totals_take_one_statement(scope):
    with CaptureQueriesContext(connection) as captured:
        assert reports_queries.total(scope).returns == 1
    assert len(captured) == 1


def test_another_cooperatives_sales_are_not_counted(monday, in_melati, mawar):
    scope = ReportScope(mawar, DateRange(MONDAY, MONDAY))
    assert reports_queries.total(scope).count == 0
    assert reports_queries.by_product(scope) == []


# --- Differences ------------------------------------------------------------------------------


def close(shift, pieces, by, *, at=MORNING, note=""):
    return shifts.close(shift=shift, counted=Counted(pieces), note=note, key=new_id(), at=at, by=by)


def test_differences_are_those_of_the_books(scope, monday, sari, in_melati):
    """57.800 of cash: 75.100 came, 17.500 of it to Budi without a shift, 17.300 went back."""
    tuesday = MORNING + timedelta(days=1, hours=7)
    close(monday, {20_000: 2}, sari, at=tuesday, note="kurang")
    (shift,) = reports_queries.differences(scope)
    assert (shift.expected_idr, shift.difference_idr, shift.note) == (40_300, -300, "kurang")
    held = books.balances(in_melati, ["1-1126"], date.max)
    assert held["1-1126"] == -shift.difference_idr


def test_a_shift_belongs_to_the_day_on_which_it_was_closed(monday, sari, in_melati):
    late = MORNING.replace(hour=16, minute=59)
    close(monday, {}, sari, at=late)
    on_monday = ReportScope(in_melati, DateRange(MONDAY, MONDAY))
    assert reports_queries.differences(on_monday).count() == 1
    tuesday = MONDAY + timedelta(days=1)
    assert not reports_queries.differences(ReportScope(in_melati, DateRange(tuesday, tuesday)))


def test_an_open_shift_has_no_difference_yet(scope):
    assert not reports_queries.differences(scope)


# --- Days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (None, None, (0, 0)),
        (-3, None, (-3, 0)),
        (None, -3, (-3, -3)),
        (-3, -1, (-3, -1)),
        (-1, -3, (-3, -1)),
        (2, None, (2, 2)),
    ],
)
def test_days_that_are_asked_for(since, until, found):
    day = lambda step: None if step is None else MONDAY + timedelta(days=step)  # noqa: E731
    chosen = date_ranges.chosen({"since": day(since), "until": day(until)}, on=MONDAY)
    assert chosen == DateRange(day(found[0]), day(found[1]))


def test_usual_days():
    thursday = date(2026, 11, 26)
    assert [span for _label, span in date_ranges.usual(thursday)] == [
        DateRange(thursday, thursday),
        DateRange(date(2026, 11, 25), date(2026, 11, 25)),
        DateRange(MONDAY, thursday),
        DateRange(date(2026, 11, 1), thursday),
        DateRange(date(2026, 10, 1), date(2026, 10, 31)),
    ]


def test_days_in_words_and_beside_each_other():
    week = DateRange(MONDAY, MONDAY + timedelta(days=6))
    assert str(week) == "23 November 2026 to 29 November 2026"
    assert str(DateRange(MONDAY, MONDAY)) == "23 November 2026"
    assert week.moved(-1) == DateRange(date(2026, 11, 16), date(2026, 11, 22))


# --- Tables -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", reports_queries.NAMES)
def test_every_column_of_every_table_has_a_value(scope, monday, sari, name):
    close(monday, {}, sari, at=MORNING + timedelta(days=1, hours=7))
    found = tables.shown(name, scope)
    assert found.rows
    named = [row for row in found.rows if name != "shift" or row.key]
    for column in found.report.columns:
        assert all(column.value(row) is not None for row in named), column.title
    for column in found.report.figures:
        assert column.value(found.sum) is not None
    assert all(found.report.bar(row) for row in found.rows)


def test_shares_add_up_to_the_whole(scope):
    found = tables.shown("member", scope)
    assert sum(row.share for row in found.rows) == found.sum.share == 1


def test_without_turnover_there_is_no_share(in_melati):
    found = tables.shown("member", ReportScope(in_melati, DateRange(MONDAY, MONDAY)))
    assert [row.share for row in found.rows] == [None, None]


def test_receipts_are_counted_once_in_a_sum(scope):
    assert tables.shown("product", scope).sum.count == 3


def test_days_and_hours_without_sales_are_bars_too(scope, in_melati):
    week = ReportScope(in_melati, WEEK)
    bars = tables.bars(tables.shown("day", week))
    assert bars["series"][0]["values"] == [85_089, -17_300, *[0] * 7]
    bars = tables.bars(tables.shown("hour", scope))
    assert bars["labels"] == ["10", "11", "12", "13", "14", "15"]


def test_one_bar_alone_is_none(in_melati, sell, gula):
    sell((gula, "1"))
    scope = ReportScope(in_melati, DateRange(MONDAY, MONDAY))
    assert tables.bars(tables.shown("day", scope)) == {}


def test_a_row_leads_to_its_sales(scope, in_melati, gerai, monday):
    shift, without = tables.shown("shift", scope).rows
    found = tables.shown("shift", ReportScope(in_melati, scope.dates, gerai))
    assert tables.link(found, shift) == {
        "since": "2026-11-23",
        "until": "2026-11-24",
        "unit": str(gerai.pk),
        "shift": str(monday.pk),
    }
    assert tables.link(found, without) == {}


def test_every_journal_of_a_sale_is_one_of_the_reports(scope, in_melati):
    kinds = list(Journal.objects.of(in_melati).values_list("kind", flat=True))
    total = reports_queries.total(scope)
    assert (total.count, total.returns) == (kinds.count("sale"), kinds.count("sale.return"))
