"""Each rule of the tills' tables is broken, and must hold by itself."""

from decimal import Decimal

import pytest
from django.db import connection

from finance.ledger.services import ledger
from finance.models import Journal
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.drawers.services import shifts
from shops.models import (
    CashMovement,
    CashReason,
    CountedCash,
    CreditPayment,
    CreditTerms,
    GoodsRule,
    Method,
    Pack,
    Price,
    ReceiptCopy,
    Refund,
    ReturnedLine,
    SaleLine,
    SalePayment,
    Settlement,
    Shift,
    TillSettings,
    UnknownCode,
    VoucherBatch,
)
from shops.returns.services import returns
from shops.till import queries
from tests.conftest import MONDAY
from tests.shops.conftest import KEY, MORNING, fill_cash_box, open_shift
from tests.shops.test_database_rules import copied, insert, refused
from tests.shops.till.test_selling_rules import dus, packed
from tests.shops.till.test_tenders import voucher

__all__ = ["dus", "voucher"]


def breaks(rule, row, **changes):
    with refused(rule):
        insert(row, **changes)


# --- Goods -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"institution_price_idr": 0}, "shops_product_institution_is_no_more"),
        ({"institution_price_idr": 17_501}, "shops_product_institution_is_no_more"),
        ({"is_service": True}, "shops_product_service_earns_somewhere"),
        ({"income_code": "4-1306"}, "shops_product_service_earns_somewhere"),
    ],
)
def test_a_product_keeps_its_new_rules(gula, changes, rule):
    breaks(rule, gula, **{"name": "Lain", "code": ""} | changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_pack_name"),
        ({"name": "bal"}, "shops_pack_code"),
        ({"name": "bal", "code": "", "factor": 0}, "shops_pack_holds_something"),
    ],
)
def test_a_pack_keeps_its_rules(dus, changes, rule):
    breaks(rule, dus, **changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_price_once"),
        ({"min_quantity": 2, "price_idr": 0}, "shops_price_positive"),
        ({"min_quantity": 0}, "shops_price_positive"),
        ({"min_quantity": 2, "valid_until": MONDAY.replace(day=1)}, "shops_price_ends_after"),
    ],
)
def test_a_price_keeps_its_rules(gula, changes, rule):
    price = Price.objects.create(
        cooperative=gula.cooperative,
        product=gula,
        tier="general",
        price_idr=17_000,
        valid_from=MONDAY,
    )
    breaks(rule, price, **changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_rule_once"),
        ({"ceiling_idr": 0}, "shops_rule_positive"),
        ({"most_quantity": 0}, "shops_rule_positive"),
        ({"valid_until": MONDAY.replace(day=1)}, "shops_rule_ends_after"),
    ],
)
def test_a_rule_keeps_its_rules(gula, changes, rule):
    kept = GoodsRule.objects.create(
        cooperative=gula.cooperative, product=gula, valid_from=MONDAY, source="SK"
    )
    day = {} if rule == "shops_rule_once" else {"valid_from": MONDAY.replace(day=2)}
    breaks(rule, kept, **day | changes)


def test_an_unknown_code_is_open_once(in_melati, sari):
    noted = UnknownCode.objects.create(cooperative=in_melati, code="899", noted_by=sari)
    insert(noted, is_done=True)
    breaks("shops_unknowncode_open_once", noted)


def test_the_settings_are_one_row_with_a_step(in_melati):
    kept = TillSettings.objects.create(cooperative=in_melati)
    breaks("shops_tillsettings_one_row", kept)
    with refused("shops_tillsettings_step"):
        TillSettings.objects.of(in_melati).update(cash_step_idr=0)


# --- Sales and payments ----------------------------------------------------------------------


@pytest.fixture
def shift(gerai, sari):
    return open_shift(gerai, sari, float_idr=100_000)


@pytest.fixture
def sale(sell, gula, shift):
    return sell((gula, "2"), needs_shift=True, paid_idr=50_000)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"discount_idr": -1}, "shops_sale_amounts"),
        ({"rounding_idr": 100}, "shops_sale_change_fits"),
    ],
)
def test_a_sale_keeps_its_new_rules(sale, changes, rule):
    breaks(rule, sale, **{"number": 2, "key": KEY} | changes)


def test_a_line_keeps_its_new_rules(sell, dus):
    (line,) = SaleLine.objects.of(dus.cooperative).filter(sale=sell(lines=packed(dus, "1")))
    for changes in ({"pack_quantity": None}, {"pack_quantity": 0}, {"pack_id": None}):
        breaks("shops_saleline_pack_whole", line, **{"position": 2} | changes)
    breaks("shops_saleline_amounts", line, position=2, discount_idr=-1)


@pytest.fixture
def payment(sale):
    return SalePayment.objects.of(sale.cooperative_id).get(sale=sale)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"position": 1}, "shops_payment_position"),
        ({"amount_idr": 0}, "shops_payment_positive"),
        ({"method": "beras"}, "shops_payment_method"),
        ({"method": "voucher"}, "shops_payment_voucher"),
        ({"method": "savings"}, "shops_payment_savings"),
        ({"method": "credit"}, "shops_payment_credit"),
        ({"due_on": MONDAY}, "shops_payment_credit"),
    ],
)
def test_a_payment_keeps_its_rules(payment, changes, rule):
    breaks(rule, payment, **{"position": 2} | changes)


