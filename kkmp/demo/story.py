"""What happens in each cooperative of the demo, done by the services that people use."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from random import Random
from uuid import UUID, uuid5

from finance.ledger.models import BusinessUnit
from kkmp.access.models import User
from kkmp.city.cooperatives.services import ladder
from kkmp.city.cooperatives.services.establish import establish
from kkmp.demo import baskets, cooperatives, membership, people
from kkmp.demo.baskets import Basket
from kkmp.demo.calendar import Calendar
from kkmp.demo.cooperatives import LEGAL_SINCE, MANDATORY_IDR, Trading
from kkmp.demo.till import Till, furnish
from kkmp.demo.wallets import Wallets
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, Kelurahan, Stage
from members.register.models import Member, Status
from members.register.services.particulars import Particulars
from members.takeover.services import opening
from members.takeover.services.opening_rules import Opening
from shops.goods.models import Product
from shops.goods.services import products
from shops.goods.services.particulars import ListedProduct
from shops.pricing.terms import PriceTier
from shops.till.models import Sale
from shops.till.services import sales
from shops.till.services.sales import Method, SaleRequest, SoldLine, Tender

#: The idempotency keys of the demo are made from this, so that every load makes the same ones.
_NAMESPACE = UUID("0199c0de-0000-7000-8000-000000000177")
#: Members join from five weeks before the shop opens, twice a week.
_BEFORE_OPENING = timedelta(weeks=5)
_UNIT = "Gerai sembako"


@dataclass(frozen=True, slots=True)
class Cast:
    """The people who act in the demo."""

    administrator: User
    officer: User
    #: Cashiers by the code of the kelurahan; where there is none, the administrator sells.
    cashiers: dict[str, User]
    #: Chairs by the code of the kelurahan; where there is none, the city's officer approves.
    chairs: dict[str, User] = field(default_factory=dict)

    def cashier_of(self, cooperative: Cooperative) -> User:
        return self.cashiers.get(cooperative.kelurahan_id, self.administrator)

    def chair_of(self, cooperative: Cooperative) -> User:
        return self.chairs.get(cooperative.kelurahan_id, self.officer)


@dataclass(frozen=True, slots=True)
class Part:
    """A kelurahan whose cooperative is part of the demo."""

    kelurahan: str
    name: str
    #: Its position in the order of codes.
    number: int
    #: None for a cooperative that does not trade.
    plan: Trading | None

    @property
    def weight(self) -> int:
        """How much work it is to load, where a cooperative that does not trade is 1."""
        return 1 if self.plan is None else self.plan.daily_idr // 10_000


@dataclass(slots=True)
class Shop:
    """A till with the goods it sells and the members it knows.

    :param wallets: None where everybody pays cash
    """

    till: Till
    goods: dict[str, Product]
    members: Sequence[Member]
    wallets: Wallets | None = None


def parts() -> list[Part]:
    """All kelurahan; those with most work come first, so that loading ends early."""
    plans = {plan.kelurahan: plan for plan in cooperatives.TRADING}
    everywhere = Kelurahan.objects.order_by("code")
    told = [Part(k.code, k.name, n, plans.get(k.code)) for n, k in enumerate(everywhere)]
    return sorted(told, key=lambda part: (-part.weight, part.kelurahan))


def tell(part: Part, calendar: Calendar, cast: Cast) -> Cooperative:
    """Make a cooperative with all that happens in it. Call it in a transaction."""
    kelurahan = Kelurahan.objects.select_related("kecamatan").get(code=part.kelurahan)
    if part.plan is None:
        return _found(kelurahan, part.number, cast)
    return _live(kelurahan, part.plan, calendar, cast)


def _found(kelurahan: Kelurahan, number: int, cast: Cast) -> Cooperative:
    """Make a cooperative that does not trade yet, at one of the stages."""
    cooperative = _establish(kelurahan, 50_000, None, cast)
    with scope.cooperative(cooperative.pk):
        stage, after = cooperatives.stage_of(number)
        _climb(cooperative, stage, LEGAL_SINCE + after, cast)
    return cooperative


def _live(kelurahan: Kelurahan, plan: Trading, calendar: Calendar, cast: Cast) -> Cooperative:
    """Make one of the seven cooperatives that trade, from its founding to yesterday."""
    opened = calendar.moved(plan.opened)
    cooperative = _establish(kelurahan, plan.principal_idr, opened, cast)
    random = Random(cooperative.code)
    with scope.cooperative(cooperative.pk):
        _climb(cooperative, Stage.READY, LEGAL_SINCE + timedelta(days=24), cast)
        _start_operating(cooperative, opened, calendar, cast)
        _enrol(cooperative, plan, calendar, random, cast)
        membership.tell(cooperative, calendar, by=cast.administrator, decider=cast.officer)
        _trade(cooperative, plan, calendar, random, cast)
    return cooperative


def _establish(
    kelurahan: Kelurahan, principal_idr: int, opened: date | None, cast: Cast
) -> Cooperative:
    serial = int(kelurahan.code.replace(".", "")[4:])
    return establish(
        kelurahan=kelurahan,
        by=cast.administrator,
        on=LEGAL_SINCE,
        today=max(LEGAL_SINCE, opened or LEGAL_SINCE),
        principal_idr=principal_idr,
        mandatory_idr=MANDATORY_IDR,
        ahu_number=f"CONTOH-AHU-{serial:06}.AH.01.29",
        nib=f"99{serial:011}",
        npwp=f"0099{serial:012}",
        nomor_induk_koperasi=f"9933740{serial:06}",
        address=f"Kantor Kelurahan {kelurahan.name}, Semarang",
        phone=f"+62800{serial:07}",
        opened_on=opened,
    )


def _climb(cooperative: Cooperative, top: Stage, until: date, cast: Cast) -> None:
    """Record every stage up to ``top`` with an invented document number."""
    days = {
        Stage.DELIBERATION: LEGAL_SINCE - timedelta(days=33),
        Stage.DEED: LEGAL_SINCE - timedelta(days=12),
        Stage.LEGAL_ENTITY: LEGAL_SINCE,
        Stage.FULLY_LICENSED: min(until, LEGAL_SINCE + timedelta(days=30)),
        Stage.PORTAL_ACCOUNT: min(until, LEGAL_SINCE + timedelta(days=45)),
        Stage.READY: until,
    }
    for stage, day in days.items():
        if stage <= top:
            reached = max(day, LEGAL_SINCE) if stage > Stage.LEGAL_ENTITY else day
            ladder.record(
                cooperative=cooperative,
                stage=stage,
                on=reached,
                today=reached,
                by=cast.administrator,
                document_number=f"CONTOH/TAHAP-{stage.value}/{cooperative.code}",
            )


def _start_operating(
    cooperative: Cooperative, opened: date, calendar: Calendar, cast: Cast
) -> None:
    step = ladder.record(
        cooperative=cooperative,
        stage=Stage.OPERATING,
        on=opened,
        today=opened,
        by=cast.administrator,
        document_number=f"CONTOH/BA-VERIFIKASI/{cooperative.code}",
    )
    confirmed = max(calendar.moved(cooperatives.VERIFIED), opened + timedelta(days=4))
    ladder.verify(step=step, on=confirmed, by=cast.officer)


def _enrol(
    cooperative: Cooperative, plan: Trading, calendar: Calendar, random: Random, cast: Cast
) -> None:
    first = calendar.moved(plan.opened) - _BEFORE_OPENING
    meetings = [day for day in calendar.days_from(first) if day.weekday() in (0, 3)]
    joining = sorted(_meeting_of(meetings, random) for _n in range(plan.members))
    waiting = sorted(random.choice(meetings) for _n in range(plan.waiting))
    extra = extra_months(plan)
    newcomers = [
        (day, _member(cooperative, plan, rank, extra, day, random))
        for rank, day in enumerate(joining)
    ] + [
        (day, _waiting(cooperative, plan.members + n, day, random)) for n, day in enumerate(waiting)
    ]
    for day in meetings:
        arrived = [person for came, person in newcomers if came == day]
        if arrived:
            opening.take_over(
                cooperative=cooperative,
                people=arrived,
                key=_key(cooperative, f"members {day}"),
                on=day,
                by=cast.administrator,
            )


def _meeting_of(meetings: Sequence[date], random: Random) -> date:
    """The meeting at which somebody joins: most join around the opening, fewer later."""
    return meetings[int(len(meetings) * random.random() ** 1.6)]


def _member(
    cooperative: Cooperative, plan: Trading, rank: int, extra: int, day: date, random: Random
) -> Opening:
    months = cooperatives.months_paid(rank, plan.members, extra)
    voluntary_idr = random.choice((50, 100, 100, 250, 500)) * 1000 if random.random() < 0.2 else 0
    return Opening(
        particulars=_somebody(cooperative, rank, day, random),
        status=Status.ACTIVE,
        since=day,
        principal_idr=plan.principal_idr,
        mandatory_idr=months * MANDATORY_IDR,
        voluntary_idr=voluntary_idr,
    )


def _waiting(cooperative: Cooperative, rank: int, day: date, random: Random) -> Opening:
    status = random.choice((Status.LEAD, Status.LEAD, Status.APPLIED, Status.INCOMPLETE))
    return Opening(particulars=_somebody(cooperative, rank, day, random), status=status, since=day)


def _somebody(cooperative: Cooperative, rank: int, day: date, random: Random) -> Particulars:
    return people.somebody(
        random, serial=4001 + rank, kecamatan=cooperative.kelurahan.kecamatan_id, on=day
    )


def _trade(
    cooperative: Cooperative, plan: Trading, calendar: Calendar, random: Random, cast: Cast
) -> None:
    opened = calendar.moved(plan.opened)
    carried = baskets.trade(plan, opened, calendar.days_from(opened), random)
    goods = _stock_up(cooperative, opened, baskets.sold(carried), random, cast)
    unit = BusinessUnit.objects.of(cooperative).get(name=_UNIT)
    members = list(
        Member.objects.of(cooperative)
        .with_status(Status.ACTIVE)
        .select_related("party")
        .order_by("joined_on", "number", "id")
    )
    unit.cooperative = cooperative
    till = Till(unit, cast.cashier_of(cooperative), _key(cooperative, "till"))
    till.fill_cash_box(carried[0].at)
    shop = Shop(till, goods, members)
    if plan.kelurahan == cooperatives.GEDAWANG:
        shop.wallets = Wallets(
            members,
            calendar,
            cashier=till.cashier,
            approver=cast.chair_of(cooperative),
            key=_key(cooperative, "wallets"),
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
            unit=_UNIT,
            opening_quantity=needed.get(article.name, Decimal()) + random.randint(4, 40),
            cost_idr=article.cost_idr,
        )
        for article in baskets.articles()
    ]
    added = products.add_many(
        cooperative=cooperative,
        rows=rows,
        key=_key(cooperative, "opening stock"),
        on=opened,
        by=cast.administrator,
    )
    return {product.name: product for product in added.products}


def _sell(shop: Shop, number: int, basket: Basket, random: Random) -> Sale:
    member = None
    if basket.tier == PriceTier.MEMBER:
        member = _buyer(shop.members, basket.at.date(), random)
    tier = basket.tier if member or basket.tier == PriceTier.WHOLESALE else PriceTier.GENERAL
    total_idr = basket.total_idr(tier)
    cooperative = shop.till.unit.cooperative
    request = SaleRequest(
        unit_code=shop.till.unit.code,
        lines=[SoldLine(shop.goods[article.name].id, many, tier) for article, many in basket.lines],
        payments=[Tender(Method.CASH, _handed_over(total_idr))],
        key=_key(cooperative, f"sale {number}"),
        member_id=member.id if member else None,
    )
    if shop.wallets:
        request = shop.wallets.pay(request, total_idr, basket.at.date())
    return sales.sell(cooperative=cooperative, request=request, at=basket.at, by=shop.till.cashier)


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


def _key(cooperative: Cooperative, act: str) -> UUID:
    return uuid5(_NAMESPACE, f"{cooperative.code} {act}")


#: The members' capital of the seven together, as reported.
_CAPITAL_IDR = 448_000_000


def extra_months(plan: Trading) -> int:
    """How many of the second third paid a fourth month, so that the reported sum comes out."""
    missing = _CAPITAL_IDR - sum(
        trading.members * trading.principal_idr
        + MANDATORY_IDR
        * sum(cooperatives.months_paid(rank, trading.members, 0) for rank in range(trading.members))
        for trading in cooperatives.TRADING
    )
    months = missing // MANDATORY_IDR
    for trading in cooperatives.TRADING:
        share = min(months, trading.members // 3)
        if trading == plan:
            return share
        months -= share
    raise AssertionError(f"{plan} is not among the seven")
