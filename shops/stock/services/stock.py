"""Goods on the shelf and what they cost, by moving average; every movement is posted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from finance.ledger.models import BusinessUnit, Journal
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import line_total_idr
from kkmp.lib.quantity import LIMIT, PLACES
from kkmp.registry.models import Cooperative
from shops.pricing.terms import MAX_PRICE_IDR
from shops.stock.goods import Good
from shops.stock.models import MovementKind, Stock, StockMovement


class StockRefused(DomainError):
    """The goods cannot be taken in as asked; the message is fit to show."""


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """Goods that were on the shelf when the books began.

    :param cost_idr: what one measure was bought for, whole rupiah
    """

    product: Good
    quantity: Decimal
    cost_idr: int

    @property
    def value_idr(self) -> int:
        return line_total_idr(self.quantity, self.cost_idr)


@transaction.atomic
def take_opening(
    *,
    cooperative: Cooperative,
    lines: Sequence[OpeningLine],
    key: UUID,
    on: date,
    by: User | None,
) -> Journal:
    """Take goods on hand into stock and post them against the opening clearing account.

    One journal for all of them, a pair of lines for each unit of business.

    :param key: the same key with the same lines returns the first journal
    :raises StockRefused: no lines, a product twice, a quantity that is not above zero or not
        whole where the product is not weighed, goods without value, or goods that have moved
    """
    _refuse_lines(lines)
    stocks = lock(cooperative, [line.product.id for line in lines])
    goods = {(line.product.id, line.quantity, line.cost_idr) for line in lines}
    content = ledger.content_of("opening.stock", goods, on)
    journal = ledger.post(
        cooperative=cooperative,
        kind="opening.stock",
        memo=_opening_memo(lines),
        entries=_opening_entries(cooperative, lines),
        key=key,
        on=on,
        by=by,
        content=content,
    )
    if journal.is_repeat:
        return journal
    movements = [
        StockMovement(
            cooperative=cooperative,
            product_id=line.product.id,
            kind=MovementKind.OPENING,
            date=on,
            quantity=line.quantity,
            value_idr=line.value_idr,
            journal=journal,
        )
        for line in lines
    ]
    _refuse_moved(cooperative, lines)
    write(cooperative, movements, stocks)
    audit.record(
        cooperative=cooperative,
        action="stock.opening",
        by=by,
        subject=journal,
        products=len(lines),
        value_idr=sum(line.value_idr for line in lines),
    )
    return journal


def lock(cooperative: Cooperative, product_ids: Iterable[UUID]) -> dict[UUID, Stock]:
    """The stock rows of these products by product id, held until the transaction ends.

    They are locked in the order of their ids, so that two sales of the same goods cannot
    deadlock. Each comes with its product.
    """
    rows = (
        Stock.objects.of(cooperative)
        .filter(product__in=set(product_ids))
        .select_related("product")
        .select_for_update(of=("self",))
        .order_by("id")
    )
    return {row.product_id: row for row in rows}


def write(
    cooperative: Cooperative, movements: Sequence[StockMovement], stocks: dict[UUID, Stock]
) -> None:
    """Record movements and move the locked stock rows by them.

    Each product stands once among the movements.
    """
    StockMovement.objects.bulk_create(movements)
    for movement in movements:
        row = stocks[movement.product_id]
        row.quantity += movement.quantity
        row.value_idr += movement.value_idr
    _keep(cooperative, [stocks[movement.product_id] for movement in movements])


_KEEP = """
    UPDATE shops_stock AS stock SET quantity = new.quantity, value_idr = new.value_idr
    FROM unnest(%s::uuid[], %s::numeric[], %s::bigint[]) AS new (id, quantity, value_idr)
    WHERE stock.cooperative_id = %s AND stock.id = new.id
"""


def _keep(cooperative: Cooperative, rows: Sequence[Stock]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            [
                [row.id for row in rows],
                [row.quantity for row in rows],
                [row.value_idr for row in rows],
                cooperative.pk,
            ],
        )


def refuse_quantity(product: Good, quantity: Decimal) -> None:
    """Check that a quantity can be of this product.

    :raises StockRefused: it is not above zero, is too large, or is a part of what is not weighed
    """
    named = {"name": product.name, "measure": product.measure}
    if quantity <= 0:
        raise StockRefused(_("%(name)s: the quantity must be more than zero.") % named)
    if quantity >= LIMIT:
        raise StockRefused(_("%(name)s: this quantity is too large to be right.") % named)
    if quantity != quantity.quantize(PLACES):
        raise StockRefused(_("%(name)s: write at most three decimals.") % named)
    if not product.is_weighed and quantity % 1:
        raise StockRefused(_("%(name)s is sold per whole %(measure)s.") % named)


def _refuse_lines(lines: Sequence[OpeningLine]) -> None:
    if not lines:
        raise StockRefused(_("There are no goods to take in."))
    if len({line.product.id for line in lines}) < len(lines):
        raise StockRefused(_("A product stands there twice."))
    for line in lines:
        if line.product.is_service:
            raise StockRefused(
                _("%(name)s is a service and has no stock.") % {"name": line.product.name}
            )
        refuse_quantity(line.product, line.quantity)
        if line.value_idr <= 0:
            raise StockRefused(
                _("%(name)s: write what one of it was bought for.") % {"name": line.product.name}
            )
        if line.cost_idr > MAX_PRICE_IDR:
            raise StockRefused(
                _("%(name)s: this price is too large to be right.") % {"name": line.product.name}
            )


def _refuse_moved(cooperative: Cooperative, lines: Sequence[OpeningLine]) -> None:
    """Opening stock is what was there before anything moved; a second one would double it."""
    moved = (
        StockMovement.objects.of(cooperative)
        .filter(product__in=[line.product.id for line in lines])
        .select_related("product")
        .order_by("product__name", "id")
        .first()
    )
    if moved is not None:
        raise StockRefused(
            _("The opening stock of %(name)s is already in the books.")
            % {"name": moved.product.name}
        )


def _opening_memo(lines: Sequence[OpeningLine]) -> str:
    with in_indonesian():
        return _("Opening stock of %(count)s products") % {"count": len(lines)}


def _opening_entries(cooperative: Cooperative, lines: Sequence[OpeningLine]) -> list[ledger.Entry]:
    values: dict[UUID, int] = {}
    for line in lines:
        unit_id = line.product.unit_id
        values[unit_id] = values.get(unit_id, 0) + line.value_idr
    entries = []
    for unit in BusinessUnit.objects.of(cooperative).filter(id__in=values).order_by("code", "id"):
        entries += [
            ledger.debit(Code.MERCHANDISE, values[unit.id], unit=unit),
            ledger.credit(Code.OPENING_CLEARING, values[unit.id], unit=unit),
        ]
    return entries