def test_a_voucher_belongs_to_a_payment_by_voucher(payment, voucher):
    breaks("shops_payment_voucher", payment, position=2, voucher_id=voucher.pk)


def test_a_payment_added_later_no_longer_adds_up(payment):
    connection.check_constraints()
    with refused("its payments of 70000"):
        insert(payment, position=2)


def test_a_discount_that_no_line_bears_does_not_add_up(sale, in_melati):
    connection.check_constraints()
    (line,) = SaleLine.objects.of(in_melati).filter(sale=sale)
    opening = Journal.objects.of(in_melati).get(kind="opening.stock")
    other = copied(sale, number=9, key=KEY, journal_id=opening.pk, discount_idr=5)
    (paid,) = SalePayment.objects.of(in_melati).filter(sale=sale)
    with refused("is of 35000"):
        other.save(force_insert=True)
        insert(line, sale_id=other.pk)
        insert(paid, sale_id=other.pk)


# --- Vouchers and credit ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_voucher_code"),
        ({"code": "X", "left_idr": -1}, "shops_voucher_left"),
        ({"code": "X", "left_idr": 20_001}, "shops_voucher_left"),
    ],
)
def test_a_voucher_keeps_its_rules(voucher, changes, rule):
    breaks(rule, voucher, **changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_voucherbatch_key"),
        ({"key": KEY, "value_idr": 0}, "shops_voucherbatch_amounts"),
        ({"key": KEY, "count": 0}, "shops_voucherbatch_amounts"),
    ],
)
def test_a_batch_keeps_its_rules(voucher, changes, rule):
    breaks(rule, VoucherBatch.objects.of(voucher.cooperative).get(), **changes)


def test_credit_has_one_limit_a_member(ani):
    terms = CreditTerms.objects.create(cooperative=ani.cooperative, member=ani, limit_idr=0)
    breaks("shops_credit_one_a_member", terms)
    with refused("shops_credit_limit"):
        CreditTerms.objects.of(ani.cooperative).update(limit_idr=-1)


@pytest.fixture
def journal(in_melati, budi):
    return ledger.post(
        cooperative=in_melati,
        kind="manual",
        memo="x",
        entries=[ledger.debit("1-1101", 1), ledger.credit("4-9101", 1)],
        key=new_id(),
        on=MONDAY,
        by=budi,
    )


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"number": 2}, "shops_creditpayment_key"),
        ({"key": KEY}, "shops_creditpayment_number"),
        ({"number": 2, "key": KEY, "amount_idr": 0}, "shops_creditpayment_amount"),
        ({"number": 2, "key": KEY, "method": "voucher"}, "shops_creditpayment_amount"),
        (
            {"number": 2, "key": KEY, "method": "qris", "rounding_idr": 5},
            "shops_creditpayment_rounding",
        ),
    ],
)
def test_a_payment_of_credit_keeps_its_rules(ani, journal, budi, changes, rule):
    paid = CreditPayment.objects.create(
        cooperative=ani.cooperative,
        member=ani,
        number=1,
        date=MONDAY,
        method=Method.CASH,
        amount_idr=1,
        journal=journal,
        key=new_id(),
        by=budi,
    )
    breaks(rule, paid, **changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_settlement_key"),
        ({"key": KEY, "gross_idr": 0}, "shops_settlement_amounts"),
        ({"key": KEY, "fee_idr": 10}, "shops_settlement_amounts"),
        ({"key": KEY, "fee_idr": -1}, "shops_settlement_amounts"),
    ],
)
def test_a_settlement_keeps_its_rules(in_melati, journal, budi, changes, rule):
    settled = Settlement.objects.create(
        cooperative=in_melati,
        method=Method.QRIS,
        date=MONDAY,
        gross_idr=10,
        journal=journal,
        key=new_id(),
        by=budi,
    )
    breaks(rule, settled, **changes)


# --- Shifts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"number": 2}, "shops_shift_key"),
        ({"key": KEY}, "shops_shift_number"),
        ({"number": 2, "key": KEY, "drawer": "Laci 2"}, "shops_shift_one_a_cashier"),
        ({"float_idr": -1}, "shops_shift_float"),
        ({"closed_at": MORNING}, "shops_shift_closed_whole"),
        ({"counted_idr": 0}, "shops_shift_closed_whole"),
    ],
)
def test_a_shift_keeps_its_rules(shift, changes, rule):
    breaks(rule, shift, **changes)


def test_a_drawer_is_open_once(shift, budi):
    breaks("shops_shift_one_a_drawer", shift, number=2, key=KEY, cashier_id=budi.pk)


