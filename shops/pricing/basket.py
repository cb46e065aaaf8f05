"""Lines of a basket: their prices, rules and discounts; each line is rounded once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from kkmp.lib.errors import DomainError
from kkmp.lib.existing import present
from kkmp.lib.money import format_rupiah, line_total_idr, round_half_up, split_largest_remainder
from kkmp.lib.quantity import LIMIT, PLACES, format_quantity
from shops.pricing.goods import Goods, PackOf, Rule, price_of, wholesale_from
from shops.pricing.terms import Period, PriceTier


class SaleRefused(DomainError):
    """The sale may not be made; the message is fit to show the cashier."""


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A quantity of a product in a basket, to be sold at one of its prices.

    :param quantity: in measures, or in packs where a pack is named
    :param discount_idr: taken off this line
    """

    product_id: UUID
    quantity: Decimal
    tier: PriceTier = PriceTier.GENERAL
    pack_id: UUID | None = None
    discount_idr: int = 0


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line as it will stand on the receipt.

    :param quantity: in measures
    :param pack_quantity: in packs; None where measures are sold
    :param price_idr: of one pack or one measure
    :param saving_idr: how much less it is than at the general price, discounts included
    :param total_idr: after discounts
    """

    goods: Goods
    pack: PackOf | None
    quantity: Decimal
    pack_quantity: Decimal | None
    tier: PriceTier
    price_idr: int
    discount_idr: int
    saving_idr: int
    total_idr: int


@dataclass(frozen=True, slots=True)
class Buyer:
    """
    :param is_known: whether it is a member, or somebody whose NIK was given
    :param may_wholesale: whether whoever sells may give the wholesale price to less than its
        quantity
    """

    is_member: bool
    is_known: bool
    may_wholesale: bool = False


def merged(lines: Sequence[SoldLine]) -> list[SoldLine]:
    """The basket with one line for each product and pack, in the order of their first scan.

    :raises SaleRefused: the basket is empty, or has the same goods at two prices
    """
    found: dict[tuple[UUID, UUID | None], SoldLine] = {}
    for line in lines:
        place = (line.product_id, line.pack_id)
        earlier = found.setdefault(place, line)
        if earlier is line:
            continue
        if earlier.tier != line.tier:
            raise SaleRefused(_("The same goods stand in the basket at two prices."))
        found[place] = replace(
            earlier,
            quantity=earlier.quantity + line.quantity,
            discount_idr=earlier.discount_idr + line.discount_idr,
        )
    if not found:
        raise SaleRefused(_("The basket is empty. Scan or tap the goods first."))
    return list(found.values())


def priced(
    lines: Sequence[SoldLine],
    goods: Mapping[UUID, Goods],
    *,
    unit_id: UUID,
    buyer: Buyer,
    discount_idr: int = 0,
) -> list[PricedLine]:
    """The lines with their prices, once stock, rules and discounts were checked.

    :param lines: of :func:`merged`
    :param discount_idr: taken off the whole sale, shared over the lines by their totals
    :raises SaleRefused: with the product's name and what is wrong with it
    """
    found = [_priced(line, goods[line.product_id], unit_id, buyer) for line in lines]
    _refuse_stock(found)
    _refuse_rules(found, buyer)
    return _discounted(found, discount_idr) if discount_idr else found


def _priced(line: SoldLine, goods: Goods, unit_id: UUID, buyer: Buyer) -> PricedLine:
    _refuse_goods(goods, unit_id)
    pack = _pack(line, goods)
    factor = pack.factor if pack else Decimal(1)
    quantity = line.quantity * factor
    _refuse_quantity(line, goods, pack, quantity)
    if line.tier == PriceTier.MEMBER and not buyer.is_member:
        raise SaleRefused(_("Choose the member first: member prices are for members only."))
    price_idr = _price(goods, pack, line.tier, quantity)
    if line.tier == PriceTier.WHOLESALE and not buyer.may_wholesale:
        _refuse_few(goods, quantity)
    gross_idr = line_total_idr(line.quantity, price_idr)
    if gross_idr == 0:
        raise SaleRefused(
            _("%(name)s: so little of it costs nothing. Check the quantity.") % {"name": goods.name}
        )
    if not 0 <= line.discount_idr < gross_idr:
        raise SaleRefused(
            _("%(name)s: the discount must be less than %(total)s.")
            % {"name": goods.name, "total": format_rupiah(gross_idr)}
        )
    general_idr = line_total_idr(line.quantity, _price(goods, pack, PriceTier.GENERAL, quantity))
    total_idr = gross_idr - line.discount_idr
    return PricedLine(
        goods=goods,
        pack=pack,
        quantity=quantity,
        pack_quantity=line.quantity if pack else None,
        tier=line.tier,
        price_idr=price_idr,
        discount_idr=line.discount_idr,
        saving_idr=general_idr - total_idr,
        total_idr=total_idr,
    )


def _price(goods: Goods, pack: PackOf | None, tier: PriceTier, quantity: Decimal) -> int:
    measure_idr = price_of(goods, tier, quantity)
    if pack is not None and (measure_idr is not None or tier in pack.prices):
        return _pack_price(goods, pack, tier, quantity, measure_idr)
    if measure_idr is None:
        raise SaleRefused(_("%(name)s has no wholesale price.") % {"name": goods.name})
    return measure_idr


def _pack_price(
    goods: Goods, pack: PackOf, tier: PriceTier, quantity: Decimal, measure_idr: int | None
) -> int:
    """The pack's own price, else that of the measures in it; never above the general price."""
    by_measure = round_half_up(pack.factor * measure_idr) if measure_idr is not None else None
    own_idr = pack.prices.get(tier, by_measure)
    general = present(
        price_of(goods, PriceTier.GENERAL, quantity), "every product has a general price"
    )
    general_idr = pack.prices.get(PriceTier.GENERAL, round_half_up(pack.factor * general))
    return general_idr if own_idr is None else min(own_idr, general_idr)


