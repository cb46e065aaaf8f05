"""Selling: what is posted, counted and taken from stock, and what is refused."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from finance.ledger.services.ledger import KeyReused
from finance.models import Balance, BusinessUnit, Journal, Line
from kkmp.access.models import AuditEvent
from kkmp.lib.ids import new_id
from kkmp.registry.models import CooperativeFigures, DayFigures
from members.leaving.services import exits
from members.models import ExitReason, Member, Status
from shops.goods.services import products
from shops.models import PriceTier, Sale, SaleLine, Stock, StockMovement
from shops.stock import queries as stock_queries
from shops.till import queries as till_queries
from shops.till.services import sales
from shops.units.services import units
from tests.conftest import MONDAY
from tests.shops.conftest import KEY, particulars


def posted(sale):
    lines = Line.objects.of(sale.cooperative_id).filter(journal=sale.journal)
    return [
        (line.account.code, line.debit_idr, line.credit_idr)
        for line in lines.select_related("account").order_by("position")
    ]


def left(product):
    stock = Stock.objects.of(product.cooperative_id).get(product=product)
    return stock.quantity, stock.value_idr


def test_sale_to_a_stranger_posts_revenue_cost_stock_and_cash(sell, gula):
    sale = sell((gula, "2"), paid_idr=50_000)
    assert posted(sale) == [
        ("1-1102", 35_000, 0),
        ("4-1102", 0, 35_000),
        ("5-1102", 32_400, 0),
        ("1-1131", 0, 32_400),
    ]
    assert (sale.total_idr, sale.cost_idr, sale.change_idr) == (35_000, 32_400, 15_000)
    assert left(gula) == (46, 46 * 16_200)
    connection.check_constraints()


def test_sale_to_a_member_carries_her_party_and_the_member_price(sell, gula, ani):
    sale = sell((gula, "2"), member=ani)
    assert posted(sale)[1] == ("4-1101", 0, 34_600)
    assert posted(sale)[2] == ("5-1101", 32_400, 0)
    parties = Line.objects.of(sale.cooperative_id).filter(journal=sale.journal, party=ani.party)
    assert [line.account.code for line in parties.order_by("position")] == ["4-1101", "5-1101"]
    assert till_queries.lines_of(sale)[0].saving_idr == 400


def test_every_line_of_the_journal_names_the_unit(sell, gula, gerai):
    sale = sell((gula, "1"))
    lines = Line.objects.of(sale.cooperative_id).filter(journal=sale.journal)
    assert {line.unit_id for line in lines} == {gerai.id}


def test_weighed_goods_are_rounded_once_a_line(sell, telur):
    sale = sell((telur, "1.255"))
    line = till_queries.lines_of(sale)[0]
    assert (line.total_idr, line.cost_idr) == (36_395, 33_258)
    assert left(telur)[0] == Decimal("85.995")


def test_the_last_of_it_takes_the_rest_of_its_value(sell, telur):
    sell((telur, "0.333"))
    sell((telur, "86.917"))
    assert left(telur) == (0, 0)


def test_the_receipt_keeps_name_and_price_of_the_moment(sell, gula, gerai, budi):
    sale = sell((gula, "1"))
    products.edit(
        on=MONDAY,
        product=gula,
        particulars=particulars(gerai, name="Gula Kristal 1 kg", general_price_idr=18_000),
        version=1,
        by=budi,
    )
    line = till_queries.lines_of(sale)[0]
    assert (line.name, line.price_idr, line.measure) == ("Gula Pasir 1 kg", 17_500, "bks")


def test_wholesale_is_a_price_of_its_own(sell, gula):
    sale = sell((gula, "10"), tier=PriceTier.WHOLESALE)
    assert sale.total_idr == 168_000
    assert till_queries.lines_of(sale)[0].price_tier == PriceTier.WHOLESALE


def test_the_same_goods_scanned_twice_become_one_line(sell, gula, telur):
    sale = sell((gula, "1"), (telur, "0.5"), (gula, "2"))
    lines = till_queries.lines_of(sale)
    assert [(line.product_id, line.quantity) for line in lines] == [
        (gula.id, 3),
        (telur.id, Decimal("0.5")),
    ]


def test_figures_of_the_city_move_with_the_sale(sell, gula, ani, in_melati):
    sell((gula, "2"), member=ani)
    sell((gula, "1"))
    day = DayFigures.objects.of(in_melati).get(date=MONDAY, unit="gerai")
    assert (day.member_turnover_idr, day.other_turnover_idr) == (34_600, 17_500)
    assert (day.cost_idr, day.sales) == (48_600, 2)
    assert CooperativeFigures.objects.of(in_melati).get().last_sale_on == MONDAY


def test_the_business_day_is_that_of_semarang(sell, gula):
    late = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
    sale = sell((gula, "1"), at=late)
    assert sale.date.isoformat() == "2026-11-24"
    assert sale.journal.date == sale.date


def test_receipts_are_numbered_in_order_and_sales_are_audited(sell, gula, in_melati, sari):
    first, second = sell((gula, "1")), sell((gula, "1"))
    assert (first.number, second.number) == (1, 2)
    event = AuditEvent.objects.of(in_melati).filter(action="sale.sell").order_by("id").last()
    assert (event.actor, event.subject_id) == (sari, str(second.id))


def test_the_memo_of_the_books_is_in_the_language_of_the_books(sell, gula, in_melati):
    from django.utils.translation import override

    with override("en"):
        english = sell((gula, "1"))
    with override("id"):
        indonesian = sell((gula, "1"))
    memos = [sale.journal.memo.replace(f"{sale.number}", "n") for sale in (english, indonesian)]
    assert memos[0] == memos[1]


def test_the_same_key_and_content_returns_the_first_sale(sell, gula, in_melati):
    first = sell((gula, "2"), key=KEY)
    again = sell((gula, "2"), key=KEY)
    assert again == first
    assert again.is_repeat
    assert not first.is_repeat
    assert Sale.objects.of(in_melati).count() == 1
    assert left(gula)[0] == 46
    assert AuditEvent.objects.of(in_melati).filter(action="sale.sell").count() == 1


def test_a_retry_after_the_goods_ran_out_returns_the_first_sale(sell, gula, budi):
    first = sell((gula, "48"), key=KEY)
    products.retire(product=gula, by=budi)
    assert sell((gula, "48"), key=KEY) == first


@pytest.mark.parametrize("change", [{"paid_idr": 60_000}, {"tier": PriceTier.WHOLESALE}])
def test_other_content_under_the_same_key_is_refused(sell, gula, change):
    sell((gula, "2"), key=KEY)
    with pytest.raises(KeyReused):
        sell((gula, "2"), key=KEY, **change)


def test_other_goods_at_the_same_price_under_the_same_key_are_refused(sell, gula, gerai, budi):
    from tests.shops.conftest import stocked

    twin = products.add(
        on=MONDAY,
        cooperative=gerai.cooperative,
        particulars=particulars(gerai, name="Gula Jawa"),
        by=budi,
    )
    stocked(twin, "5", 16_200, budi)
    sell((gula, "1"), key=KEY)
    with pytest.raises(KeyReused):
        sell((twin, "1"), key=KEY)


# --- What is refused -------------------------------------------------------------------------


def refused(call, words):
    """Nothing is left behind by a refusal, and its words say what is wrong."""
    with pytest.raises(sales.SaleRefused, match=words):
        call()
    assert not Sale.objects.of(sales_scope()).exists()


def sales_scope():
    from kkmp.registry import scope

    return scope.current_cooperative_id()


def test_an_empty_basket_is_refused(sell):
    refused(lambda: sell(), "basket is empty")


@pytest.mark.parametrize("quantity", ["0", "-1"])
def test_nothing_or_less_is_refused(sell, gula, quantity):
    refused(lambda: sell((gula, quantity)), "more than zero")


def test_half_a_pack_is_refused(sell, gula):
    refused(lambda: sell((gula, "0.5")), "per whole bks")


def test_more_than_three_decimals_are_refused(sell, telur):
    refused(lambda: sell((telur, "0.0005")), "three decimals")


def test_a_quantity_beyond_reason_is_refused(sell, gula):
    refused(lambda: sell((gula, "1000000000")), "too large")


def test_more_than_there_is_is_refused_with_what_is_left(sell, gula, telur):
    refused(lambda: sell((telur, "1"), (gula, "49")), "Not enough Gula Pasir 1 kg: 48 bks left")
    assert left(telur)[0] == Decimal("87.25")


def test_goods_of_two_prices_in_one_basket_are_refused(sell, gula, gerai, sari, in_melati):
    lines = [
        sales.SoldLine(gula.id, Decimal(1), PriceTier.GENERAL),
        sales.SoldLine(gula.id, Decimal(1), PriceTier.WHOLESALE),
    ]
    refused(lambda: sell(lines=lines), "two prices")


def test_a_retired_product_is_refused(sell, gula, budi):
    products.retire(product=gula, by=budi)
    refused(lambda: sell((gula, "1")), "no longer sold")


def test_goods_of_another_unit_are_refused(sell, gula, in_melati, budi):
    apotek = units.open_unit(cooperative=in_melati, name="Apotek", by=budi)
    refused(lambda: sell((gula, "1"), unit_code=apotek.code), "another unit")


def test_a_closed_unit_sells_nothing(sell, gula, gerai, budi):
    units.edit(unit=gerai, name=gerai.name, is_active=False, by=budi)
    refused(lambda: sell((gula, "1")), "closed")


def test_somebody_who_left_is_not_sold_to_as_a_member(sell, gula, ani):
    Member.objects.of(ani.cooperative_id).filter(id=ani.id).update(status=Status.LEFT)
    refused(lambda: sell((gula, "1"), member=ani), "not an active member")


def test_the_member_price_needs_a_member(sell, gula):
    refused(lambda: sell((gula, "1"), tier=PriceTier.MEMBER), "members only")


def test_goods_without_a_wholesale_price_are_not_sold_wholesale(sell, telur):
    refused(lambda: sell((telur, "1"), tier=PriceTier.WHOLESALE), "no wholesale price")


def test_a_pinch_that_costs_nothing_is_refused(sell, telur, gerai, budi):
    from tests.shops.conftest import stocked

    garam = products.add(
        on=MONDAY,
        cooperative=gerai.cooperative,
        particulars=particulars(
            gerai,
            name="Garam curah",
            is_weighed=True,
            general_price_idr=400,
            member_price_idr=400,
            wholesale_price_idr=None,
        ),
        by=budi,
    )
    stocked(garam, "1", 200, budi)
    refused(lambda: sell((garam, "0.001")), "costs nothing")


def test_too_little_money_is_refused_with_what_is_missing(sell, gula):
    refused(lambda: sell((gula, "2"), paid_idr=34_000), "Rp\xa01,000 short of Rp\xa035,000")


def test_an_absurd_amount_of_money_is_refused(sell, gula):
    refused(lambda: sell((gula, "2"), paid_idr=1_000_000_001), "too large")


def test_a_total_other_than_the_one_shown_is_refused(sell, gula):
    refused(lambda: sell((gula, "2"), shown_idr=34_000), "now Rp\xa035,000")
    assert sell((gula, "2"), shown_idr=35_000).total_idr == 35_000


def test_what_was_shown_is_the_rounded_amount(sell, telur):
    refused(lambda: sell((telur, "1.255"), shown_idr=36_395), "now Rp\xa036,400")
    sale = sell((telur, "1.255"), shown_idr=36_400)
    assert (sale.total_idr, sale.rounding_idr) == (36_395, 5)


def test_goods_that_cost_nothing_post_no_cost(sell, telur, gerai, budi):
    from tests.shops.conftest import stocked

    kerupuk = products.add(
        on=MONDAY,
        cooperative=gerai.cooperative,
        particulars=particulars(gerai, name="Kerupuk", is_weighed=True),
        by=budi,
    )
    stocked(kerupuk, "1", 1, budi)
    sale = sell((kerupuk, "0.25"))
    assert sale.cost_idr == 0
    assert posted(sale) == [("1-1102", 4_400, 0), ("4-1102", 0, 4_375), ("6-1109", 0, 25)]


def test_a_sale_keeps_to_its_statements(sell, gula, telur, ani):
    with CaptureQueriesContext(connection) as captured:
        sell((gula, "2"), (telur, "1.5"), member=ani)
    assert len(captured) <= 4, "\n".join(query["sql"][:110] for query in captured)


def test_books_and_shelves_agree_after_a_day(sell, gula, telur, ani, in_melati):
    for many in ("1.275", "0.004", "12.5"):
        sell((telur, many), (gula, "3"), member=ani)
    merchandise = Balance.objects.of(in_melati).filter(account__code="1-1131")
    balance = sum(row.debit_idr - row.credit_idr for row in merchandise)
    assert balance == stock_queries.stock_value_idr(in_melati)
    assert stock_queries.stock_differences(in_melati) == []
    assert Journal.objects.of(in_melati).filter(kind="sale").count() == 3
    assert StockMovement.objects.of(in_melati).filter(kind="sale").count() == 6
    assert SaleLine.objects.of(in_melati).count() == 6
    assert BusinessUnit.objects.of(in_melati).count() == 1
    connection.check_constraints()


def test_a_basket_is_not_sold_into_a_shift_that_its_page_does_not_show(sell, gula, shift):
    with pytest.raises(sales.OtherShift):
        sell((gula, "1"), needs_shift=True, shift_id=KEY)
    assert sell((gula, "1"), needs_shift=True, shift_id=shift.id).shift_id == shift.id


def test_a_sale_that_was_made_is_told_again_whatever_shift_is_open_now(sell, gula, shift):
    first = sell((gula, "1"), needs_shift=True, shift_id=shift.id, key=KEY)
    assert sell((gula, "1"), needs_shift=True, shift_id=None, key=KEY) == first


def test_nothing_is_sold_in_the_name_of_somebody_whose_leaving_is_open(sell, gula, ani, rini):
    asked = exits.request(member=ani, reason=ExitReason.MOVED, key=new_id(), on=MONDAY, by=rini)
    refused(lambda: sell((gula, "2"), member=ani), "it has not been decided yet")
    refused(lambda: sell((gula, "2"), member=ani), "Sell without the name, at the general price")
    assert not Sale.objects.of(ani.cooperative_id).exists()
    assert sell((gula, "2")).total_idr == 35_000
    exits.take_back(exit=asked, by=rini)
    assert sell((gula, "2"), member=ani, key=new_id()).total_idr == 34_600
