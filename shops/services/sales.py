"""Selling at the till: one transaction for revenue, cost, stock and cash."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from finance.accounts import Code
from finance.models import BusinessUnit, Journal
from finance.services import ledger
from kkmp.access.services import audit
from kkmp.lib.money import MAX_IDR, format_rupiah
from kkmp.lib.periods import business_day
from kkmp.lib.quantity import format_quantity
from kkmp.registry.models import Cooperative
from kkmp.registry.services import figures, numbering
from members.models import Member
from shops.models import MovementKind, Sale, SaleLine, Stock, StockMovement
from shops.services import baskets, stock
from shops.services.baskets import SaleRefused, SoldLine


class PricesChanged(SaleRefused):
    """The till showed another total than the prices of now make."""

    status = 409


@transaction.atomic
def sell(
    *,
    cooperative: Cooperative,
    unit: BusinessUnit,
    member: Member | None,
    lines: Sequence[SoldLine],
    paid_idr: int,
    key: UUID,
    at: datetime,
    by: Any,
    shown_idr: int | None = None,
) -> Sale:
    """Sell goods for cash: take them from stock, post the sale and count it.

    Prices are those of now, not those of the caller's products; ``shown_idr`` makes sure that
    the buyer was told the same.

    :param paid_idr: whole rupiah handed over; what is above the total is given back
    :param key: made by the till; the same key with the same content returns the first sale,
        whose ``was_made_before`` is then true
    :param shown_idr: total that the till showed, where it showed one
    :raises SaleRefused: an empty or impossible basket, goods that are retired, of another unit
        or not in stock, a member who is not active, or too little money
    :raises PricesChanged: the total is not ``shown_idr``
    :raises ledger.KeyReused: the key was used for another sale
    """
    lines = baskets.merged(lines)
    content = _hash(unit, member, lines, paid_idr)
    stocks = stock.lock(cooperative, [line.product.id for line in lines])
    before = _made_before(cooperative, key, content)
    if before is not None:
        return before
    _refuse_people(unit, member)
    rows = [baskets.priced(line, stocks[line.product.id], unit, member) for line in lines]
    sale = Sale(
        cooperative=cooperative,
        date=business_day(at),
        sold_at=at,
        unit=unit,
        member=member,
        total_idr=sum(row.total_idr for row in rows),
        cost_idr=sum(row.cost_idr for row in rows),
        paid_idr=paid_idr,
        key=key,
        content_hash=content,
        cashier=by,
    )
    _take_payment(sale, shown_idr)
    _write(sale, rows, stocks)
    return sale


def _hash(
    unit: BusinessUnit, member: Member | None, lines: Sequence[SoldLine], paid_idr: int
) -> str:
    goods = [
        [str(line.product.id), format_quantity(line.quantity), str(line.tier)] for line in lines
    ]
    content = [str(unit.id), str(member.id if member else ""), goods, paid_idr]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _made_before(cooperative: Cooperative, key: UUID, content: str) -> Sale | None:
    """The first sale under this key. Asked with the goods locked: a twin has finished by then."""
    first = Sale.objects.of(cooperative).filter(key=key).first()
    if first is None:
        return None
    if first.content_hash != content:
        raise ledger.KeyReused(
            _("This receipt was already saved with other content. Start a new transaction.")
        )
    first.was_made_before = True
    return first


def _refuse_people(unit: BusinessUnit, member: Member | None) -> None:
    if not unit.is_active:
        raise SaleRefused(_("%(unit)s is closed.") % {"unit": unit.name})
    if member is not None and not member.is_active:
        raise SaleRefused(
            _("%(name)s is not an active member. Sell at the general price, or choose another.")
            % {"name": member.name},
            field="member",
        )


def _take_payment(sale: Sale, shown_idr: int | None) -> None:
    if shown_idr not in (None, sale.total_idr):
        raise PricesChanged(
            _("Prices have changed: the total is now %(total)s. Please tell the buyer.")
            % {"total": format_rupiah(sale.total_idr)}
        )
    sale.change_idr = sale.paid_idr - sale.total_idr
    if sale.change_idr < 0:
        raise SaleRefused(
            _("The money is %(short)s short of %(total)s.")
            % {
                "short": format_rupiah(-sale.change_idr),
                "total": format_rupiah(sale.total_idr),
            },
            field="paid_idr",
        )
    if sale.paid_idr > MAX_IDR:
        raise SaleRefused(_("This amount is too large to be right."), field="paid_idr")


def _write(sale: Sale, rows: Sequence[SaleLine], stocks: dict[UUID, Stock]) -> None:
    cooperative = sale.cooperative
    sale.number = numbering.next_number(cooperative=cooperative, series="sale")
    sale.journal = _post(sale)
    sale.save(force_insert=True)
    for position, row in enumerate(rows, start=1):
        row.sale, row.position = sale, position
    SaleLine.objects.bulk_create(rows)
    stock.write(cooperative, [_movement(sale, row) for row in rows], stocks)
    turnover = "other_turnover_idr" if sale.member is None else "member_turnover_idr"
    figures.add(
        cooperative=cooperative,
        on=sale.date,
        unit=sale.unit.code,
        cost_idr=sale.cost_idr,
        sales=1,
        **{turnover: sale.total_idr},
    )
    audit.record(
        cooperative=cooperative,
        action="sale.sell",
        by=sale.cashier,
        subject=sale,
        number=sale.number,
        total_idr=sale.total_idr,
    )


def _movement(sale: Sale, row: SaleLine) -> StockMovement:
    return StockMovement(
        cooperative=sale.cooperative,
        product=row.product,
        kind=MovementKind.SALE,
        date=sale.date,
        quantity=-row.quantity,
        value_idr=-row.cost_idr,
        journal=sale.journal,
    )


def _post(sale: Sale) -> Journal:
    revenue, cost, party = Code.OTHER_SALES, Code.OTHER_COST, None
    if sale.member is not None:
        revenue, cost, party = Code.MEMBER_SALES, Code.MEMBER_COST, sale.member.party
    entries = [
        ledger.debit(Code.DRAWER, sale.total_idr, unit=sale.unit),
        ledger.credit(revenue, sale.total_idr, party=party, unit=sale.unit),
    ]
    if sale.cost_idr:
        entries += [
            ledger.debit(cost, sale.cost_idr, party=party, unit=sale.unit),
            ledger.credit(Code.MERCHANDISE, sale.cost_idr, unit=sale.unit),
        ]
    # The books are kept in the cooperative's language, whoever sells.
    with override(settings.LANGUAGE_CODE):
        memo = _("Receipt %(number)s, %(unit)s") % {"number": sale.number, "unit": sale.unit.name}
    return ledger.post(
        cooperative=sale.cooperative,
        kind="sale",
        memo=memo,
        entries=entries,
        key=sale.key,
        on=sale.date,
        by=sale.cashier,
    )
