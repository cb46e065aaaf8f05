"""What is on the shelf, and what it cost."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypedDict

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from finance.ledger.models import Journal
from kkmp.lib.money import share_of_value
from kkmp.registry.models import Cooperative
from shops.stock.goods import Good
from shops.stock.models import MovementKind, Stock, StockMovement


class InStock(Protocol):
    """A product read with its stock; both are None for a service, which has none."""

    @property
    def stock_quantity(self) -> Decimal | None: ...

    @property
    def stock_value_idr(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Opened:
    """What was on the shelf of a product when the books began, and what it cost."""

    quantity: Decimal
    value_idr: int


class Difference(TypedDict):
    """A row of stock that is not the sum of its movements."""

    product: Good
    quantity: Decimal
    value_idr: int
    moved_quantity: Decimal
    moved_value_idr: int


def average_cost_idr(product: InStock) -> int | None:
    """What one measure cost on average; None without stock."""
    if not product.stock_quantity or product.stock_value_idr is None:
        return None
    return share_of_value(product.stock_value_idr, Decimal(1), product.stock_quantity)


def movements(product: Good) -> QuerySet[StockMovement]:
    """What came and went of a product, latest first."""
    return (
        StockMovement.objects.of(product.cooperative_id)
        .filter(product=product.id)
        .select_related("journal")
        .order_by("-date", "-id")
    )


def opened(product: Good) -> Opened | None:
    """The opening stock, corrections included; None where nobody has written any down."""
    rows = StockMovement.objects.of(product.cooperative_id)
    sums = rows.filter(product=product.id, kind=MovementKind.OPENING).aggregate(
        quantity=Sum("quantity"), value_idr=Sum("value_idr")
    )
    if sums["quantity"] is None:
        return None
    return Opened(sums["quantity"], int(sums["value_idr"]))


def of_journal(journal: Journal) -> QuerySet[StockMovement]:
    """What a journal moved, by the names of the goods."""
    rows = StockMovement.objects.of(journal.cooperative_id).filter(journal=journal)
    return rows.select_related("product").order_by("product__name", "id")


def stock_differences(cooperative: Cooperative) -> list[Difference]:
    """Stock rows that are not the sum of their movements: none, unless something is broken."""
    moved = {
        product_id: (quantity, value_idr)
        for product_id, quantity, value_idr in StockMovement.objects.of(cooperative)
        .values_list("product_id")
        .annotate(moved_quantity=Sum("quantity"), moved_value_idr=Coalesce(Sum("value_idr"), 0))
        .order_by("product_id")
    }
    differences: list[Difference] = []
    for stock in Stock.objects.of(cooperative).select_related("product").order_by("id"):
        re_added = moved.get(stock.product_id, (Decimal(0), 0))
        if (stock.quantity, stock.value_idr) != re_added:
            differences.append(
                {
                    "product": stock.product,
                    "quantity": stock.quantity,
                    "value_idr": stock.value_idr,
                    "moved_quantity": re_added[0],
                    "moved_value_idr": re_added[1],
                }
            )
    return differences


def stock_value_idr(cooperative: Cooperative) -> int:
    """What all goods on the shelves cost: the balance of the merchandise account."""
    total = Stock.objects.of(cooperative).aggregate(value_idr=Coalesce(Sum("value_idr"), 0))
    return int(total["value_idr"])
