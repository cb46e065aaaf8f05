"""What grows with the sales: every page and list in a young database and in one of millions.

A few shops sell one day through the services, every address is opened, the day is multiplied to
years by :mod:`kkmp.bench.volume`, and every address is opened again.
"""

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.access.services import roles
from kkmp.bench import one_day, pages, till, volume
from kkmp.bench.browser import Browser
from kkmp.bench.one_day import Shop
from kkmp.bench.processes import Worked
from kkmp.bench.report import Figure
from kkmp.city.cooperatives.services.establish import establish
from kkmp.lib.periods import add_months
from kkmp.registry import scope
from kkmp.registry.models import Kelurahan
from shops.units.services import units

#: In all shops together; ``make bench ARGS="growth --sales=300000"`` takes fewer.
SALES = 5_000_000
SHOPS, A_DAY, GOODS = 8, 320, 60
PASSWORD = "bench-kkmp-2026"  # noqa: S105  of invented people in a database that goes again


def build(today: date, say: Callable[[str], None]) -> dict[str, Any]:
    """Shops with one day of sales each, as long ago as the years will have days."""
    wanted = int(os.environ.get("BENCH_SALES") or SALES)
    shops = max(1, min(SHOPS, wanted // 150_000))
    times = max(1, wanted // (shops * A_DAY) - 1)
    first = today - timedelta(days=times)
    days = [_day(place, number, first) for number, place in enumerate(_places(shops))]
    say(f"{shops} shops with a day of {A_DAY} sales each")
    return {
        "times": times,
        "days": [[str(day.cooperative), str(day.on), str(day.since), day.numbers] for day in days],
    }


def measure(
    world: dict[str, Any], _browser: Browser, today: date, _worked: Worked
) -> Iterator[Figure]:
    days = days_of(world)
    few = pages.visit(days[0].cooperative, today)
    volume.multiply(days, world["times"], today)
    many = pages.visit(days[0].cooperative, today)
    sales = len(days) * A_DAY * (world["times"] + 1)
    yield Figure("Sales in the database, for what follows", "", float(sales))
    yield from pages.figures(few, many)


def days_of(world: dict[str, Any]) -> list[volume.Day]:
    """The days that :func:`build` has made, of each shop one."""
    return [
        volume.Day(UUID(pk), date.fromisoformat(on), UUID(since), numbers)
        for pk, on, since, numbers in world["days"]
    ]


def _places(count: int) -> list[Kelurahan]:
    return till.free_kelurahan()[:count]


def _day(place: Kelurahan, number: int, first: date) -> volume.Day:
    chair = _user(f"ketua.{number}")
    cashiers = [_user(f"kasir.{number}.{each}") for each in range(2)]
    cooperative = establish(
        kelurahan=place,
        by=chair,
        on=add_months(first, -1),
        today=first,
        principal_idr=100_000,
        mandatory_idr=10_000,
    )
    roles.grant(user=chair, role=Role.CHAIR, cooperative=cooperative, by=chair)
    for cashier in cashiers:
        roles.grant(user=cashier, role=Role.CASHIER, cooperative=cooperative, by=chair)
    with scope.cooperative(cooperative.pk):
        unit = units.open_unit(cooperative=cooperative, name="Gerai", code="gerai", by=chair)
        till.stock_shelf(unit, GOODS, add_months(first, -1), chair)
        shop = Shop(cooperative, unit, chair, cashiers)
        members = one_day.register(shop, add_months(first, -1), 700_000 + number * 100)
        day = volume.begin(cooperative, first)
        one_day.sell(shop, members, first, A_DAY)
    return day


def _user(name: str) -> User:
    return User.objects.create_user(name, password=PASSWORD, name=f"{name} (rekaan)")
