"""The counters that reports add up: each sale and return counts on its own day."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from kkmp.registry import scope
from shops.models import GoodsFigures, PaymentFigures, SalesFigures
from shops.reports.date_ranges import DateRange
from shops.reports.filters import SaleFilter
from shops.reports.queries import sums
from shops.reports.queries.sums import ReportScope
from shops.reports.services import counters
from shops.till.services.sales import SoldLine
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING, open_shift, returned

COUNTERS = (SalesFigures, GoodsFigures, PaymentFigures)
FRIDAY = MONDAY - timedelta(days=3)
TUESDAY = MONDAY + timedelta(days=1)


def goods(cooperative, day, product):
    row = GoodsFigures.objects.of(cooperative).get(date=day, product=product)
    return row.receipts, row.sold, row.sold_idr, row.returned, row.returned_idr, row.cost_idr


def test_a_sale_and_what_comes_back_count_on_their_own_days(
    sell, gula, telur, in_melati, gerai, sari, budi
):
    shift = open_shift(gerai, sari)
    sale = sell((gula, "2"), (telur, "0.5"), needs_shift=True)
    sell((gula, "1"), needs_shift=True)
    returned(sale, shift, budi, at=MORNING + timedelta(days=1), line_1="1")
    # Two packs and one at Rp17.500; each has cost Rp16.200.
    assert goods(in_melati, MONDAY, gula) == (2, 3, 52_500, 0, 0, 48_600)
    assert goods(in_melati, MONDAY, telur) == (1, Decimal("0.5"), 14_500, 0, 0, 13_250)
    assert goods(in_melati, TUESDAY, gula) == (0, 0, 0, 1, 17_500, -16_200)


def test_a_sale_that_comes_late_counts_on_the_day_it_was_made(sell, gula, in_melati):
    sell((gula, "1"))
    sell((gula, "2"), at=MORNING - timedelta(days=3))
    assert goods(in_melati, FRIDAY, gula)[:3] == (1, 2, 35_000)
    assert goods(in_melati, MONDAY, gula)[:3] == (1, 1, 17_500)
    late = SalesFigures.objects.of(in_melati).get(date=FRIDAY)
    assert (late.sales, late.sold_idr, late.hour, late.is_member) == (1, 35_000, 10, False)


def test_a_receipt_with_two_lines_of_a_product_counts_once(sell, gula, in_melati):
    sell(
        lines=[SoldLine(gula.id, Decimal(1)), SoldLine(gula.id, Decimal(2), discount_idr=500)],
        may_discount=True,
    )
    assert goods(in_melati, MONDAY, gula)[:3] == (1, 3, 52_000)


def test_what_a_report_reads_does_not_grow_with_the_sales_of_a_day(sell, gula, telur, in_melati):
    def rows():
        return [model.objects.of(in_melati).count() for model in COUNTERS]

    sell((gula, "1"), (telur, "0.1"))
    first = rows()
    for _ in range(30):
        sell((gula, "1"), (telur, "0.1"))
    assert rows() == first == [1, 2, 1]
    report = sums.by_product(ReportScope(in_melati, DateRange(MONDAY, MONDAY)))
    assert [(row.names["name"], row.count, row.quantity) for row in report] == [
        ("Gula Pasir 1 kg", 31, 31),
        ("Telur Ayam", 31, Decimal("3.1")),
    ]


def test_a_counter_that_is_wrong_is_named_and_put_right(shop, sari, capsys):
    shop.sell(sari, (shop.gula, "2"))
    with scope.cooperative(shop.cooperative.pk):
        assert counters.differences(shop.cooperative) == []
        GoodsFigures.objects.of(shop.cooperative).update(sold_idr=F("sold_idr") + 1)
        PaymentFigures.objects.of(shop.cooperative).delete()
        found = counters.differences(shop.cooperative)
        assert [(one.table, one.day, one.counted, one.kept) for one in found] == [
            ("shops_goodsfigures", MONDAY, 1, 1),
            ("shops_paymentfigures", MONDAY, 1, 0),
        ]
    with pytest.raises(CommandError):
        call_command("check_figures", shop.cooperative.code, fix=True)
    assert "shops_goodsfigures" in capsys.readouterr().out
    call_command("check_figures", shop.cooperative.code)
    assert "every figure agrees" in capsys.readouterr().out
    with scope.cooperative(shop.cooperative.pk):
        assert goods(shop.cooperative, MONDAY, shop.gula)[:3] == (1, 2, 35_000)


def test_a_year_of_sales_is_added_up_without_reading_them(sell, gula, in_melati, rf):
    """A year by everything that counters know; by goods only where the days are few."""
    sell((gula, "2"))
    whole_year = {"since": "2026-01-01", "until": "2026-12-31"}

    def total(**given):
        request = rf.get("/", whole_year | given)
        request.cooperative = in_melati
        return SaleFilter(request.GET, cooperative=in_melati, on=MONDAY, request=request).total()

    with CaptureQueriesContext(connection) as captured:
        found = total(buyer="other", hour="10")
    assert (found.count, found.sold_idr, found.margin_idr) == (1, 35_000, 2_600)
    assert total(buyer="member").count == 0
    assert not [one for one in captured if '"shops_sale"' in one["sql"]]
    assert total(method="cash") is None
    assert total(method="cash", since="2026-11-01", until="2026-11-30").sold_idr == 35_000
