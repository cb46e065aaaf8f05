"""Prices from a quantity and from a day on; they go before the product's own."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import refuse_far
from kkmp.lib.quantity import LIMIT, PLACES
from shops.goods.models import Price, Product
from shops.pricing.terms import MAX_PRICE_IDR, PriceTier

#: The smallest quantity there is of weighed and of counted goods: a price for it holds for any.
LEAST_WEIGHED, LEAST = Decimal("0.001"), Decimal(1)


class PriceRefused(DomainError):
    """The price may not be added so; the message is fit to show."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """:param min_quantity: in measures; None holds for any quantity
    :param price_idr: of one measure
    :param valid_until: the last day; None for no end
    """

    tier: PriceTier
    price_idr: int
    valid_from: date
    min_quantity: Decimal | None = None
    valid_until: date | None = None


@transaction.atomic
def add(*, product: Product, terms: Terms, on: date, by: User) -> Price:
    """Add a price; of several that fit a sale, the one from the largest quantity holds.

    :param on: today: a price cannot begin before
    :raises PriceRefused: an amount, a quantity or a day makes no sense, or there is one such
    """
    rows = Product.objects.of(product.cooperative_id).select_for_update(of=("self",))
    product = rows.select_related("cooperative").get(id=product.id)
    least = LEAST_WEIGHED if product.is_weighed else LEAST
    price = Price(
        cooperative=product.cooperative,
        product=product,
        **asdict(terms) | {"min_quantity": terms.min_quantity or least},
    )
    _refuse(product, price, on)
    price.save(force_insert=True)
    _note("price.add", price, by)
    return price


@transaction.atomic
def end(*, price: Price, on: date, by: User) -> None:
    """Let a price hold no longer: yesterday was its last day.

    One that has not held for a whole day yet is taken away; what was sold keeps its prices.

    :param on: today
    """
    rows = Price.objects.of(price.cooperative_id).select_for_update(of=("self",))
    price = rows.select_related("cooperative").get(id=price.id)
    if price.valid_until is not None and price.valid_until < on:
        return
    _note("price.end", price, by)
    if price.valid_from >= on:
        Price.objects.of(price.cooperative).filter(id=price.id).delete()
    else:
        price.valid_until = on - timedelta(days=1)
        price.save(update_fields=["valid_until"])


def _refuse(product: Product, price: Price, on: date) -> None:
    if price.price_idr <= 0:
        raise PriceRefused(_("The price must be more than zero."), field="price_idr")
    if price.price_idr > MAX_PRICE_IDR:
        raise PriceRefused(_("This price is too large to be right."), field="price_idr")
    many = price.min_quantity
    if not 0 < many < LIMIT or many != many.quantize(PLACES):
        raise PriceRefused(_("The quantity must be more than zero."), field="min_quantity")
    if not product.is_weighed and many % 1:
        raise PriceRefused(
            _("%(name)s is sold per whole %(measure)s.")
            % {"name": product.name, "measure": product.measure},
            field="min_quantity",
        )
    _refuse_dearer(product, price)
    if price.valid_from < on:
        raise PriceRefused(_("A price begins today at the earliest."), field="valid_from")
    refuse_far(price.valid_from, on=on, field="valid_from", refusal=PriceRefused)
    refuse_far(price.valid_until, on=on, field="valid_until", refusal=PriceRefused, years=10)
    if price.valid_until is not None and price.valid_until < price.valid_from:
        raise PriceRefused(_("The last day lies before the first."), field="valid_until")
    same = Price.objects.of(product.cooperative).filter(
        product=product, tier=price.tier, min_quantity=many, valid_from=price.valid_from
    )
    if same.exists():
        raise PriceRefused(
            _("There is such a price from this day on already. End it first."), field="valid_from"
        )


def _refuse_dearer(product: Product, price: Price) -> None:
    """Whoever buys more of it pays no more for each; a price from the first one on may be any."""
    if price.min_quantity <= 1:
        return
    own_idr = getattr(product, f"{price.tier}_price_idr")
    usual_idr = product.general_price_idr if own_idr is None else own_idr
    if price.price_idr > usual_idr:
        raise PriceRefused(
            _("At most %(price)s, the price of one: whoever buys more pays no more for each.")
            % {"price": format_rupiah(usual_idr)},
            field="price_idr",
        )


def _note(action: str, price: Price, by: User) -> None:
    audit.record(
        cooperative=price.cooperative,
        action=action,
        by=by,
        subject=price,
        product=str(price.product_id),
        tier=price.tier,
        min_quantity=str(price.min_quantity),
        price_idr=price.price_idr,
        valid_from=price.valid_from.isoformat(),
    )
