"""What a day, a unit and a product add up to, and what the counters are checked with."""

from datetime import timedelta
from decimal import Decimal

from kkmp.registry.models import DayFigures
from shops.reports.date_ranges import DateRange
from shops.reports.queries import counters as reports_counters
from shops.reports.queries import sums as reports_queries
from shops.reports.queries.sums import ReportScope
from tests.conftest import MONDAY


def on_monday(cooperative):
    return ReportScope(cooperative, DateRange(MONDAY, MONDAY))


def test_a_day_is_added_up_and_split(monday, in_melati):
    total = reports_queries.total(on_monday(in_melati))
    assert (total.count, total.turnover_idr) == (2, 66_600)
    assert (total.members_idr, total.others_idr) == (34_600, 32_000)
    assert (total.cost_idr, total.margin_idr) == (61_850, 4_750)


def test_a_day_without_sales_is_nought(in_melati):
    total = reports_queries.total(on_monday(in_melati))
    assert {total.count, total.turnover_idr, total.members_idr, total.others_idr} == {0}
    assert {total.cost_idr, total.margin_idr} == {0}


def test_a_unit_is_added_up(monday, in_melati, gerai):
    assert gerai.code == "gerai"
    days = DateRange(MONDAY - timedelta(days=1), MONDAY)
    total = reports_queries.total(ReportScope(in_melati, days, gerai))
    assert (total.count, total.turnover_idr) == (3, 84_100)


def test_what_sold_best(monday, in_melati):
    rows = reports_queries.by_product(on_monday(in_melati))
    assert [(row.names["name"], row.quantity, row.turnover_idr) for row in rows] == [
        ("Gula Pasir 1 kg", 3, 52_100),
        ("Telur Ayam", Decimal("0.5"), 14_500),
    ]
    assert rows[0].margin_idr == 3_500


def test_re_added_figures_are_those_of_the_counters(monday, in_melati):
    counted = DayFigures.objects.of(in_melati).filter(unit="gerai").order_by("date")
    assert list(reports_counters.figures_by_day(in_melati)) == [
        {
            "date": day.date,
            "unit": "gerai",
            "member_turnover_idr": day.member_turnover_idr,
            "other_turnover_idr": day.other_turnover_idr,
            "cost_idr": day.cost_idr,
            "sales": day.sales,
        }
        for day in counted
    ]
