"""What is on the shelf, and what it cost."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from kkmp.lib.money import share_of_value
from kkmp.registry.models import Cooperative
from shops.stock.models import Stock, StockMovement

if TYPE_CHECKING:
    from shops.goods.models import Product


def average_cost_idr(product: Any) -> int | None:
    """What one measure cost on average, of a product from :func:`products`; None without stock."""
    if not product.stock_quantity:
        return None
    return share_of_value(product.stock_value_idr, Decimal(1), product.stock_quantity)


def movements(product: "Product") -> QuerySet[StockMovement]:
    """What came and went of a product, latest first."""
    return (
        StockMovement.objects.of(product.cooperative_id)
        .filter(product=product)
        .select_related("journal")
        .order_by("-date", "-id")
    )


def stock_differences(cooperative: Cooperative) -> list[dict[str, Any]]:
    """Stock rows that are not the sum of their movements: none, unless something is broken.

    Each: ``product``, ``quantity``, ``value_idr``, and ``moved_quantity``, ``moved_value_idr``.
    """
    moved = {
        row["product_id"]: row
        for row in StockMovement.objects.of(cooperative)
        .values("product_id")
        .annotate(moved_quantity=Sum("quantity"), moved_value_idr=Coalesce(Sum("value_idr"), 0))
        .order_by("product_id")
    }
    differences = []
    for stock in Stock.objects.of(cooperative).select_related("product").order_by("id"):
        sums = moved.get(stock.product_id, {"moved_quantity": 0, "moved_value_idr": 0})
        there = {"quantity": stock.quantity, "value_idr": stock.value_idr}
        re_added = {name: sums[name] for name in ("moved_quantity", "moved_value_idr")}
        if list(there.values()) != list(re_added.values()):
            differences.append({"product": stock.product, **there, **re_added})
    return differences


def stock_value_idr(cooperative: Cooperative) -> int:
    """What all goods on the shelves cost: the balance of the merchandise account."""
    total = Stock.objects.of(cooperative).aggregate(value_idr=Coalesce(Sum("value_idr"), 0))
    return int(total["value_idr"])
