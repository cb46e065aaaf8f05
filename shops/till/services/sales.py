"""Selling at the till: books, stock, payments and counters in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.lib import idempotency
from kkmp.lib.identity import Nik
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import business_day
from kkmp.registry.models import Cooperative
from members.pins.services.pins import Proof
from members.register.models import Status
from members.register.persons import nik_hash
from members.register.services import leaving_open
from shops.pricing import basket, costs, paying
from shops.pricing.basket import Buyer, SaleRefused, SoldLine
from shops.pricing.methods import Method
from shops.pricing.paying import Tender
from shops.pricing.terms import PriceTier
from shops.till.models import Sale
from shops.till.services import postings, sale_context, tenders
from shops.till.services.sale_context import Person, SaleContext

__all__ = [
    "Method",
    "NoShift",
    "OtherShift",
    "PriceTier",
    "PricesChanged",
    "SaleRefused",
    "SaleRequest",
    "SoldLine",
    "Tender",
    "sell",
]


class PricesChanged(SaleRefused):
    """The total by current prices is not the one that the till showed."""

    status = 409


class NoShift(SaleRefused):
    """The cashier has no open shift at this unit of business."""


class OtherShift(SaleRefused):
    """The shift that the till shows is not the one that the cashier has open now."""

    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleRequest:
    """A sale as a till asks for it.

    :param key: made by the till; the same key with the same content is sold once
    :param discount_idr: taken off the whole sale, besides the discounts of lines
    :param shown_idr: what the buyer was told to pay, rounding included
    :param buyer_nik: NIK of a buyer who is no member, where a rule asks who buys; not kept
    :param proof: that the member has typed the right PIN, where savings pay; not kept
    :param device: name of the device; empty for programs
    :param shift_id: the shift that the till shows; None where it shows none
    """

    unit_code: str
    lines: Sequence[SoldLine]
    payments: Sequence[Tender]
    key: UUID
    member_id: UUID | None = None
    discount_idr: int = 0
    shown_idr: int | None = None
    buyer_nik: Nik | None = None
    proof: Proof | None = None
    device: str = ""
    shift_id: UUID | None = None


# No savepoint, which would cost two statements: a refusal undoes the request's transaction.
@transaction.atomic(savepoint=False)
def sell(
    *,
    cooperative: Cooperative,
    request: SaleRequest,
    at: datetime,
    by: User,
    may_discount: bool = False,
    may_wholesale: bool = False,
    needs_shift: bool = True,
) -> Sale:
    """Judge a basket by current prices, rules and stock, and write the sale.

    :param may_discount: whether whoever sells may give a discount
    :param may_wholesale: whether whoever sells may give the wholesale price to any quantity
    :param needs_shift: False for sales that were not made at a till
    :returns: the sale with ``sold_lines`` and ``paid_by``, as its receipt shows them
    :raises SaleRefused: something is wrong with basket, buyer or payment
    :raises NoShift: the cashier has not opened a shift at this unit
    :raises OtherShift: the cashier's open shift is not the one that the request names
    :raises PricesChanged: what has to be paid is not ``shown_idr``
    :raises ledger.KeyReused: the key was used for another sale
    :raises ledger.MonthClosed: the day lies in a closed month
    """
    lines = basket.merged(request.lines)
    buyer_hash = _buyer_hash(cooperative, request)
    content = _content(request, lines, buyer_hash)
    context = sale_context.read(
        cooperative,
        unit_code=request.unit_code,
        product_ids=[line.product_id for line in lines],
        member_id=request.member_id,
        buyer_hash=buyer_hash,
        key=request.key,
        cashier_id=by.pk,
        day=business_day(at),
    )
    if context.before is not None:
        return _made_before(cooperative, context.before, content)
    _refuse_place(context, lines, request, needs_shift=needs_shift)
    _refuse_leaving(cooperative, context.person)
    if not may_discount and (request.discount_idr or any(line.discount_idr for line in lines)):
        raise SaleRefused(_("Your role gives no discounts. Ask the chair."), field="discount_idr")
    priced = basket.priced(
        lines,
        context.shelf,
        unit_id=context.seller.id,
        buyer=Buyer(context.person is not None, bool(context.person or buyer_hash), may_wholesale),
        discount_idr=request.discount_idr,
    )
    total_idr = sum(line.total_idr for line in priced)
    paid = paying.settle(total_idr, request.payments, step_idr=context.step_idr)
    _refuse_other_prices(request.shown_idr, total_idr + paid.rounding_idr)
    covered = tenders.cover(cooperative, paid, context.person, request.proof, on=business_day(at))
    sale = Sale(
        cooperative=cooperative,
        date=business_day(at),
        sold_at=at,
        unit_id=context.seller.id,
        member_id=request.member_id,
        shift_id=context.shift_id if needs_shift else None,
        buyer_hash=buyer_hash,
        total_idr=total_idr,
        discount_idr=sum(line.discount_idr for line in priced),
        rounding_idr=paid.rounding_idr,
        cost_idr=0,
        paid_idr=paid.given_idr,
        change_idr=paid.change_idr,
        key=request.key,
        content_hash=content,
        device=request.device,
        cashier=by,
    )
    return postings.write(sale, context, priced, costs.of_lines(priced), covered)


def _content(request: SaleRequest, lines: Sequence[SoldLine], buyer_hash: bytes | None) -> str:
    """The hash of all that makes it this sale: a till that sends it again sends the same.

    The buyer's NIK is in it by its keyed hash, as a plain hash could be guessed back. The PIN is
    not in it: it is kept nowhere, so that a till that sends the sale again has none.
    """
    goods = [
        [line.product_id, line.pack_id, line.quantity, line.tier, line.discount_idr]
        for line in lines
    ]
    return idempotency.content_hash(
        request.unit_code,
        request.member_id,
        goods,
        request.payments,
        request.discount_idr,
        buyer_hash,
    )


def _buyer_hash(cooperative: Cooperative, request: SaleRequest) -> bytes | None:
    return nik_hash(cooperative.pk, request.buyer_nik.digits) if request.buyer_nik else None


def _made_before(cooperative: Cooperative, before: tuple[UUID, str], content: str) -> Sale:
    sale_id, first_content = before
    # Compared before reading: the key may be that of a journal that belongs to no sale.
    if first_content != content:
        raise idempotency.KeyReused(
            _("This receipt was already saved with other content. Start a new transaction.")
        )
    return idempotency.repeated(postings.read(cooperative, sale_id), same=True)


def _refuse_place(
    context: SaleContext, lines: Sequence[SoldLine], request: SaleRequest, *, needs_shift: bool
) -> None:
    if context.unit is None:
        raise SaleRefused(_("There is no such unit of business."), field="unit")
    if not context.unit.is_active:
        raise SaleRefused(_("%(unit)s is closed.") % {"unit": context.unit.name})
    if needs_shift and context.shift_unit_id != context.unit.id:
        raise NoShift(_("Open your shift first: count the money in the drawer."), field="shift")
    if needs_shift and request.shift_id not in (None, context.shift_id):
        raise OtherShift(
            _(
                "You have opened another shift since this page was. Nothing was sold: look at the "
                "shift above, and press once more to sell into it."
            ),
            field="shift",
        )
    if any(line.product_id not in (context.goods or {}) for line in lines):
        raise SaleRefused(_("There is no such product."), field="lines")
    if request.member_id is None:
        return
    if context.person is None:
        raise SaleRefused(_("There is no such member."), field="member")
    if context.person.status != Status.ACTIVE:
        raise SaleRefused(
            _("%(name)s is not an active member. Sell at the general price, or choose another.")
            % {"name": context.person.name},
            field="member",
        )


def _refuse_leaving(cooperative: Cooperative, person: Person | None) -> None:
    """A purchase counts for the member's share of the surplus, whatever pays for it."""
    if person is None or not person.is_leaving:
        return
    why = leaving_open.reasons_by_member(cooperative.pk, [person.id]).get(person.id, "")
    raise SaleRefused(
        f"{why} {_('Sell without the name, at the general price.')}".strip(), field="member"
    )


def _refuse_other_prices(shown_idr: int | None, due_idr: int) -> None:
    if shown_idr not in (None, due_idr):
        raise PricesChanged(
            _("Prices have changed: the total is now %(total)s. Please tell the buyer.")
            % {"total": format_rupiah(due_idr)}
        )
