"""A Monday at a shop in which every kind of row comes to be, for whoever looks at them."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from kkmp.access.models import User
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.credit.services import credits
from shops.drawers.services import movements, shifts
from shops.goods.services import packs, prices, rules, unknown_codes
from shops.models import (
    CashReason,
    CreditPayment,
    Method,
    Period,
    PriceTier,
    Sale,
    SaleReturn,
    Settlement,
    Shift,
    Voucher,
    VoucherBatch,
)
from shops.receipts.services import receipts
from shops.settings.services import till_settings
from shops.settling.services import confirming, settlements
from shops.vouchers.services import vouchers
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING, Shop, open_shift, sold
from tests.shops.payments.paying import give_credit, payment_of, take_back, tenders

PRICE = 17_300


@dataclass
class Monday:
    shift: Shift
    on_credit: Sale
    returned: SaleReturn
    paid: CreditPayment
    settlement: Settlement
    batch: VoucherBatch
    spent: Voucher
    by_voucher: Sale


def trade(shop: Shop, *, cashier: User, chair: User, treasurer: User) -> Monday:
    """Everything of a Monday, from the goods to the closed drawer."""
    with scope.cooperative(shop.cooperative.pk), transaction.atomic():
        _keep_goods(shop, chair)
        give_credit(shop.ani, treasurer)
    return open_and_close(shop, cashier=cashier, chair=chair, treasurer=treasurer)


def open_and_close(shop: Shop, *, cashier: User, chair: User, treasurer: User) -> Monday:
    """A shift of that day; another one may follow."""
    with scope.cooperative(shop.cooperative.pk), transaction.atomic():
        shift = open_shift(shop.unit, cashier, drawer="Laci 1", float_idr=200_000)
        move = {"shift": shift, "key": new_id(), "at": MORNING, "by": cashier}
        movements.move_cash(
            reason=CashReason.EXPENSE, amount_idr=7_500, note="Es batu (rekaan)", **move
        )
        on_credit, paid = _on_credit(shop, cashier)
        settlement = _by_bank(shop, cashier, treasurer)
        batch, spent, by_voucher = _by_voucher(shop, cashier, treasurer)
        cash = sold(shop.unit, cashier, (shop.gula, "2"), needs_shift=True)
        receipts.issue(sale=cash, by=cashier)
        returned = take_back(cash, shift, cashier, chair)
        unknown_codes.note(
            cooperative=shop.cooperative, code=f"899{shift.number}", remark="Kopi", by=cashier
        )
        shift = shifts.close(
            shift=shift,
            counted=shifts.Counted({100_000: 1, 50_000: 2}),
            note="Kurang, dicari",
            key=new_id(),
            at=MORNING,
            by=cashier,
        )
    return Monday(shift, on_credit, returned, paid, settlement, batch, spent, by_voucher)


def _keep_goods(shop: Shop, chair: User) -> None:
    """A carton, a price from a quantity on, a rule, and how cash is rounded."""
    contents = packs.Contents(name="dus", factor=Decimal(24), general_price_idr=410_000)
    packs.add(product=shop.gula, contents=contents, by=chair)
    price = prices.Terms(
        tier=PriceTier.GENERAL, price_idr=28_100, valid_from=MONDAY, min_quantity=Decimal(10)
    )
    prices.add(product=shop.telur, terms=price, on=MONDAY, by=chair)
    rule = rules.Terms(
        source="SK Kepala Dinas 7/2026 (rekaan)",
        valid_from=MONDAY,
        ceiling_idr=31_250,
        most_quantity=Decimal("2.5"),
        period=Period.WEEK,
    )
    rules.add(on=MONDAY, product=shop.telur, terms=rule, by=chair)
    till_settings.change(
        cooperative=shop.cooperative,
        choices=till_settings.Choices(cash_step_idr=500),
        version=1,
        by=chair,
    )


def _on_credit(shop: Shop, cashier: User) -> tuple[Sale, CreditPayment]:
    sale = sold(
        shop.unit,
        cashier,
        (shop.gula, "2"),
        member=shop.ani,
        payments=tenders(Method.CREDIT, 2 * PRICE),
        needs_shift=True,
    )
    paid = credits.pay(
        member=shop.ani,
        method=Method.CASH,
        amount_idr=PRICE,
        key=new_id(),
        at=MORNING,
        by=cashier,
    )
    return sale, paid


def _by_bank(shop: Shop, cashier: User, treasurer: User) -> Settlement:
    """A QRIS payment that reached the bank, and a transfer and a credit's that never came."""
    qris, transfer = (
        sold(
            shop.unit,
            cashier,
            (shop.gula, "1"),
            member=shop.ani,
            payments=tenders(method, PRICE, "TRX-1"),
            needs_shift=True,
        )
        for method in (Method.QRIS, Method.TRANSFER)
    )
    credit = credits.pay(
        member=shop.ani,
        method=Method.TRANSFER,
        amount_idr=1_000,
        key=new_id(),
        at=MORNING,
        by=treasurer,
    )
    for one in (payment_of(transfer), credit):
        confirming.record_missing(
            cooperative=shop.cooperative, id=one.id, note="Bank ditanya", on=MONDAY, by=treasurer
        )
    arrived = settlements.Arrived(
        ids=[payment_of(qris).id], net_idr=PRICE - 121, on=MONDAY, reference="BATCH-7"
    )
    return settlements.settle(
        cooperative=shop.cooperative, arrived=arrived, key=new_id(), by=treasurer
    )


def _by_voucher(shop: Shop, cashier: User, treasurer: User) -> tuple[VoucherBatch, Voucher, Sale]:
    ordered = vouchers.Ordered(
        buyer="Hadi Santoso (rekaan)",
        value_idr=20_000,
        count=3,
        valid_until=MONDAY + timedelta(days=30),
        method=Method.CASH,
        purpose="Paket Ramadan RW 03",
    )
    batch = vouchers.issue(
        cooperative=shop.cooperative, ordered=ordered, key=new_id(), on=MONDAY, by=treasurer
    )
    spent = Voucher.objects.of(shop.cooperative).filter(batch=batch).order_by("code")[0]
    sale = sold(
        shop.unit,
        cashier,
        (shop.gula, "1"),
        member=shop.ani,
        payments=tenders(Method.VOUCHER, PRICE, spent.code),
        needs_shift=True,
    )
    return batch, spent, sale
