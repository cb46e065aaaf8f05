"""A shop's ordinary day, made through the services: what :mod:`kkmp.bench.volume` multiplies."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from finance.ledger.models import BusinessUnit
from kkmp.access.models import User
from kkmp.bench import people
from kkmp.lib.ids import new_id
from kkmp.lib.periods import JAKARTA
from kkmp.registry.models import Cooperative
from members.register.models import Member, Status
from members.takeover.services import opening
from members.takeover.services.opening_rules import Opening
from shops.credit import queries as owed
from shops.credit.services import credits
from shops.drawers import cash
from shops.drawers.models import DENOMINATIONS, Shift
from shops.drawers.services import shifts
from shops.goods.models import Product
from shops.pricing.basket import SoldLine
from shops.pricing.methods import Method
from shops.pricing.paying import Tender
from shops.returns.services import returns
from shops.settling import queries as awaited
from shops.settling.services import confirming, settlements
from shops.settling.services.settlements import Arrived
from shops.till.models import Sale
from shops.till.services import sales

MEMBERS = 40
#: The n-th sale of twenty is paid so; the others in cash.
_PAID = {3: Method.QRIS, 8: Method.QRIS, 13: Method.QRIS, 17: Method.TRANSFER, 19: Method.CREDIT}


@dataclass(frozen=True, slots=True)
class Shop:
    cooperative: Cooperative
    unit: BusinessUnit
    chair: User
    cashiers: list[User]


def register(shop: Shop, on: date, serial: int) -> list[Member]:
    """Members who may buy on credit.

    :param serial: number of the first person, so that nobody is in two cooperatives
    """
    random = Random(serial)
    given = [
        Opening(
            particulars=people.person(serial + number, random),
            status=Status.ACTIVE,
            since=on,
            principal_idr=100_000,
        )
        for number in range(MEMBERS)
    ]
    made = opening.take_over(
        cooperative=shop.cooperative, people=given, key=new_id(), on=on, by=shop.chair
    ).members
    for member in made:
        credits.set_terms(member=member, limit_idr=5_000_000, due_days=30, version=0, by=shop.chair)
    return made


def sell(shop: Shop, members: list[Member], day: date, count: int) -> None:
    """Two drawers from seven to nine in the evening, and what is done after them."""
    open_ones = [_open(shop, cashier, day, n) for n, cashier in enumerate(shop.cashiers)]
    goods = list(Product.objects.of(shop.cooperative).order_by("id"))
    random = Random(day.toordinal())
    sold = []
    for number in range(count):
        at = _at(day, 7) + timedelta(hours=14) * number / count
        # Every third one, and all on credit, buys as a member.
        member = members[number % len(members)] if number % 3 == 0 or number % 20 == 19 else None
        lines = [SoldLine(each.pk, Decimal(1)) for each in random.sample(goods, 1 + number % 3)]
        method = _PAID.get(number % 20, Method.CASH)
        sold.append(_sale(shop, lines, member, method, at, shop.cashiers[number % 2]))
    evening = _at(day, 21)
    _take_back(shop, sold, open_ones, evening)
    for member in members:
        _pay(shop, member, day, evening)
    _confirm(shop, day)
    for shift in open_ones:
        _close(shift, evening)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), JAKARTA)


def _open(shop: Shop, cashier: User, day: date, number: int) -> Shift:
    return shifts.open_shift(
        cooperative=shop.cooperative,
        unit=shop.unit,
        drawer=f"Laci {number + 1}",
        float_idr=0,
        key=new_id(),
        at=_at(day, 6),
        by=cashier,
    )


def _sale(
    shop: Shop,
    lines: list[SoldLine],
    member: Member | None,
    method: Method,
    at: datetime,
    by: User,
) -> Sale:
    prices = Product.objects.of(shop.cooperative).in_bulk([line.product_id for line in lines])
    total_idr = sum(each.general_price_idr for each in prices.values())
    return sales.sell(
        cooperative=shop.cooperative,
        request=sales.SaleRequest(
            unit_code=shop.unit.code,
            lines=lines,
            payments=[Tender(method, total_idr)],
            key=new_id(),
            member_id=member.pk if member else None,
            device="bench",
        ),
        at=at,
        by=by,
    )


def _take_back(shop: Shop, sold: list[Sale], open_ones: list[Shift], at: datetime) -> None:
    """A void, and a return of the first line of another receipt."""
    cash_sales = [sale for sale in sold if len(sale.sold_lines) > 1][:2]
    for number, sale in enumerate(cash_sales):
        first = sale.sold_lines[0]
        returns.take_back(
            sale=sale,
            quantities={first.id: first.quantity} if number else None,
            reason="Rusak (rekaan)",
            key=new_id(),
            at=at,
            approved=returns.Approved(by=shop.cashiers[0], approver=shop.chair, shift=open_ones[0]),
        )


def _pay(shop: Shop, member: Member, day: date, at: datetime) -> None:
    owed_idr = owed.account(member, on=day).owed_idr
    if owed_idr > 0:
        credits.pay(
            member=member,
            method=Method.CASH,
            amount_idr=owed_idr,
            key=new_id(),
            at=at,
            by=shop.cashiers[0],
        )


def _confirm(shop: Shop, day: date) -> None:
    """Most of QRIS is settled, most of the others seen; each twentieth is left waiting."""
    found = awaited.waiting(shop.cooperative)
    seen = [one for number, one in enumerate(found) if number % 20]
    qris = [one for one in seen if one.method == Method.QRIS and one.left_idr]
    others = [one for one in seen if one.method != Method.QRIS and one.left_idr]
    if others:
        confirming.confirm(
            cooperative=shop.cooperative, ids=[o.id for o in others], on=day, by=shop.chair
        )
    if qris:
        settlements.settle(
            cooperative=shop.cooperative,
            arrived=Arrived(
                ids=[one.id for one in qris],
                net_idr=sum(one.left_idr for one in qris),
                on=day,
                reference="rekaan",
            ),
            key=new_id(),
            by=shop.chair,
        )


def _close(shift: Shift, at: datetime) -> None:
    left, pieces = cash.expected_idr(shift), {}
    for value in DENOMINATIONS:
        pieces[value], left = divmod(left, value)
    shifts.close(
        shift=shift,
        counted=shifts.Counted(pieces),
        note="",
        key=new_id(),
        at=at,
        by=shift.cashier,
    )
