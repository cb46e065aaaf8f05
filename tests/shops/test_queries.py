"""Reads: goods, people at the till, totals, and what the counters are checked with."""

from datetime import timedelta
from decimal import Decimal

import pytest

from kkmp.registry.models import DayFigures
from members.models import Member, Status
from members.register import finding
from shops.goods import queries as goods_queries
from shops.goods.services import products
from shops.models import PriceTier
from shops.reports import counters as reports_counters
from shops.reports import queries as reports_queries
from shops.reports.date_ranges import DateRange
from shops.reports.queries import ReportScope
from shops.stock import queries as stock_queries
from shops.till import queries as till_queries
from shops.till import shelf
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING, particulars


def names(found):
    return [product.name for product in found]


@pytest.mark.parametrize("text", ["gula", "PASIR", " 8990000070030 "])
def test_goods_are_found_by_letters_and_by_barcode(gula, telur, in_melati, text):
    assert names(goods_queries.matching(in_melati, goods_queries.products(in_melati), text)) == [
        "Gula Pasir 1 kg"
    ]


def test_a_part_of_a_barcode_finds_nothing(gula, in_melati):
    assert not goods_queries.matching(in_melati, goods_queries.products(in_melati), "899000")


def test_goods_come_with_stock_and_average_cost(gula, telur, gerai, in_melati, budi):
    products.add(cooperative=in_melati, particulars=particulars(gerai, name="Garam"), by=budi)
    found = {product.name: product for product in goods_queries.products(in_melati)}
    assert found["Telur Ayam"].stock_quantity == Decimal("87.25")
    assert stock_queries.average_cost_idr(found["Telur Ayam"]) == 26_500
    assert stock_queries.average_cost_idr(found["Garam"]) is None


def test_low_is_below_the_minimum_or_nothing(gula, telur, sell, in_melati):
    sell((gula, "37"), (telur, "87.25"))
    low = goods_queries.below_minimum(goods_queries.products(in_melati))
    assert names(low) == ["Gula Pasir 1 kg", "Telur Ayam"]


def test_what_is_no_longer_sold_does_not_run_low(gula, sell, in_melati, budi):
    sell((gula, "48"))
    products.retire(product=gula, by=budi)
    assert not goods_queries.below_minimum(goods_queries.products(in_melati))


def test_a_till_knows_the_goods_of_its_unit_in_thousandths(gula, telur, gerai, in_melati, budi):
    retired = products.add(
        cooperative=in_melati, particulars=particulars(gerai, name="Garam"), by=budi
    )
    products.retire(product=retired, by=budi)
    goods = shelf.till_goods(in_melati, gerai, on=MONDAY)
    assert [(each["name"], each["stock_thousandths"]) for each in goods] == [
        ("Gula Pasir 1 kg", 48_000),
        ("Telur Ayam", 87_250),
    ]
    assert goods[0]["category"] == "Sembako"
    assert goods[1]["wholesale_price_idr"] is None


# --- People at the till ----------------------------------------------------------------------


@pytest.mark.parametrize("text", ["1", "0001", "#1", "ani", "lestari ANI", "081897825707"])
def test_a_member_is_found_by_number_name_and_phone(ani, in_melati, text):
    assert finding.find_members(in_melati, text) == [ani]


@pytest.mark.parametrize("text", ["", "  ", "2", "0012", "budi", "08189", "-"])
def test_nobody_is_found_by_anything_else(ani, in_melati, text):
    assert finding.find_members(in_melati, text) == []


def test_somebody_who_left_is_not_found(ani, in_melati):
    Member.objects.of(in_melati).filter(id=ani.id).update(status=Status.LEFT)
    assert finding.find_members(in_melati, "ani") == []


def test_only_number_and_name_are_loaded(ani, in_melati):
    (found,) = finding.find_members(in_melati, "ani")
    assert {"nik_sealed", "phone", "address", "birth_date"} <= found.get_deferred_fields()


# --- Totals ----------------------------------------------------------------------------------


@pytest.fixture
def monday(sell, gula, telur, ani):
    """A member buys two packs, a stranger one and half a kilogram; the day before, one more."""
    sell((gula, "2"), member=ani)
    sell((gula, "1"), (telur, "0.5"))
    sell((gula, "1"), at=MORNING - timedelta(days=1))


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


def test_sales_come_with_lines_and_payments_in_three_statements(
    monday, in_melati, django_assert_num_queries
):
    with django_assert_num_queries(3):
        sales = list(till_queries.sales_with_lines(in_melati))
        assert [len(sale.lines.all()) for sale in sales] == [1, 2, 1]
        assert [sale.payments.all()[0].amount_idr for sale in sales] == [17_500, 32_000, 34_600]
        assert {sale.unit.code for sale in sales} == {"gerai"}


def test_movements_of_a_product_come_latest_first(monday, gula):
    moved = [(movement.kind, movement.quantity) for movement in stock_queries.movements(gula)]
    assert moved[0] == ("sale", -1)
    assert sorted(moved) == [("opening", 48), ("sale", -2), ("sale", -1), ("sale", -1)]


def test_every_tier_is_a_price_of_the_till(gula, gerai, in_melati):
    goods = shelf.till_goods(in_melati, gerai, on=MONDAY)[0]
    assert all(f"{tier}_price_idr" in goods for tier in PriceTier)
