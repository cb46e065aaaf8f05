"""Writing an accepted sale in one statement, and reading it for its receipt."""

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from finance.ledger.models import BusinessUnit, Journal, Party
from finance.ledger.services import ledger
from kkmp.lib import postgresql
from kkmp.lib.ids import new_id
from kkmp.lib.languages import in_indonesian
from kkmp.registry.models import Cooperative
from members.register.models import Member
from members.savings.services import passbook
from shops.payments.models import SalePayment
from shops.pricing.basket import PricedLine, by_product
from shops.pricing.methods import Method
from shops.till.models import Sale, SaleLine
from shops.till.services.sale_context import Person, SaleContext
from shops.till.services.sold_rows import SoldRow
from shops.till.services.tenders import CoveredPayment, Payments


def write(
    sale: Sale,
    context: SaleContext,
    priced: Sequence[PricedLine],
    costs: Sequence[int],
    payments: Payments,
) -> Sale:
    """Write the sale with everything it moves.

    :param costs: the cost of each line, whole rupiah
    :returns: the sale with number, ``sold_lines``, ``paid_by``, ``unit_code`` and ``buyer``
    :raises ledger.MonthClosed: the day of the sale lies in a closed month
    """
    sale.cost_idr = sum(costs)
    lines = [
        SoldRow.of(line, position, cost)
        for position, (line, cost) in enumerate(zip(priced, costs, strict=True), 1)
    ]
    paid = [_payment(sale, at, covered) for at, covered in enumerate(payments.covered, 1)]
    journal = _journal(sale, context, priced, payments)
    document = _document(sale, context, priced, lines, paid, journal)
    with postgresql.prepared_cursor() as cursor:
        cursor.execute(
            "SELECT shops_write_sale(%s, %s)", [sale.cooperative_id, json.dumps(document)]
        )
        (number,) = cursor.fetchone()
    if number is None:
        ledger.refuse_closed_month(sale.date)
    sale.number, sale.journal = number, journal
    sale._state.adding = False
    _take_savings(sale, payments.covered, paid)
    return _shown(sale, context.seller.code, context.person, lines, paid)


def read(cooperative: Cooperative, sale_id: UUID) -> Sale:
    """A sale that was written before, with all that :func:`write` sets on it."""
    sale = (
        Sale.objects.of(cooperative)
        .select_related("cooperative", "unit", "member", "cashier", "journal")
        .get(id=sale_id)
    )
    lines = SaleLine.objects.of(cooperative).filter(sale=sale).order_by("position", "id")
    paid = SalePayment.objects.of(cooperative).filter(sale=sale).order_by("position", "id")
    return _shown(sale, sale.unit.code, sale.member, list(lines), list(paid))


def _shown(
    sale: Sale,
    unit_code: str,
    buyer: Member | Person | None,
    lines: Sequence[SaleLine | SoldRow],
    paid: Sequence[SalePayment],
) -> Sale:
    """The sale with what its receipt shows set on it, so that nobody has to ask for it again.

    :param buyer: None for strangers
    """
    sale.unit_code, sale.buyer = unit_code, buyer
    sale.sold_lines, sale.paid_by = lines, paid
    return sale


def _payment(sale: Sale, position: int, covered: CoveredPayment) -> SalePayment:
    return SalePayment(
        cooperative_id=sale.cooperative_id,
        sale=sale,
        position=position,
        method=covered.tender.method,
        amount_idr=covered.tender.amount_idr,
        reference=covered.tender.reference,
        due_on=covered.due_on,
        voucher=covered.voucher,
    )


def _journal(
    sale: Sale, context: SaleContext, priced: Sequence[PricedLine], payments: Payments
) -> Journal:
    with in_indonesian():
        memo = _("Receipt %(number)s, %(unit)s") % {
            "number": "{number}",
            "unit": context.seller.name,
        }
    entries = list(_entries(sale, context, priced, payments))
    journal = ledger.prepared(
        cooperative=sale.cooperative,
        kind="sale",
        memo=memo,
        entries=entries,
        key=sale.key,
        on=sale.date,
        by=sale.cashier,
        content=sale.content_hash,
    )
    journal.entries = entries
    return journal


def _entries(
    sale: Sale, context: SaleContext, priced: Sequence[PricedLine], payments: Payments
) -> Iterator[ledger.Entry]:
    party = Party(id=context.person.party_id) if context.person else None
    unit = BusinessUnit(id=sale.unit_id)
    for covered in payments.covered:
        whose = party if covered.names_buyer else None
        yield ledger.debit(covered.account, covered.tender.amount_idr, party=whose, unit=unit)
    for code, amount_idr in sorted(_income(priced, is_member=party is not None).items()):
        if amount_idr:
            yield ledger.credit(code, amount_idr, party=party, unit=unit)
    yield from ledger.rounding(sale.rounding_idr, unit=unit)
    if sale.cost_idr:
        cost = Code.MEMBER_COST if party else Code.OTHER_COST
        yield ledger.debit(cost, sale.cost_idr, party=party, unit=unit)
        yield ledger.credit(Code.MERCHANDISE, sale.cost_idr, unit=unit)


