"""What a shop of the demo sells, day by day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from random import Random
from uuid import UUID

from finance.ledger.models import BusinessUnit
from kkmp.demo import baskets, cooperatives
from kkmp.demo.actors import UNIT, Cast, key_of
from kkmp.demo.baskets import Basket
from kkmp.demo.calendar import Calendar
from kkmp.demo.cooperatives import Trading
from kkmp.demo.till import Till, furnish
from kkmp.demo.wallets import Wallets
from kkmp.registry.models import Cooperative
from members.register.models import Member, Status
from members.register.services import leaving_open
from shops.goods.models import Product
from shops.goods.services import products
from shops.goods.services.particulars import ListedProduct
from shops.pricing.terms import PriceTier
from shops.till.models import Sale
from shops.till.services import sales
from shops.till.services.sales import Method, SaleRequest, SoldLine, Tender


@dataclass(slots=True)
class Shop:
    """A till with the goods it sells and the members it knows.

    :param leaving: ids of those in whose names nothing is sold, as their leaving is undecided
    :param wallets: None where everybody pays cash
    """

    till: Till
    goods: dict[str, Product]
    members: Sequence[Member]
    leaving: Collection[UUID] = ()
    wallets: Wallets | None = None


def trade(
    cooperative: Cooperative, plan: Trading, calendar: Calendar, random: Random, cast: Cast
) -> None:
    opened = calendar.moved(plan.opened)
    carried = baskets.trade(plan, opened, calendar.days_from(opened), random)
    goods = _stock_up(cooperative, opened, baskets.sold(carried), random, cast)
    unit = BusinessUnit.objects.of(cooperative).get(name=UNIT)
    members = list(
        Member.objects.of(cooperative)
        .with_status(Status.ACTIVE)
        .select_related("party")
        .order_by("joined_on", "number", "id")
    )
    unit.cooperative = cooperative
    till = Till(unit, cast.cashier_of(cooperative), key_of(cooperative, "till"))
    till.fill_cash_box(carried[0].at)
    leaving = leaving_open.reasons_by_member(cooperative.pk, [member.id for member in members])
    shop = Shop(till, goods, members, frozenset(leaving))
    if plan.kelurahan == cooperatives.GEDAWANG:
        shop.wallets = Wallets(
            members,
            calendar,
            cashier=till.cashier,
            approver=cast.chair_of(cooperative),
            key=key_of(cooperative, "wallets"),
        )
    numbered = enumerate(carried, start=1)
    for _day, of_day in groupby(numbered, key=lambda pair: pair[1].at.date()):
        _trade_a_day(shop, list(of_day), random)
    if plan.kelurahan == cooperatives.GEDAWANG:
        furnish(cooperative, goods, calendar, cast.administrator)


def _trade_a_day(shop: Shop, of_day: Sequence[tuple[int, Basket]], random: Random) -> None:
    shift = shop.till.open(of_day[0][1].at)
    last = of_day[-1][1].at
    for number, basket in of_day:
        sale = _sell(shop, number, basket, random)
        if shop.wallets:
            shop.wallets.bring_back(sale, shift)
    if shop.wallets:
        shop.wallets.end_day(last + timedelta(minutes=5))
    shop.till.close(shift, last, random)


def _stock_up(
    cooperative: Cooperative,
    opened: date,
    needed: dict[str, Decimal],
    random: Random,
    cast: Cast,
) -> dict[str, Product]:
    """Add the goods, with enough stock for all sales to come and some left over."""
    rows = [
        ListedProduct(
            category=article.category,
            name=article.name,
            measure=article.measure,
            general_price_idr=article.general_price_idr,
            member_price_idr=article.member_price_idr,
            wholesale_price_idr=article.wholesale_price_idr,
            code=article.code,
            is_weighed=article.is_weighed,
            pack_size=article.pack_size,
            stock_min=Decimal(article.stock_min),
            unit=UNIT,
            opening_quantity=needed.get(article.name, Decimal()) + random.randint(4, 40),
            cost_idr=article.cost_idr,
        )
        for article in baskets.articles()
    ]
    added = products.add_many(
        cooperative=cooperative,
        rows=rows,
        key=key_of(cooperative, "opening stock"),
        on=opened,
        by=cast.administrator,
    )
    return {product.name: product for product in added.products}


def _sell(shop: Shop, number: int, basket: Basket, random: Random) -> Sale:
    member = None
    if basket.tier == PriceTier.MEMBER:
        member = _buyer(shop.members, basket.at.date(), random)
        if member and member.id in shop.leaving:
            member = None
    tier = basket.tier if member or basket.tier == PriceTier.WHOLESALE else PriceTier.GENERAL
    total_idr = basket.total_idr(tier)
    cooperative = shop.till.unit.cooperative
    request = SaleRequest(
        unit_code=shop.till.unit.code,
        lines=[
            SoldLine(shop.goods[article.name].id, many, article.sold_at(tier))
            for article, many in basket.lines
        ],
        payments=[Tender(Method.CASH, _handed_over(total_idr))],
        key=key_of(cooperative, f"sale {number}"),
        member_id=member.id if member else None,
    )
    if shop.wallets:
        request = shop.wallets.pay(request, total_idr, basket.at.date())
    return sales.sell(
        cooperative=cooperative,
        request=request,
        at=basket.at,
        by=shop.till.cashier,
        # Kiosks come with the chair's word for it.
        may_wholesale=True,
    )


def _buyer(members: Sequence[Member], day: date, random: Random) -> Member | None:
    """Somebody who is a member on this day; None if none was drawn."""
    for _attempt in range(4):
        member = random.choice(members)
        if member.joined_on and member.joined_on <= day:
            return member
    return None


def _handed_over(total_idr: int) -> int:
    """The cash that a buyer hands over: the total in notes, up to the next Rp5,000."""
    return -(-total_idr // 5_000) * 5_000
