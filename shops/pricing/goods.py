"""What the rules know of goods, of a buyer and of a till."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from kkmp.lib.existing import present
from shops.pricing.terms import Period, PriceTier

_WHOLESALE = PriceTier.WHOLESALE.value


@dataclass(frozen=True, slots=True)
class QuantityPrice:
    """The price of one measure from a minimum quantity on; it is in force on the day."""

    tier: str
    min_quantity: Decimal
    price_idr: int
    valid_from: date


@dataclass(frozen=True, slots=True)
class PackOf:
    """:param prices: of one pack by tier; a missing one is worked out from the measure's price"""

    id: UUID
    name: str
    factor: Decimal
    prices: dict[str, int]


@dataclass(frozen=True, slots=True)
class Rule:
    """What the state prescribes for the sale of a subsidised product.

    :param bought: how much the buyer has already bought in the running period
    """

    ceiling_idr: int | None
    most_quantity: Decimal | None
    period: Period
    no_wholesale: bool
    needs_identity: bool
    source: str
    bought: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """A product as it is sold now.

    :param prices: of one measure by tier, whole rupiah; a tier without a price is missing
    :param value_idr: the cost of the whole stock of it
    :param expired_on: its "best before", if that day has come; else None
    """

    id: UUID
    name: str
    measure: str
    is_weighed: bool
    is_active: bool
    is_service: bool
    income_code: str
    unit_id: UUID
    prices: dict[str, int]
    quantity_prices: tuple[QuantityPrice, ...] = ()
    packs: tuple[PackOf, ...] = ()
    rules: tuple[Rule, ...] = ()
    stock_id: UUID | None = None
    quantity: Decimal = Decimal(0)
    value_idr: int = 0
    expired_on: date | None = None
    pack_size: int | None = None
    is_subsidised: bool = False

    def pack(self, pack_id: UUID) -> PackOf | None:
        """The pack with this id; None where it is not for sale."""
        return next((pack for pack in self.packs if pack.id == pack_id), None)


def wholesale_from(goods: Goods) -> Decimal | None:
    """The measures at which whoever sells gives the wholesale price; None where none are set."""
    priced = (each.min_quantity for each in goods.quantity_prices if each.tier == _WHOLESALE)
    packed = (pack.factor for pack in goods.packs if _WHOLESALE in pack.prices)
    return least_wholesale(goods.pack_size, priced, packed)


def least_wholesale(
    pack_size: int | None, priced: Iterable[Decimal], packed: Iterable[Decimal]
) -> Decimal | None:
    """The least of a carton, of the wholesale prices' quantities and of the packs that have one.

    One measure is what everybody buys and no quantity to sell again.

    :param priced: quantities from which a wholesale price of its own holds
    :param packed: measures in each pack with a wholesale price
    """
    found = [Decimal(pack_size or 0), *priced, *packed]
    return min((quantity for quantity in found if quantity > 1), default=None)


def price_of(goods: Goods, tier: PriceTier, quantity: Decimal) -> int | None:
    """Whole rupiah for one measure when ``quantity`` measures are bought at once.

    Nobody pays more than the general price of the same quantity. None where there is no
    wholesale price.
    """
    own_general_idr = _own_price(goods, PriceTier.GENERAL, quantity)
    general_idr = present(own_general_idr, "every product has a general price")
    own_idr = _own_price(goods, tier, quantity)
    if own_idr is None:
        return None if tier == PriceTier.WHOLESALE else general_idr
    return min(own_idr, general_idr)


def _own_price(goods: Goods, tier: PriceTier, quantity: Decimal) -> int | None:
    fitting = [
        price
        for price in goods.quantity_prices
        if price.tier == tier and price.min_quantity <= quantity
    ]
    if not fitting:
        return goods.prices.get(tier)
    return max(fitting, key=lambda price: (price.min_quantity, price.valid_from)).price_idr