def _income(priced: Sequence[PricedLine], *, is_member: bool) -> dict[str, int]:
    """Revenue by account: that of goods depends on who buys, that of services on the service."""
    earned: dict[str, int] = {}
    for line in priced:
        code = line.goods.income_code or (Code.MEMBER_SALES if is_member else Code.OTHER_SALES)
        earned[str(code)] = earned.get(str(code), 0) + line.total_idr
    return earned


def _document(
    sale: Sale,
    context: SaleContext,
    priced: Sequence[PricedLine],
    lines: Sequence[SoldRow],
    paid: Sequence[SalePayment],
    journal: Journal,
) -> dict[str, Any]:
    """The sale for the database's ``shops_write_sale``; payments from savings follow later."""
    turnover = "member_turnover_idr" if sale.member_id else "other_turnover_idr"
    return {
        "sale": _sale(sale, context.seller.code),
        "journal": ledger.document(journal, journal.entries),
        "lines": [_sold(line) for line in lines],
        "payments": [_paid(one) for one in paid if one.method != Method.SAVINGS],
        "movements": list(_movements(priced, lines)),
        "audit": str(new_id()),
        "details": {"device": sale.device} if sale.device else {},
        "figures": {turnover: sale.total_idr, "cost_idr": sale.cost_idr, "sales": 1},
    }


def _sale(sale: Sale, unit_code: str) -> dict[str, Any]:
    return {
        "id": str(sale.id),
        "date": sale.date.isoformat(),
        "sold_at": sale.sold_at.isoformat(),
        "unit": str(sale.unit_id),
        "unit_code": unit_code,
        "member": _text(sale.member_id),
        "shift": _text(sale.shift_id),
        "buyer_hash": sale.buyer_hash.hex() if sale.buyer_hash else None,
        "total_idr": sale.total_idr,
        "discount_idr": sale.discount_idr,
        "rounding_idr": sale.rounding_idr,
        "cost_idr": sale.cost_idr,
        "paid_idr": sale.paid_idr,
        "change_idr": sale.change_idr,
        "key": str(sale.key),
        "content_hash": sale.content_hash,
        "device": sale.device,
        "cashier": _text(sale.cashier_id),
    }


def _sold(line: SoldRow) -> dict[str, Any]:
    return {
        "id": str(line.id),
        "position": line.position,
        "product": str(line.product_id),
        "name": line.name,
        "measure": line.measure,
        "quantity": str(line.quantity),
        "pack": _text(line.pack_id),
        "pack_name": line.pack_name,
        "pack_quantity": _text(line.pack_quantity),
        "price_tier": str(line.price_tier),
        "price_idr": line.price_idr,
        "discount_idr": line.discount_idr,
        "saving_idr": line.saving_idr,
        "total_idr": line.total_idr,
        "cost_idr": line.cost_idr,
    }


def _paid(payment: SalePayment) -> dict[str, Any]:
    return {
        "id": str(payment.id),
        "position": payment.position,
        "method": str(payment.method),
        "amount_idr": payment.amount_idr,
        "reference": payment.reference,
        "due_on": payment.due_on.isoformat() if payment.due_on else None,
        "voucher": _text(payment.voucher_id),
    }


def _movements(priced: Sequence[PricedLine], lines: Sequence[SoldRow]) -> Iterator[dict[str, Any]]:
    """One stock movement for each product; services move nothing."""
    costs: dict[UUID, int] = {}
    for line in lines:
        costs[line.product_id] = costs.get(line.product_id, 0) + line.cost_idr
    for goods, quantity in by_product(priced).values():
        if not goods.is_service:
            yield {
                "id": str(new_id()),
                "product": str(goods.id),
                "quantity": str(Decimal(quantity)),
                "value_idr": costs[goods.id],
            }


def _take_savings(
    sale: Sale, covered: Sequence[CoveredPayment], payments: Sequence[SalePayment]
) -> None:
    """Write payments from savings: withdrawals of the member, posted by the sale's journal."""
    for one, payment in zip(covered, payments, strict=True):
        if one.held is None:
            continue
        entry = passbook.write(one.held, -payment.amount_idr, sale.journal)
        passbook.note("savings.pay_sale", entry, sale.cashier, sale=sale.number)
        payment.entry = entry
        payment.save(force_insert=True)
        passbook.count(entry)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
