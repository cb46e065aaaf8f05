"""Voids and returns: exact mirrors of the sale, whatever it was paid with."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from finance.ledger import checks
from finance.ledger import queries as books
from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.ledger.services.ledger import KeyReused
from finance.models import Line
from kkmp.access.models import AuditEvent
from kkmp.lib.ids import new_id
from kkmp.registry.models import DayFigures
from shops.drawers import cash
from shops.drawers.services import shifts
from shops.goods.services import products
from shops.models import (
    CashMovement,
    Method,
    Refund,
    ReturnedLine,
    SaleReturn,
    StockMovement,
    TillSettings,
)
from shops.returns.services import returns
from shops.returns.services.left import ReturnRefused
from shops.returns.services.returns import Approved
from shops.till import queries as till_queries
from shops.till.services.sales import SoldLine, Tender
from tests.conftest import MONDAY
from tests.shops.conftest import KEY, MORNING, fill_cash_box, open_shift, particulars
from tests.shops.till.test_sales import left, posted
from tests.shops.till.test_selling_rules import dus, ongkir, packed
from tests.shops.till.test_tenders import by, credit, held, left_on, saved, voucher

__all__ = ["credit", "dus", "ongkir", "saved", "voucher"]
LATER = MORNING + timedelta(days=1)


@pytest.fixture
def drawer(gerai, sari):
    return open_shift(gerai, sari, float_idr=500_000)


@pytest.fixture
def back(drawer, sari, budi):
    """Take back as Sari, approved by Budi: ``back(sale, {line: "1"})``."""

    def do(sale, parts=None, *, key=None, reason="Rusak", at=LATER, approver=budi):
        wanted = parts and {line.id: Decimal(many) for line, many in parts}
        return returns.take_back(
            sale=sale,
            quantities=wanted,
            reason=reason,
            key=key or new_id(),
            at=at,
            approved=Approved(sari, approver, drawer),
        )

    return do


def refused(words, call):
    with pytest.raises(ReturnRefused, match=words):
        call()


def net(cooperative):
    """What sales and returns left on each account, zeros left out."""
    found = {}
    rows = Line.objects.of(cooperative).filter(journal__kind__in=["sale", "sale.return"])
    for line in rows.select_related("account"):
        code = line.account.code
        found[code] = found.get(code, 0) + line.debit_idr - line.credit_idr
    return {code: amount for code, amount in found.items() if amount}


def refunds(returned):
    rows = Refund.objects.of(returned.cooperative).filter(returned=returned)
    return {one.payment.method: one.amount_idr for one in rows.select_related("payment")}


# --- The whole -------------------------------------------------------------------------------


def test_a_void_mirrors_its_sale_line_by_line(sell, back, telur, ani, in_melati, drawer):
    sale = sell((telur, "1.255"), member=ani)
    returned = back(sale, at=MORNING)
    mirrored = sorted((code, debit, credit) for code, credit, debit in posted(returned))
    assert mirrored == sorted(posted(sale))
    assert (returned.kind, returned.number) == ("void", 1)
    assert (returned.total_idr, returned.cost_idr) == (sale.total_idr, sale.cost_idr)
    assert returned.rounding_idr == sale.rounding_idr != 0
    assert left(telur) == (Decimal("87.25"), 2_312_125)
    assert net(in_melati) == {}
    assert checks.differences(in_melati) == []


def test_the_parties_of_a_members_sale_are_those_of_its_return(sell, back, gula, ani, in_melati):
    returned = back(sell((gula, "2"), member=ani))
    lines = Line.objects.of(in_melati).filter(journal=returned.journal, party=ani.party)
    assert {line.account.code for line in lines.select_related("account")} == {"4-1101", "5-1101"}


def test_a_sale_of_15720_to_the_step_of_50_and_its_return(sell, back, gerai, budi, in_melati):
    from tests.shops.conftest import stocked

    TillSettings.objects.create(cooperative=in_melati, cash_step_idr=50)
    beras = products.add(
        on=MONDAY,
        cooperative=in_melati,
        particulars=particulars(
            gerai,
            name="Beras",
            general_price_idr=15_720,
            member_price_idr=15_720,
            wholesale_price_idr=None,
        ),
        by=budi,
    )
    stocked(beras, "5", 14_000, budi)
    sale = sell(
        (beras, "1"), payments=[Tender(Method.TRANSFER, 10_000), Tender(Method.CASH, 6_000)]
    )
    assert [(one.method, one.amount_idr) for one in sale.paid_by] == [
        ("transfer", 10_000),
        ("cash", 5_700),
    ]
    returned = back(sale)
    assert (sale.rounding_idr, returned.rounding_idr) == (-20, -20)
    assert refunds(returned) == {"transfer": 10_000, "cash": 5_700}
    assert net(in_melati) == {}


def test_the_drawer_pays_back_what_was_cash(sell, back, gula, drawer):
    sale = sell((gula, "2"), needs_shift=True, payments=[by("qris", 5_000), by("cash", 30_000)])
    assert cash.expected_idr(drawer) == 530_000
    back(sale)
    assert cash.cash_of(drawer).refunds_idr == -30_000
    assert cash.expected_idr(drawer) == 500_000


def test_another_shift_may_pay_back(sell, gula, gerai, sari, budi, in_melati):
    first = open_shift(gerai, sari)
    sale = sell((gula, "1"), needs_shift=True)
    second = open_shift(gerai, budi, float_idr=20_000)
    returns.take_back(
        sale=sale,
        quantities=None,
        reason="Salah",
        key=KEY,
        at=LATER,
        approved=Approved(budi, sari, second),
    )
    assert cash.expected_idr(first) == 17_500
    assert cash.expected_idr(second) == 2_500
    assert checks.differences(in_melati) == []


# --- Parts -----------------------------------------------------------------------------------


def test_parts_add_up_to_the_sale(sell, back, gula, telur, ani, in_melati, drawer):
    sale = sell((gula, "3"), (telur, "1.255"), member=ani)
    sugar, eggs = till_queries.lines_of(sale)
    kinds = [back(sale, [(sugar, "1")]).kind, back(sale, [(eggs, "0.255"), (sugar, "1")]).kind]
    kinds.append(back(sale).kind)
    assert kinds == ["return"] * 3
    assert net(in_melati) == {}
    assert left(gula) == (48, 48 * 16_200)
    assert left(telur) == (Decimal("87.25"), 2_312_125)
    back_ = ReturnedLine.objects.of(in_melati)
    assert sum(row.total_idr for row in back_) == sale.total_idr
    assert sum(one.amount_idr for one in Refund.objects.of(in_melati)) == (
        sale.total_idr + sale.rounding_idr
    )
    assert cash.expected_idr(drawer) == 500_000 - (sale.total_idr + sale.rounding_idr)
    assert checks.differences(in_melati) == []


def test_a_pack_comes_back_by_the_piece(sell, back, gula, dus):
    sale = sell(lines=packed(dus, "1"))
    (line,) = till_queries.lines_of(sale)
    returned = back(sale, [(line, "3")])
    assert (returned.total_idr, returned.cost_idr) == (51_250, 3 * 16_200)
    assert left(gula) == (39, 39 * 16_200)


def test_two_lines_of_one_product_move_the_shelf_once(sell, back, gula, dus, in_melati):
    sale = sell(lines=[*packed(dus, "1"), SoldLine(gula.id, Decimal(3))])
    returned = back(sale)
    (moved,) = StockMovement.objects.of(in_melati).filter(journal=returned.journal)
    assert (moved.kind, moved.quantity, moved.value_idr) == ("return", 15, 15 * 16_200)


def test_goods_come_back_at_what_they_had_cost(sell, back, gula, budi, in_melati):
    """The average has moved since: what comes back brings its own cost."""
    sale = sell((gula, "10"))
    sell((gula, "38"))
    back(sale)
    assert left(gula) == (10, 162_000)


def test_a_service_comes_back_without_stock(sell, back, gula, ongkir, in_melati):
    sale = sell((gula, "1"), (ongkir, "2"))
    returned = back(sale, [(till_queries.lines_of(sale)[1], "1")])
    assert posted(returned) == [("4-1306", 5_000, 0), ("1-1102", 0, 5_000)]
    assert not StockMovement.objects.of(in_melati).filter(journal=returned.journal).exists()


def test_a_discount_comes_back_as_it_was_given(sell, back, gula, in_melati):
    sale = sell((gula, "2"), discount_idr=1_000, may_discount=True)
    assert back(sale, [(till_queries.lines_of(sale)[0], "1")]).total_idr == 17_000
    back(sale)
    assert net(in_melati) == {}


# --- Payments --------------------------------------------------------------------------------


def test_money_goes_back_in_the_order_of_methods(
    sell, back, gula, ani, credit, saved, voucher, in_melati
):
    sale = sell(
        (gula, "5"),
        member=ani,
        payments=[
            by("voucher", 20_000, "AB12CD34"),
            by("qris", 10_000),
            by("savings", 10_000),
            by("transfer", 10_000),
            by("credit", 10_000),
            by("cash", 30_000),
        ],
    )
    (line,) = till_queries.lines_of(sale)
    seen = [refunds(back(sale, [(line, "1")])) for _time in range(4)]
    assert seen == [
        {"credit": 10_000, "savings": 7_300},
        {"savings": 2_700, "voucher": 14_600},
        {"voucher": 5_400, "transfer": 10_000, "qris": 1_900},
        {"qris": 8_100, "cash": 9_200},
    ]
    assert refunds(back(sale)) == {"cash": 17_300}
    assert (held(ani, saved), left_on(voucher)) == (30_000, 20_000)
    assert books.party_balance(in_melati, Code.MEMBER_CREDIT, ani.party_id) == 0
    assert net(in_melati) == {}
    assert checks.differences(in_melati) == []


def test_savings_come_back_as_an_entry_of_the_members(sell, back, gula, ani, saved, in_melati):
    sale = sell((gula, "1"), member=ani, payments=[by("savings", 17_300)])
    returned = back(sale)
    refund = Refund.objects.of(in_melati).select_related("entry").get(returned=returned)
    assert (refund.entry.amount_idr, refund.entry.balance_after_idr) == (17_300, 30_000)
    voluntary = DayFigures.objects.of(in_melati).filter(unit="").order_by("date")
    assert [day.voluntary_idr for day in voluntary] == [12_700, 17_300]
    assert AuditEvent.objects.of(in_melati).filter(action="savings.sale_returned").exists()


# --- Figures and audit -----------------------------------------------------------------------


def test_turnover_falls_on_the_day_of_the_return(sell, back, gula, ani, in_melati):
    sale = sell((gula, "2"), member=ani)
    back(sale)
    days = DayFigures.objects.of(in_melati).filter(unit="gerai").order_by("date")
    assert [(d.member_turnover_idr, d.cost_idr, d.sales) for d in days] == [
        (34_600, 32_400, 1),
        (-34_600, -32_400, 0),
    ]


def test_who_let_it_happen_is_on_record(sell, back, gula, sari, budi, in_melati):
    sale = sell((gula, "1"))
    returned = back(sale, reason="  Kemasan  sobek ")
    event = AuditEvent.objects.of(in_melati).get(action="sale.void")
    assert (event.actor, event.details["approved_by"]) == (sari, str(budi.pk))
    assert (event.details["reason"], event.details["sale"]) == ("Kemasan sobek", sale.number)
    assert (returned.by, returned.approved_by) == (sari, budi)
    assert "Kemasan sobek" in returned.journal.memo


# --- What is refused -------------------------------------------------------------------------


def test_nothing_comes_back_twice(sell, back, gula):
    sale = sell((gula, "2"))
    (line,) = till_queries.lines_of(sale)
    back(sale, [(line, "1")])
    refused("at most 1 can come back", lambda: back(sale, [(line, "2")]))
    back(sale)
    refused("Nothing of this sale is left", lambda: back(sale))


def test_lines_of_another_sale_do_not_come_back(sell, back, gula):
    sale, other = sell((gula, "1")), sell((gula, "1"))
    refused("not of this sale", lambda: back(sale, [(till_queries.lines_of(other)[0], "1")]))


def test_it_needs_a_reason_and_somebody_else(sell, back, gula, sari):
    sale = sell((gula, "1"))
    refused("Write why", lambda: back(sale, reason="  "))
    refused("Somebody else has to approve", lambda: back(sale, approver=sari))


def test_a_closed_shift_pays_nothing_back(sell, back, gula, drawer, in_melati):
    sale = sell((gula, "1"))
    shifts.close(
        shift=drawer,
        counted=shifts.Counted({100_000: 5}),
        note="",
        key=new_id(),
        at=LATER,
        by=drawer.cashier,
    )
    refused("closed already", lambda: back(sale))
    assert not SaleReturn.objects.of(in_melati).exists()


def test_the_same_key_returns_once(sell, back, gula, in_melati):
    sale = sell((gula, "2"))
    (line,) = till_queries.lines_of(sale)
    first = back(sale, [(line, "1")], key=KEY)
    again = back(sale, [(line, "1.000")], key=KEY)
    assert (again, again.is_repeat, first.is_repeat) == (first, True, False)
    assert left(gula)[0] == 47
    with pytest.raises(KeyReused):
        back(sale, [(line, "2")], key=KEY)


# --- What the drawer does not hold -----------------------------------------------------------


@pytest.fixture
def empty(gerai, sari):
    """A drawer that was opened without a float, while the sales went elsewhere."""
    return open_shift(gerai, sari)


def brought(sale, shift, sari, budi, brought_idr=0, **changes):
    with transaction.atomic():
        return returns.take_back(
            sale=sale,
            quantities=None,
            reason="Rusak",
            key=KEY,
            at=MORNING,
            approved=Approved(sari, budi, shift, brought_idr),
            **changes,
        )


def test_a_drawer_pays_back_no_more_than_it_holds(sell, gula, empty, sari, budi, in_melati):
    sale = sell((gula, "2"))
    with pytest.raises(shifts.DrawerShort, match=r"cannot be Rp\xa035,000 in the drawer"):
        brought(sale, empty, sari, budi)
    assert not SaleReturn.objects.of(in_melati).exists()
    assert left(gula)[0] == 46
    assert cash.expected_idr(empty) == 0


def test_what_is_missing_comes_from_the_main_cash_box(sell, gula, empty, sari, budi, in_melati):
    fill_cash_box(in_melati, 40_000)
    sale = sell((gula, "2"))
    brought(sale, empty, sari, budi, 35_000)
    (moved,) = CashMovement.objects.of(in_melati)
    assert (moved.amount_idr, moved.reason, moved.by) == (35_000, "change", budi)
    assert cash.expected_idr(empty) == 0
    assert books.balance_of_all_time(in_melati, Code.CASH) == 5_000
    assert brought(sale, empty, sari, budi, 35_000).is_repeat
    assert CashMovement.objects.of(in_melati).count() == 1


def test_what_the_main_cash_box_lacks_is_not_brought(sell, gula, empty, sari, budi, in_melati):
    fill_cash_box(in_melati, 34_999)
    sale = sell((gula, "2"))
    with pytest.raises(ledger.NotInCash) as refusal:
        brought(sale, empty, sari, budi, 35_000)
    # It is read at the cashier's screen.
    assert "34" not in str(refusal.value)
    assert not CashMovement.objects.of(in_melati).exists()
    assert not SaleReturn.objects.of(in_melati).exists()