@pytest.fixture
def closed(shift):
    fill_cash_box(shift.cooperative, 100)
    shifts.move_cash(
        shift=shift,
        reason=CashReason.CHANGE,
        amount_idr=100,
        note="",
        key=new_id(),
        at=MORNING,
        by=shift.cashier,
    )
    counted = shifts.Counted({100_000: 1, 100: 1})
    return shifts.close(
        shift=shift, counted=counted, note="", key=new_id(), at=MORNING, by=shift.cashier
    )


@pytest.mark.parametrize(
    "changes",
    [{"counted_idr": -1}, {"counted_idr": None}, {"expected_idr": None}, {"closed_by_id": None}],
)
def test_a_closed_shift_is_closed_whole(closed, changes):
    breaks("shops_shift_closed_whole", closed, **{"number": 2, "key": KEY} | changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_count_once"),
        ({"denomination_idr": 7}, "shops_count_of_known_money"),
        ({"denomination_idr": 500, "pieces": 0}, "shops_count_of_known_money"),
    ],
)
def test_a_count_keeps_its_rules(closed, changes, rule):
    counted = CountedCash.objects.of(closed.cooperative).filter(shift=closed)
    breaks(rule, counted.get(denomination_idr=100), **changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_cashmovement_key"),
        ({"key": KEY, "amount_idr": -1}, "shops_cashmovement_direction"),
        ({"key": KEY, "reason": "expense"}, "shops_cashmovement_direction"),
        ({"key": KEY, "reason": "gift"}, "shops_cashmovement_direction"),
    ],
)
def test_money_moves_the_way_its_reason_says(closed, changes, rule):
    breaks(rule, CashMovement.objects.of(closed.cooperative).get(shift=closed), **changes)


# --- Returns ---------------------------------------------------------------------------------


@pytest.fixture
def returned(sale, shift, sari, budi):
    return returns.take_back(
        sale=sale,
        quantities={queries.lines_of(sale)[0].id: Decimal(1)},
        reason="Rusak",
        key=new_id(),
        at=MORNING,
        approved=returns.Approved(sari, budi, shift),
    )


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"number": 2}, "shops_return_key"),
        ({"key": KEY}, "shops_return_number"),
        ({"key": KEY, "number": 2}, "shops_return_journal"),
        ({"key": KEY, "number": 2, "total_idr": -1}, "shops_return_amounts"),
        ({"key": KEY, "number": 2, "cost_idr": -1}, "shops_return_amounts"),
    ],
)
def test_a_return_keeps_its_rules(returned, changes, rule):
    breaks(rule, returned, **changes)


def test_a_sale_is_voided_once(returned, journal, budi):
    insert(returned, kind="void", number=2, key=KEY, journal_id=journal.pk)
    sales = Journal.objects.of(returned.cooperative).filter(kind="opening.stock").first()
    breaks(
        "shops_return_voided_once",
        returned,
        kind="void",
        number=3,
        key=new_id(),
        journal_id=sales.pk,
    )


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_returnedline_once"),
        ({"quantity": 0}, "shops_returnedline_amounts"),
        ({"total_idr": -1}, "shops_returnedline_amounts"),
    ],
)
def test_a_line_that_came_back_keeps_its_rules(returned, changes, rule):
    breaks(rule, ReturnedLine.objects.of(returned.cooperative).get(), **changes)


@pytest.mark.parametrize(
    ("changes", "rule"), [({}, "shops_refund_once"), ({"amount_idr": 0}, "shops_refund_positive")]
)
def test_a_refund_keeps_its_rules(returned, changes, rule):
    breaks(rule, Refund.objects.of(returned.cooperative).get(), **changes)


def test_a_copy_is_printed_once(sale, sari):
    printed = ReceiptCopy.objects.create(
        cooperative=sale.cooperative, sale=sale, copy=0, printed_by=sari
    )
    insert(printed, copy=1)
    breaks("shops_receiptcopy_once", printed)


# --- Closed, and elsewhere -------------------------------------------------------------------


@pytest.mark.parametrize("changes", [{"note": "x"}, {"closed_at": None, "closed_by": None}])
def test_a_closed_shift_never_changes(closed, changes):
    with refused("a closed shift never changes"):
        Shift.objects.of(closed.cooperative).filter(id=closed.id).update(**changes)


def test_nothing_points_into_another_cooperative(melati, mawar, budi, joko):
    from tests.shops.conftest import open_gerai, stock_gula

    with scope.cooperative(mawar.pk):
        theirs = stock_gula(open_gerai(mawar, joko), joko)
        unit = theirs.unit
    with scope.cooperative(melati.pk):
        rows = [
            Pack(cooperative=melati, product_id=theirs.pk, name="dus", factor=2),
            Price(cooperative=melati, product_id=theirs.pk, price_idr=1, valid_from=MONDAY),
            GoodsRule(cooperative=melati, product_id=theirs.pk, valid_from=MONDAY, source="SK"),
            Shift(
                cooperative=melati,
                unit_id=unit.pk,
                number=1,
                drawer="Laci",
                cashier=budi,
                opened_at=MORNING,
                float_idr=0,
                key=KEY,
            ),
        ]
        for row in rows:
            with refused("_tenant"):
                row.save(force_insert=True)
