"""Acts of the shop."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from kkmp.lib.identity import Nik
from kkmp.lib.ids import new_id
from members.pins.services.pins import Proof
from shops.credit.services import credits, ways_back
from shops.drawers.services import corrections as drawer_corrections
from shops.drawers.services import movements, shifts
from shops.models import (
    CashReason,
    Method,
    PaidAs,
    PriceTier,
    SaleLine,
)
from shops.returns.services import money_back
from shops.returns.services import returns as sale_returns
from shops.settling.services import settlements
from shops.settling.services.settlements import Arrived
from shops.stock.services import corrections as stock_corrections
from shops.stock.services import stock
from shops.till.services import sales
from shops.vouchers import queries as voucher_queries
from shops.vouchers.services import vouchers
from shops.vouchers.services import ways_back as voucher_back
from tests.conftest import MONDAY
from tests.guards.keyed.acts import (
    MORNING,
    NEXT_MORNING,
    ORDER,
    TUESDAY,
    House,
    KeyedCall,
    act,
    fields_of,
)
from tests.shops import conftest as shop


@act(stock.take_opening)
def _take_stock(house: House) -> KeyedCall:
    gula = shop.products.add(
        on=MONDAY,
        cooperative=house.cooperative,
        particulars=shop.particulars(house.unit),
        by=house.budi,
    )
    ask = {
        "cooperative": house.cooperative,
        "lines": [stock.OpeningLine(gula, Decimal(10), 16_000)],
        "on": MONDAY,
        "by": house.budi,
    }
    # The same value of other goods.
    content = {"lines": [stock.OpeningLine(gula, Decimal(16), 10_000)], "on": TUESDAY}
    return KeyedCall(ask, content, {"by": house.tono})


@act(shifts.open_shift)
def _open_shift(house: House) -> KeyedCall:
    ask = {
        "cooperative": house.cooperative,
        "unit": house.unit,
        "drawer": "Laci 1",
        "float_idr": 50_000,
        "at": MORNING,
        "by": house.sari,
    }
    content = {
        "unit": house.other_unit,
        "drawer": "Laci 2",
        "float_idr": 0,
        # The drawer is whose it is.
        "by": house.budi,
    }
    return KeyedCall(ask, content, {"at": NEXT_MORNING})


@act(movements.move_cash)
def _move_cash(house: House) -> KeyedCall:
    ask = {
        "shift": house.shift(house.sari),
        "reason": CashReason.EXPENSE,
        "amount_idr": 5_000,
        "note": "Plastik",
        "at": MORNING,
        "by": house.sari,
    }
    content = {
        "shift": house.shift(house.budi),
        "reason": CashReason.DEPOSIT,
        "amount_idr": 6_000,
        "note": "Lakban",
    }
    return KeyedCall(ask, content, {"at": NEXT_MORNING, "by": house.budi})


@act(shifts.close)
def _close(house: House) -> KeyedCall:
    ask = {
        "shift": house.shift(house.sari),
        "counted": shifts.Counted({50_000: 1}),
        "note": "",
        "at": MORNING,
        "by": house.sari,
    }
    content = {
        "shift": house.shift(house.budi),
        # The same sum in other pieces.
        "counted": shifts.Counted({20_000: 2, 10_000: 1}),
        "note": "Kurang hitung",
    }
    return KeyedCall(ask, content, {"at": NEXT_MORNING, "by": house.budi, "acts_seen": 9})


@act(sales.sell)
def _sell(house: House) -> KeyedCall:
    line = sales.SoldLine(house.gula.id, Decimal(1), PriceTier.GENERAL)
    request = sales.SaleRequest(
        unit_code=house.unit.code,
        lines=[line],
        payments=[sales.Tender(Method.CASH, 20_000)],
        key=new_id(),
    )
    ask = {
        "cooperative": house.cooperative,
        "request": request,
        "at": MORNING,
        "by": house.sari,
        "needs_shift": False,
    }
    other: dict[str, Any] = {
        "unit_code": house.other_unit.code,
        "lines": [replace(line, quantity=Decimal(2))],
        "payments": [sales.Tender(Method.CASH, 50_000)],
        "member_id": house.ani.id,
        "discount_idr": 500,
        "buyer_nik": Nik("3374114107850001"),
    }
    besides = {
        "at": NEXT_MORNING,
        "by": house.budi,
        "may_discount": True,
        "may_wholesale": True,
        "needs_shift": True,
        "request.shown_idr": 1,
        "request.proof": Proof(house.ani.id),
        "request.shift_id": new_id(),
        "request.device": "laci-2",
    }
    return KeyedCall(ask, fields_of("request", other), besides)


@act(sale_returns.take_back)
def _take_back(house: House) -> KeyedCall:
    shift, other_shift = house.shift(house.sari), house.shift(house.tono)
    sale, other = house.sold(), house.sold()
    line = SaleLine.objects.of(house.cooperative).get(sale=sale)
    approved = sale_returns.Approved(by=house.sari, approver=house.budi, shift=shift)
    ask = {
        "sale": sale,
        "quantities": {line.id: Decimal(1)},
        "reason": "Kemasan rusak",
        "at": MORNING,
        "approved": approved,
    }
    content = {
        "sale": other,
        "quantities": None,
        "reason": "Salah ambil",
        "instead": money_back.RefundWay(PaidAs.CASH, "Tini (rekaan)"),
        "approved.brought_idr": 10_000,
    }
    besides = {
        "shown_idr": 1,
        "at": NEXT_MORNING,
        "approved.by": house.tono,
        "approved.approver": house.rini,
        "approved.shift": other_shift,
    }
    return KeyedCall(ask, content, besides)


@act(ways_back.pay_out)
def _pay_out_credit(house: House) -> KeyedCall:
    for member in (house.ani, house.dian):
        ledger.post(
            cooperative=house.cooperative,
            kind="manual",
            memo="Retur (rekaan)",
            entries=[
                ledger.debit(Code.MEMBER_SALES, 20_000),
                ledger.credit(Code.MEMBER_CREDIT, 20_000, party=member.party),
            ],
            key=new_id(),
            on=MONDAY,
            by=house.tono,
        )
    ask = {
        "member": house.ani,
        "method": Method.TRANSFER,
        "amount_idr": 10_000,
        "reference": "BCA 1",
        "at": MORNING,
        "by": house.tono,
    }
    content = {
        "member": house.dian,
        "method": Method.CASH,
        "amount_idr": 11_000,
        "reference": "BCA 2",
    }
    return KeyedCall(ask, content, {"at": NEXT_MORNING, "by": house.budi, "shown_idr": 1})


@act(ways_back.undo)
def _undo_credit(house: House) -> KeyedCall:
    made = []
    for member in (house.ani, house.dian):
        credits.set_terms(member=member, limit_idr=500_000, due_days=30, version=0, by=house.tono)
        paid = [sales.Tender(Method.CREDIT, 34_600)]
        shop.sold(house.unit, house.sari, (house.gula, "2"), member=member, payments=paid)
        made.append(
            credits.pay(
                member=member,
                method=Method.CASH,
                amount_idr=10_000,
                key=new_id(),
                at=MORNING,
                by=house.tono,
                into_cash_box=True,
            )
        )
    ask = {"payment": made[0], "reason": "Salah orang", "at": MORNING, "by": house.tono}
    content = {"payment": made[1], "reason": "Dua kali"}
    return KeyedCall(ask, content, {"at": NEXT_MORNING, "by": house.budi})


@act(credits.pay)
def _pay_credit(house: House) -> KeyedCall:
    for member in (house.ani, house.dian):
        credits.set_terms(member=member, limit_idr=500_000, due_days=30, version=0, by=house.tono)
        paid = [sales.Tender(Method.CREDIT, 34_600)]
        shop.sold(house.unit, house.sari, (house.gula, "2"), member=member, payments=paid)
    ask = {
        "member": house.ani,
        "method": Method.TRANSFER,
        "amount_idr": 10_000,
        "reference": "BCA 1",
        "at": MORNING,
        "by": house.tono,
    }
    content = {
        "member": house.dian,
        "method": Method.QRIS,
        "amount_idr": 11_000,
        "reference": "BCA 2",
    }
    return KeyedCall(ask, content, {"at": NEXT_MORNING, "by": house.budi, "into_cash_box": True})


@act(settlements.settle)
def _settle(house: House) -> KeyedCall:
    paid, other = house.qris(), house.qris()
    arrived = Arrived(ids=[paid.id], net_idr=34_900, on=MONDAY, reference="X1")
    ask = {"cooperative": house.cooperative, "arrived": arrived, "by": house.tono}
    different = {"ids": [other.id], "net_idr": 34_800, "on": TUESDAY, "reference": "X2"}
    besides = {"by": house.budi, "shown_idr": 1}
    return KeyedCall(ask, fields_of("arrived", different), besides)


@act(settlements.undo)
def _unsettle(house: House) -> KeyedCall:
    ask = {"settlement": house.settled(), "reason": "Salah", "on": MONDAY, "by": house.tono}
    content = {"settlement": house.settled(), "reason": "Salah hari"}
    return KeyedCall(ask, content, {"on": TUESDAY, "by": house.budi})


@act(vouchers.issue)
def _issue(house: House) -> KeyedCall:
    ask = {"cooperative": house.cooperative, "ordered": ORDER, "on": MONDAY, "by": house.tono}
    other: dict[str, Any] = {
        "buyer": "Masjid Al-Huda (rekaan)",
        "purpose": "Paket sekolah",
        "value_idr": 25_000,
        "count": 2,
        "valid_until": MONDAY + timedelta(days=31),
        "method": Method.CASH,
        "beneficiaries": 4,
    }
    return KeyedCall(ask, fields_of("ordered", other), {"on": TUESDAY, "by": house.budi})


@act(vouchers.end)
def _end(house: House) -> KeyedCall:
    after = ORDER.valid_until + timedelta(days=1)
    ask = {"batch": house.batch(), "on": after, "by": house.tono}
    # Alike in all but that it is another one.
    besides = {"on": after + timedelta(days=1), "by": house.budi, "shown_idr": 1}
    return KeyedCall(ask, {"batch": house.batch()}, besides)


@act(vouchers.receive)
def _receive(house: House) -> KeyedCall:
    ask = {
        "batch": house.batch(),
        "method": Method.TRANSFER,
        "amount_idr": 10_000,
        "on": MONDAY,
        "by": house.tono,
    }
    content = {"batch": house.batch(), "method": Method.CASH, "amount_idr": 20_000}
    return KeyedCall(ask, content, {"on": TUESDAY, "by": house.budi})


@act(voucher_back.take_back)
def _take_vouchers_back(house: House) -> KeyedCall:
    ask = {"batch": house.batch(), "reason": "Salah pesan", "on": MONDAY, "by": house.tono}
    content = {"batch": house.batch(), "reason": "Salah pembeli"}
    return KeyedCall(ask, content, {"on": TUESDAY, "by": house.budi})


@act(voucher_back.undo)
def _undo_posting(house: House) -> KeyedCall:
    made = []
    for batch in (house.batch(), house.batch()):
        vouchers.receive(
            batch=batch,
            method=Method.TRANSFER,
            amount_idr=10_000,
            key=new_id(),
            on=MONDAY,
            by=house.tono,
        )
        made.append(voucher_queries.postings(batch).get())
    ask = {"posting": made[0], "reason": "Belum masuk", "on": MONDAY, "by": house.tono}
    content = {"posting": made[1], "reason": "Salah pembeli"}
    return KeyedCall(ask, content, {"on": TUESDAY, "by": house.budi})


@act(stock_corrections.correct_opening)
def _correct_opening(house: House) -> KeyedCall:
    ask = {
        "product": house.gula,
        "quantity": Decimal(40),
        "cost_idr": 16_000,
        "reason": "Salah hitung",
        "on": MONDAY,
        "by": house.tono,
    }
    content = {
        "product": house.telur,
        # The same value of other goods.
        "quantity": Decimal(20),
        "cost_idr": 32_000,
        "reason": "Dua kali",
    }
    return KeyedCall(ask, content, {"on": TUESDAY, "by": house.budi})


@act(drawer_corrections.undo)
def _undo_movement(house: House) -> KeyedCall:
    made = [
        movements.move_cash(
            shift=house.shift(by),
            reason=CashReason.EXPENSE,
            amount_idr=5_000,
            note="Plastik",
            key=new_id(),
            at=MORNING,
            by=by,
        )
        for by in (house.sari, house.budi)
    ]
    ask = {"movement": made[0], "reason": "Dua kali", "at": MORNING, "by": house.tono}
    content = {"movement": made[1], "reason": "Salah catat"}
    return KeyedCall(ask, content, {"at": NEXT_MORNING, "by": house.budi})


@act(drawer_corrections.correct_count)
def _correct_count(house: House) -> KeyedCall:
    closed = [
        shifts.close(
            shift=house.shift(by),
            counted=shifts.Counted({50_000: 1}),
            note="",
            key=new_id(),
            at=MORNING,
            by=by,
        )
        for by in (house.sari, house.budi)
    ]
    ask = {
        "shift": closed[0],
        "counted_idr": 45_000,
        "reason": "Terselip",
        "at": MORNING,
        "by": house.tono,
    }
    content = {"shift": closed[1], "counted_idr": 40_000, "reason": "Salah hitung"}
    return KeyedCall(ask, content, {"at": NEXT_MORNING, "by": house.budi})