def _pack(line: SoldLine, goods: Goods) -> PackOf | None:
    if line.pack_id is None:
        return None
    pack = goods.pack(line.pack_id)
    if pack is None:
        raise SaleRefused(_("This pack of %(name)s is no longer sold.") % {"name": goods.name})
    return pack


def _refuse_goods(goods: Goods, unit_id: UUID) -> None:
    if not goods.is_active:
        raise SaleRefused(_("%(name)s is no longer sold.") % {"name": goods.name})
    if goods.unit_id != unit_id:
        raise SaleRefused(_("%(name)s is sold by another unit of business.") % {"name": goods.name})
    if goods.expired_on is not None:
        raise SaleRefused(
            _(
                "%(name)s is not sold any more: best before %(day)s. If newer goods stand on the "
                "shelf, have their date written in the list of goods."
            )
            % {"name": goods.name, "day": f"{goods.expired_on:%d/%m/%Y}"}
        )


def _refuse_quantity(line: SoldLine, goods: Goods, pack: PackOf | None, quantity: Decimal) -> None:
    named = {"name": goods.name, "measure": pack.name if pack else goods.measure}
    if line.quantity <= 0:
        raise SaleRefused(_("%(name)s: the quantity must be more than zero.") % named)
    if line.quantity >= LIMIT or quantity >= LIMIT:
        raise SaleRefused(_("%(name)s: this quantity is too large to be right.") % named)
    if line.quantity != line.quantity.quantize(PLACES):
        raise SaleRefused(_("%(name)s: write at most three decimals.") % named)
    if (pack is not None or not goods.is_weighed) and line.quantity % 1:
        raise SaleRefused(_("%(name)s is sold per whole %(measure)s.") % named)


def _refuse_few(goods: Goods, quantity: Decimal) -> None:
    least = wholesale_from(goods)
    if least is None:
        raise SaleRefused(
            _(
                "%(name)s: no quantity is set for its wholesale price, so only the chair gives it. "
                "Sell it at the usual price."
            )
            % {"name": goods.name}
        )
    if quantity < least:
        raise SaleRefused(
            _(
                "%(name)s: the wholesale price is for %(least)s %(measure)s or more. Sell it at "
                "the usual price."
            )
            % {"name": goods.name, "least": format_quantity(least), "measure": goods.measure}
        )


