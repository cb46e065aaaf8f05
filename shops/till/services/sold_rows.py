"""A line of a sale that is being made, as its table has it and its receipt shows it."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from kkmp.lib.ids import new_id
from shops.pricing.basket import PricedLine


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldRow:
    """The columns of :class:`shops.till.models.SaleLine`, whose making took ten times as long."""

    id: UUID
    position: int
    product_id: UUID
    name: str
    measure: str
    quantity: Decimal
    pack_id: UUID | None
    pack_name: str
    pack_quantity: Decimal | None
    price_tier: str
    price_idr: int
    discount_idr: int
    saving_idr: int
    total_idr: int
    cost_idr: int

    @classmethod
    def of(cls, line: PricedLine, position: int, cost_idr: int) -> "SoldRow":
        """The row of a priced line."""
        pack = line.pack
        return cls(
            id=new_id(),
            position=position,
            product_id=line.goods.id,
            name=line.goods.name,
            measure=line.goods.measure,
            quantity=line.quantity,
            pack_id=pack.id if pack else None,
            pack_name=pack.name if pack else "",
            pack_quantity=line.pack_quantity,
            price_tier=line.tier,
            price_idr=line.price_idr,
            discount_idr=line.discount_idr,
            saving_idr=line.saving_idr,
            total_idr=line.total_idr,
            cost_idr=cost_idr,
        )
