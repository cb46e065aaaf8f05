"""Putting right what was written down as on the shelf when the books began."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from finance.ledger.models import Journal
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah, line_total_idr
from kkmp.lib.quantity import format_quantity
from shops.pricing.terms import MAX_PRICE_IDR
from shops.stock import queries
from shops.stock.goods import Good
from shops.stock.models import MovementKind, Stock, StockMovement
from shops.stock.queries import Opened
from shops.stock.services import stock
from shops.stock.services.stock import StockRefused


@transaction.atomic
def correct_opening(
    *,
    product: Good,
    quantity: Decimal,
    cost_idr: int,
    reason: str,
    key: UUID,
    on: date,
    by: User,
) -> Journal:
    """Replace the opening stock of a product, today; what was sold keeps the cost it had.

    :param quantity: what was on the shelf when the books began; zero where there was nothing
    :param cost_idr: what one measure was bought for
    :param reason: why, in words; it stands in the journal and the audit trail
    :param key: made by the page; the same key with the same content returns the first correction
    :raises StockRefused: no reason, nothing to correct, or it does not fit what was sold since
    :raises ledger.KeyReused: the key was used for something else
    :raises ledger.MonthClosed: the day lies in a closed month
    """
    cooperative = product.cooperative
    held = stock.lock(cooperative, [product.id])
    reason = " ".join(reason.split())
    content = ledger.content_of("stock.correct", product, quantity, cost_idr, reason)
    first = ledger.posted_before(cooperative, key, content)
    if first is not None:
        return first
    before = queries.opened(product)
    if before is None:
        raise StockRefused(_("%(name)s has no opening stock to correct.") % {"name": product.name})
    now = Opened(quantity, line_total_idr(quantity, cost_idr))
    _refuse(product, before, now, cost_idr, reason)
    _refuse_sold(held[product.id], before, now)
    journal = ledger.post(
        cooperative=cooperative,
        kind="opening.stock",
        memo=_memo(product, reason),
        entries=_entries(product, before, now),
        key=key,
        on=on,
        by=by,
        content=content,
    )
    # What there was comes first: goods may have gone since that are in neither alone.
    for change in (now, Opened(-before.quantity, -before.value_idr)):
        if change.quantity:
            _move(held, product, change, journal)
    audit.record(
        cooperative=cooperative,
        action="stock.correct",
        by=by,
        subject=held[product.id].product,
        before=str(before.quantity),
        before_idr=before.value_idr,
        quantity=str(now.quantity),
        value_idr=now.value_idr,
        reason=reason,
    )
    return journal


def _refuse(product: Good, before: Opened, now: Opened, cost_idr: int, reason: str) -> None:
    if not reason:
        raise StockRefused(_("Write why it is corrected."), field="reason")
    if now.quantity:
        stock.refuse_quantity(product, now.quantity)
        if not 0 < cost_idr <= MAX_PRICE_IDR or not now.value_idr:
            raise StockRefused(
                _("%(name)s: write what one of it was bought for.") % {"name": product.name},
                field="cost_idr",
            )
    elif now.quantity < 0:
        raise StockRefused(_("A count cannot be below zero."), field="quantity")
    if now == before:
        raise StockRefused(_("This is what the books say already."))


def _refuse_sold(held: Stock, before: Opened, now: Opened) -> None:
    """What is left must be something, and worth something only where there is any of it."""
    left = held.quantity - before.quantity + now.quantity
    if left < 0:
        raise StockRefused(
            _("%(sold)s of it went since, so there cannot have been fewer.")
            % {"sold": format_quantity(now.quantity - left)},
            field="quantity",
        )
    worth_idr = held.value_idr - before.value_idr + now.value_idr
    if worth_idr < 0 or (worth_idr and not left):
        raise StockRefused(
            _(
                "Goods of it were sold at the cost that was written down; with this, what is left "
                "would be worth %(value)s. Correct the quantity, and leave the cost as it was."
            )
            % {"value": format_rupiah(worth_idr)},
            field="cost_idr",
        )


def _entries(product: Good, before: Opened, now: Opened) -> list[ledger.Entry]:
    """What was written down goes out of the books, and what there was comes in."""
    unit = product.unit
    off = [
        ledger.debit(Code.OPENING_CLEARING, before.value_idr, unit=unit),
        ledger.credit(Code.MERCHANDISE, before.value_idr, unit=unit),
    ]
    on = [
        ledger.debit(Code.MERCHANDISE, now.value_idr, unit=unit),
        ledger.credit(Code.OPENING_CLEARING, now.value_idr, unit=unit),
    ]
    return [*(off if before.value_idr else []), *(on if now.value_idr else [])]


def _move(held: dict[UUID, Stock], product: Good, change: Opened, journal: Journal) -> None:
    movement = StockMovement(
        cooperative=product.cooperative,
        product_id=product.id,
        kind=MovementKind.OPENING,
        date=journal.date,
        quantity=change.quantity,
        value_idr=change.value_idr,
        journal=journal,
    )
    stock.write(product.cooperative, [movement], held)


def _memo(product: Good, reason: str) -> str:
    # The books are kept in the cooperative's language, whoever posts.
    with in_indonesian():
        memo = _("Opening stock of %(name)s corrected: %(reason)s")
    return (memo % {"name": product.name, "reason": reason})[:200]