def _refuse_stock(lines: Sequence[PricedLine]) -> None:
    for goods, quantity in by_product(lines).values():
        if not goods.is_service and quantity > goods.quantity:
            raise SaleRefused(
                _("Not enough %(name)s: %(left)s %(measure)s left.")
                % {
                    "name": goods.name,
                    "left": format_quantity(goods.quantity),
                    "measure": goods.measure,
                }
            )


def by_product(lines: Sequence[PricedLine]) -> dict[UUID, tuple[Goods, Decimal]]:
    """Each product with the measures of it that are sold, packs counted by their contents."""
    found: dict[UUID, tuple[Goods, Decimal]] = {}
    for line in lines:
        _goods, before = found.get(line.goods.id, (line.goods, Decimal(0)))
        found[line.goods.id] = (line.goods, before + line.quantity)
    return found


def _refuse_rules(lines: Sequence[PricedLine], buyer: Buyer) -> None:
    sold = by_product(lines)
    for line in lines:
        if line.tier == PriceTier.WHOLESALE and line.goods.is_subsidised and not line.goods.rules:
            raise SaleRefused(
                _("%(name)s is subsidised, and no rule in force allows its wholesale price.")
                % {"name": line.goods.name}
            )
        for rule in line.goods.rules:
            _refuse_rule(line, rule, sold[line.goods.id][1], buyer)


def _refuse_rule(line: PricedLine, rule: Rule, quantity: Decimal, buyer: Buyer) -> None:
    named = {"name": line.goods.name, "measure": line.goods.measure, "source": rule.source}
    if rule.no_wholesale and line.tier == PriceTier.WHOLESALE:
        raise SaleRefused(_("%(name)s is never sold at the wholesale price (%(source)s).") % named)
    if rule.needs_identity and not buyer.is_known:
        raise SaleRefused(
            _("%(name)s: choose the member, or fill in the buyer's NIK (%(source)s).") % named,
            field="member",
        )
    if rule.ceiling_idr is not None and line.price_idr > rule.ceiling_idr * (
        line.pack.factor if line.pack else 1
    ):
        raise SaleRefused(
            _("%(name)s may cost at most %(ceiling)s a %(measure)s (%(source)s). Lower its price.")
            % (named | {"ceiling": format_rupiah(rule.ceiling_idr)})
        )
    if rule.most_quantity is not None and quantity + rule.bought > rule.most_quantity:
        _refuse_most(rule, named)


def _refuse_most(rule: Rule, named: dict[str, str]) -> None:
    words = named | {
        "most": format_quantity(rule.most_quantity or 0),
        "period": Period(rule.period).label,
        "bought": format_quantity(rule.bought),
    }
    if rule.bought:
        raise SaleRefused(
            _(
                "%(name)s: at most %(most)s %(measure)s %(period)s for each buyer (%(source)s); "
                "this buyer has had %(bought)s."
            )
            % words
        )
    raise SaleRefused(
        _("%(name)s: at most %(most)s %(measure)s %(period)s for each buyer (%(source)s).") % words
    )


def _discounted(lines: Sequence[PricedLine], discount_idr: int) -> list[PricedLine]:
    """The discount shared over the lines by their totals; each line keeps at least one rupiah."""
    if not discount_idr:
        return list(lines)
    weights = [line.total_idr - 1 for line in lines]
    if not 0 <= discount_idr <= sum(weights):
        raise SaleRefused(
            _("The discount must be less than %(total)s.")
            % {"total": format_rupiah(sum(weights) + 1)},
            field="discount_idr",
        )
    shares = split_largest_remainder(discount_idr, weights)
    return [
        replace(
            line,
            discount_idr=line.discount_idr + share,
            saving_idr=line.saving_idr + share,
            total_idr=line.total_idr - share,
        )
        for line, share in zip(lines, shares, strict=True)
    ]
