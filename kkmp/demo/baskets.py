"""What people carry to the till: baskets drawn from the range until the day's target is met."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

from kkmp.demo.cooperatives import Trading, daily_target_idr
from kkmp.lib.money import line_total_idr
from kkmp.lib.periods import JAKARTA
from shops.pricing.terms import PriceTier

_GOODS = Path(__file__).resolve().parent / "data" / "goods.csv"
_OPENS, _CLOSES = 7 * 60, 20 * 60


@dataclass(frozen=True, slots=True)
class Article:
    code: str
    name: str
    category: str
    measure: str
    cost_idr: int
    member_price_idr: int
    general_price_idr: int
    wholesale_price_idr: int
    pack_size: int | None
    stock_min: int
    popularity: int

    @property
    def is_weighed(self) -> bool:
        return self.measure == "kg"

    def price_idr(self, tier: PriceTier) -> int:
        return {
            PriceTier.GENERAL: self.general_price_idr,
            PriceTier.MEMBER: self.member_price_idr,
            PriceTier.WHOLESALE: self.wholesale_price_idr,
        }[tier]


#: Articles and how much of each.
Lines = tuple[tuple[Article, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Basket:
    at: datetime
    tier: PriceTier
    lines: Lines

    def total_idr(self, tier: PriceTier) -> int:
        """What it costs at the prices that its buyer gets in the end."""
        return _total_idr(tier, self.lines)


@cache
def articles() -> tuple[Article, ...]:
    with _GOODS.open(newline="", encoding="utf-8") as file:
        return tuple(
            Article(
                code=row["code"],
                name=row["name"],
                category=row["category"],
                measure=row["measure"],
                cost_idr=int(row["cost_idr"]),
                member_price_idr=int(row["member_price_idr"]),
                general_price_idr=int(row["general_price_idr"]),
                wholesale_price_idr=int(row["wholesale_price_idr"]),
                pack_size=int(row["pack_size"]) if row["pack_size"] else None,
                stock_min=int(row["stock_min"]),
                popularity=int(row["popularity"]),
            )
            for row in csv.DictReader(file)
        )


def trade(plan: Trading, opened: date, days: Sequence[date], random: Random) -> list[Basket]:
    """Every basket from the opening on, in the order of the clock.

    What one day sells above its target is taken off the next, so that sums come out.
    """
    left_idr = 0
    baskets: list[Basket] = []
    for day in days:
        left_idr += daily_target_idr(plan, (day - opened).days, day.weekday())
        drawn = []
        while left_idr > 0:
            drawn.append(_draw(random))
            left_idr -= _total_idr(*drawn[-1])
        baskets += _at_the_clock(day, drawn, random)
    return baskets


def _at_the_clock(
    day: date, drawn: Sequence[tuple[PriceTier, Lines]], random: Random
) -> list[Basket]:
    midnight = datetime.combine(day, time(), JAKARTA)
    minutes = sorted(random.sample(range(_OPENS, _CLOSES), len(drawn)))
    return [
        Basket(midnight + timedelta(minutes=minute, seconds=random.randrange(60)), tier, lines)
        for minute, (tier, lines) in zip(minutes, drawn, strict=True)
    ]


def sold(baskets: Iterable[Basket]) -> dict[str, Decimal]:
    """How much of each article, by name, a series of baskets takes."""
    totals: dict[str, Decimal] = {}
    for basket in baskets:
        for article, quantity in basket.lines:
            totals[article.name] = totals.get(article.name, Decimal()) + quantity
    return totals


def _total_idr(tier: PriceTier, lines: Lines) -> int:
    return sum(line_total_idr(quantity, article.price_idr(tier)) for article, quantity in lines)


def _draw(random: Random) -> tuple[PriceTier, Lines]:
    """Six in ten buyers are members; one in twenty-five is a kiosk that buys to sell again."""
    chance = random.random()
    tier, articles_, most = PriceTier.GENERAL, random.randint(1, 4), 2
    if chance < 0.6:
        tier = PriceTier.MEMBER
    elif chance > 0.96:
        tier, articles_, most = PriceTier.WHOLESALE, random.randint(3, 7), 10
    range_ = articles()
    chosen = random.choices(range_, [article.popularity for article in range_], k=articles_)
    lines = tuple((article, _quantity(article, most, random)) for article in dict.fromkeys(chosen))
    return tier, lines


def _quantity(article: Article, most: int, random: Random) -> Decimal:
    if article.is_weighed:
        return Decimal(random.randint(2, 4 * most)) / 4
    return Decimal(1 if article.cost_idr > 50_000 else random.randint(1, most))
