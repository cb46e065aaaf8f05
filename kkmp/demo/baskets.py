"""Baskets of the demo, drawn at random from its goods until the day's turnover is reached."""

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
from shops.goods.presets import is_known_subsidised
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

    def sold_at(self, tier: PriceTier) -> PriceTier:
        """The tier, or the general one where a kiosk asks for what the state subsidises."""
        is_refused = tier == PriceTier.WHOLESALE and is_known_subsidised(self.name)
        return PriceTier.GENERAL if is_refused else tier

    def price_idr(self, tier: PriceTier) -> int:
        """The price at which it is sold to whoever buys at this tier."""
        return {
            PriceTier.GENERAL: self.general_price_idr,
            PriceTier.MEMBER: self.member_price_idr,
            PriceTier.WHOLESALE: self.wholesale_price_idr,
        }[self.sold_at(tier)]


#: Articles with the quantity of each.
Lines = tuple[tuple[Article, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Basket:
    at: datetime
    tier: PriceTier
    lines: Lines

    def total_idr(self, tier: PriceTier) -> int:
        """The basket's total at these prices, which need not be those it was drawn for."""
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
    """The baskets of all these days, in the order of time.

    What one day sells above its target is taken off the next, so that turnover adds up.
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
    """The quantity of each article, by name, in all these baskets."""
    totals: dict[str, Decimal] = {}
    for basket in baskets:
        for article, quantity in basket.lines:
            totals[article.name] = totals.get(article.name, Decimal()) + quantity
    return totals


def _total_idr(tier: PriceTier, lines: Lines) -> int:
    return sum(line_total_idr(quantity, article.price_idr(tier)) for article, quantity in lines)


def _draw(random: Random) -> tuple[PriceTier, Lines]:
    """A basket: six in ten are members', one in twenty-five a kiosk's, which buys to sell again."""
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
