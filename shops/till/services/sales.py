"""Selling at the till: revenue, cost, stock, payments and counters in one transaction."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.services import ledger
from kkmp.lib.identity import Nik
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import business_day
from kkmp.registry.models import Cooperative
from members.register.models import Status
from members.register.persons import nik_hash
from shops.pricing import basket, costs, paying
from shops.pricing.basket import Buyer, SaleRefused, SoldLine
from shops.pricing.methods import Method
from shops.pricing.paying import Tender
from shops.pricing.terms import PriceTier
from shops.till.models import Sale
from shops.till.services import postings, sale_context, tenders
from shops.till.services.sale_context import Ready

__all__ = [
    "Asked",
    "Method",
    "NoShift",
    "PriceTier",
    "PricesChanged",
    "SaleRefused",
    "SoldLine",
    "Tender",
    "sell",
]


class PricesChanged(SaleRefused):
    """The till showed another total than the prices of now make."""

    status = 409


class NoShift(SaleRefused):
    """The cashier has no open shift at this unit of business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A sale as a till asks for it.

    :param key: made by the till; the same key with the same content is sold once
    :param discount_idr: taken off the whole, beside the lines' own
    :param shown_idr: what the buyer was told has to be paid, rounding included
    :param buyer_nik: of a buyer who is no member, where a rule asks who buys; it is not kept
    :param confirmation: the member's own, where savings pay: last four digits of the NIK
    :param device: which device asks; empty for programs
    """

    unit_code: str
    lines: Sequence[SoldLine]
    payments: Sequence[Tender]
    key: UUID
    member_id: UUID | None = None
    discount_idr: int = 0
    shown_idr: int | None = None
    buyer_nik: Nik | None = None
    confirmation: str = ""
    device: str = ""


# Within a request, whose transaction a refusal undoes: a savepoint would be two round trips.
@transaction.atomic(savepoint=False)
def sell(
    *,
    cooperative: Cooperative,
    asked: Asked,
    at: datetime,
    by: Any,
    may_discount: bool = False,
    needs_shift: bool = True,
) -> Sale:
    """Sell: judge the basket by the prices, rules and stock of now, then write all of it.

    :param may_discount: whether whoever sells may give a discount
    :param needs_shift: False for sales that no till made
    :returns: the sale with ``sold_lines`` and ``paid_by``, as its receipt shows them
    :raises SaleRefused: what is wrong with basket, buyer or payment
    :raises NoShift: the cashier has not opened a shift at this unit
    :raises PricesChanged: what has to be paid is not ``shown_idr``
    :raises ledger.KeyReused: the key was used for another sale
    :raises ledger.MonthClosed: the day lies in a closed month
    """
    lines = basket.merged(asked.lines)
    content, buyer_hash = _hash(asked, lines), _buyer_hash(cooperative, asked)
    ready = sale_context.ready(
        cooperative,
        unit_code=asked.unit_code,
        product_ids=[line.product_id for line in lines],
        member_id=asked.member_id,
        buyer_hash=buyer_hash,
        key=asked.key,
        cashier_id=getattr(by, "pk", None),
        day=business_day(at),
    )
    if ready.before is not None:
        return _made_before(cooperative, ready.before, content)
    _refuse_place(ready, lines, asked, needs_shift=needs_shift)
    if not may_discount and (asked.discount_idr or any(line.discount_idr for line in lines)):
        raise SaleRefused(_("Your role gives no discounts. Ask the chair."), field="discount_idr")
    assert ready.unit is not None
    assert ready.goods is not None
    priced = basket.priced(
        lines,
        ready.goods,
        unit_id=ready.unit.id,
        buyer=Buyer(ready.person is not None, bool(ready.person or buyer_hash)),
        discount_idr=asked.discount_idr,
    )
    total_idr = sum(line.total_idr for line in priced)
    paid = paying.settle(total_idr, asked.payments, step_idr=ready.step_idr)
    _refuse_other_prices(asked.shown_idr, total_idr + paid.rounding_idr)
    backed = tenders.back(cooperative, paid, ready.person, asked.confirmation, on=business_day(at))
    sale = Sale(
        cooperative=cooperative,
        date=business_day(at),
        sold_at=at,
        unit_id=ready.unit.id,
        member_id=asked.member_id,
        shift_id=ready.shift_id if needs_shift else None,
        buyer_hash=buyer_hash,
        total_idr=total_idr,
        discount_idr=sum(line.discount_idr for line in priced),
        rounding_idr=paid.rounding_idr,
        cost_idr=0,
        paid_idr=paid.given_idr,
        change_idr=paid.change_idr,
        key=asked.key,
        content_hash=content,
        device=asked.device,
        cashier=by,
    )
    return postings.write(sale, ready, priced, costs.of_lines(priced), backed)


def _hash(asked: Asked, lines: Sequence[SoldLine]) -> str:
    """What makes it another sale; whoever sends it again sends the same."""
    goods = [
        [
            str(line.product_id),
            str(line.pack_id or ""),
            f"{line.quantity.normalize():f}",
            str(line.tier),
            line.discount_idr,
        ]
        for line in lines
    ]
    paid = [[str(one.method), one.amount_idr, one.reference] for one in asked.payments]
    nik = asked.buyer_nik.digits if asked.buyer_nik else ""
    content = [asked.unit_code, str(asked.member_id or ""), goods, paid, asked.discount_idr, nik]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _buyer_hash(cooperative: Cooperative, asked: Asked) -> bytes | None:
    return nik_hash(cooperative.pk, asked.buyer_nik.digits) if asked.buyer_nik else None


def _made_before(cooperative: Cooperative, before: tuple[UUID, str], content: str) -> Sale:
    sale_id, first_content = before
    if first_content != content:
        raise ledger.KeyReused(
            _("This receipt was already saved with other content. Start a new transaction.")
        )
    sale = postings.read(cooperative, sale_id)
    sale.was_made_before = True
    return sale


def _refuse_place(
    ready: Ready, lines: Sequence[SoldLine], asked: Asked, *, needs_shift: bool
) -> None:
    if ready.unit is None:
        raise SaleRefused(_("There is no such unit of business."), field="unit")
    if not ready.unit.is_active:
        raise SaleRefused(_("%(unit)s is closed.") % {"unit": ready.unit.name})
    if needs_shift and ready.shift_unit_id != ready.unit.id:
        raise NoShift(_("Open your shift first: count the money in the drawer."), field="shift")
    if any(line.product_id not in (ready.goods or {}) for line in lines):
        raise SaleRefused(_("There is no such product."), field="lines")
    if asked.member_id is None:
        return
    if ready.person is None:
        raise SaleRefused(_("There is no such member."), field="member")
    if ready.person.status != Status.ACTIVE:
        raise SaleRefused(
            _("%(name)s is not an active member. Sell at the general price, or choose another.")
            % {"name": ready.person.name},
            field="member",
        )


def _refuse_other_prices(shown_idr: int | None, due_idr: int) -> None:
    if shown_idr not in (None, due_idr):
        raise PricesChanged(
            _("Prices have changed: the total is now %(total)s. Please tell the buyer.")
            % {"total": format_rupiah(due_idr)}
        )
