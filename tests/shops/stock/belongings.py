"""What was on the shelf when the books began."""

from shops.models import MovementKind, StockMovement
from tests.guards.side import Side

WEIGHT = 64
ADDRESSES = {("shops:opening_goods", "journal_id"): "stock journal"}


def furnish(side: Side) -> None:
    goods = StockMovement.objects.of(side.cooperative).filter(kind=MovementKind.OPENING)
    side.ids["stock journal"] = goods.order_by("id")[0].journal_id
