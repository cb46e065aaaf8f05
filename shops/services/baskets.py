"""What lies in a buyer's basket: one line a product, priced and with its cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from finance.models import BusinessUnit
from kkmp.lib.errors import DomainError
from kkmp.lib.money import line_total_idr
from kkmp.lib.quantity import format_quantity
from members.models import Member
from shops.models import PriceTier, Product, SaleLine, Stock
from shops.services import stock


class SaleRefused(DomainError):
    """The sale may not be made; the message is fit to show the cashier."""


@dataclass(frozen=True, slots=True)
class SoldLine:
    """So much of a product, at one of its prices."""

    product: Product
    quantity: Decimal
    tier: PriceTier = PriceTier.GENERAL


def price_of(product: Product, tier: PriceTier) -> int | None:
    """A product's price, whole rupiah for one measure; None where it has none such."""
    return {
        PriceTier.GENERAL: product.general_price_idr,
        PriceTier.MEMBER: product.member_price_idr,
        PriceTier.WHOLESALE: product.wholesale_price_idr,
    }[tier]


def merged(lines: Sequence[SoldLine]) -> list[SoldLine]:
    """One line a product, in the order in which they were first scanned.

    Stock leaves once a product; the same product at two prices would need two costs.
    """
    by_product: dict[UUID, SoldLine] = {}
    for line in lines:
        _refuse_line(line)
        earlier = by_product.setdefault(line.product.id, line)
        if earlier is line:
            continue
        if earlier.tier != line.tier:
            raise SaleRefused(
                _("%(name)s stands in the basket at two prices.") % {"name": line.product.name}
            )
        by_product[line.product.id] = SoldLine(
            earlier.product, earlier.quantity + line.quantity, line.tier
        )
    if not by_product:
        raise SaleRefused(_("The basket is empty. Scan or tap the goods first."))
    return list(by_product.values())


def priced(line: SoldLine, held: Stock, unit: BusinessUnit, member: Member | None) -> SaleLine:
    """The line as it will stand on the receipt, at the prices and the cost of now.

    :param held: the locked stock of its product
    :raises SaleRefused: see :func:`~shops.services.sales.sell`
    """
    product = held.product
    _refuse_goods(line, held, unit)
    price_idr = _price(product, line.tier, member)
    total_idr = line_total_idr(line.quantity, price_idr)
    if total_idr == 0:
        raise SaleRefused(
            _("%(name)s: so little of it costs nothing. Check the quantity.")
            % {"name": product.name}
        )
    return SaleLine(
        cooperative_id=held.cooperative_id,
        product=product,
        name=product.name,
        measure=product.measure,
        quantity=line.quantity,
        price_tier=line.tier,
        price_idr=price_idr,
        saving_idr=line_total_idr(line.quantity, product.general_price_idr) - total_idr,
        total_idr=total_idr,
        cost_idr=stock.cost_of(held, line.quantity),
    )


def _refuse_goods(line: SoldLine, held: Stock, unit: BusinessUnit) -> None:
    product = held.product
    if not product.is_active:
        raise SaleRefused(_("%(name)s is no longer sold.") % {"name": product.name})
    if product.unit_id != unit.id:
        raise SaleRefused(
            _("%(name)s is sold by another unit of business.") % {"name": product.name}
        )
    if line.quantity > held.quantity:
        raise SaleRefused(
            _("Not enough %(name)s: %(left)s %(measure)s left.")
            % {
                "name": product.name,
                "left": format_quantity(held.quantity),
                "measure": product.measure,
            }
        )


def _price(product: Product, tier: PriceTier, member: Member | None) -> int:
    if tier == PriceTier.MEMBER and member is None:
        raise SaleRefused(_("Choose the member first: member prices are for members only."))
    price_idr = price_of(product, tier)
    if price_idr is None:
        raise SaleRefused(_("%(name)s has no wholesale price.") % {"name": product.name})
    return price_idr


def _refuse_line(line: SoldLine) -> None:
    try:
        stock.refuse_quantity(line.product, line.quantity)
    except stock.StockRefused as refusal:
        raise SaleRefused(str(refusal)) from refusal
