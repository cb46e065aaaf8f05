"""The till: eight cashiers who sell at once, beside the same work as one function of the database.

Each cashier sells five lines for cash in a cooperative of their own, through the real server with
sign-in, permissions, row security and everything on. Then pgbench does the same work on the same
database: one statement a sale, which asks, judges as little as it can, and writes by the same
functions, with the ids that the application would have made. The two are measured in turn; the
ratio of their rates, and of the processor time of one sale, is what pages, rules and the language
cost.
"""

import os
import statistics
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from finance.ledger.models import BusinessUnit
from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.access.services import roles
from kkmp.bench import pgbench
from kkmp.bench.browser import Browser
from kkmp.bench.clients import LINES, Cashier
from kkmp.bench.processes import Worked
from kkmp.bench.report import Figure
from kkmp.bench.selling import Window, median, window
from kkmp.city.cooperatives.services.establish import establish
from kkmp.lib.ids import new_id
from kkmp.registry import database, scope
from kkmp.registry.models import Cooperative, Kelurahan, Regency
from shops.drawers.services import shifts
from shops.goods.models import Product
from shops.goods.services import products
from shops.goods.services.particulars import Particulars
from shops.stock.services import stock
from shops.units.services import units

CLIENTS, GOODS = 8, 60
#: Of the cooperative in which a scan is timed.
MANY_GOODS = 5_000
PASSWORD = "bench-kkmp-2026"  # noqa: S105  of invented people in a database that goes again
#: Windows of server and pgbench in turn, and the seconds of each.
WINDOWS, SECONDS = 5, 10
#: The same in a hurry, for whoever changes the sale: the two rates alone.
HURRY_WINDOWS, HURRY_SECONDS = 3, 5
#: Of pgbench's rate: the aim, and what must be reached.
AIM, LEAST = 0.40, 1 / 3
_MANY = Decimal(5_000_000)


def build(today: date, say: Callable[[str], None]) -> dict[str, Any]:
    """Eight shops with a cashier and an open shift each, one with eight cashiers, and one with
    5,000 products."""
    places = free_kelurahan()
    names = [f"kasir{number}" for number in range(CLIENTS)]
    codes = [_shop(place, [name], GOODS, today) for place, name in zip(places, names, strict=False)]
    say(f"{CLIENTS} shops with a cashier each")
    world: dict[str, Any] = {"cashiers": list(zip(names, codes, strict=True))}
    if not in_a_hurry():
        together = [f"kasir.bersama{number}" for number in range(CLIENTS)]
        world["together"] = (together, _shop(places[CLIENTS], together, GOODS, today))
        say(f"a shop with {CLIENTS} cashiers")
        world["many"] = _shop(places[CLIENTS + 1], ["kasir.banyak"], MANY_GOODS, today)
        say(f"a shop with {MANY_GOODS} products")
    return world


def measure(
    world: dict[str, Any], browser: Browser, _today: date, worked: Worked
) -> Iterator[Figure]:
    apart = [
        Cashier(browser.host, name, PASSWORD, code, _barcodes(code))
        for name, code in world["cashiers"]
    ]
    pgbench.prepare([code for _name, code in world["cashiers"]])
    windows, seconds = (HURRY_WINDOWS, HURRY_SECONDS) if in_a_hurry() else (WINDOWS, SECONDS)
    _fill(seconds, worked)
    window(apart, seconds, worked)
    sold, raw = [], []
    # In turn, so that what else the machine does falls on both.
    for _ in range(windows):
        sold.append(window(apart, seconds, worked))
        raw.append(pgbench.window(CLIENTS, seconds, worked.work))
    yield from _compared(sold, raw)
    if "together" in world:
        yield from _together(world, browser, worked, median(sold, "rate"))
        yield from _scan(browser, world["many"])


def _fill(seconds: int, worked: Worked) -> None:
    """Have some thousand sales first: a session keeps the plans that it made for empty tables."""
    pgbench.window(CLIENTS, seconds, worked.work)
    with database.as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def in_a_hurry() -> bool:
    return os.environ.get("BENCH_HURRY") == "1"


def _compared(sold: list[Window], raw: list[pgbench.Window]) -> Iterator[Figure]:
    """The two rates, the two costs, and where the cost lies: medians of the windows."""
    rate, work_ms = median(sold, "rate"), median(sold, "work_ms")
    raw_rate = statistics.median(each.rate for each in raw)
    raw_ms = statistics.median(each.database_ms for each in raw)
    yield Figure("Sales a second, pgbench (baseline)", "/s", raw_rate)
    yield Figure("Sales a second, server", "/s", rate, baseline=raw_rate)
    yield Figure(
        "Rate of the server to that of pgbench",
        "",
        rate / raw_rate,
        places=2,
        target=LEAST,
        more_is_better=True,
    )
    yield Figure("A sale by pgbench, processor", "ms", raw_ms, places=2)
    yield Figure("A sale, processor, server and database", "ms", work_ms, baseline=raw_ms, places=2)
    yield Figure("Of it the server", "ms", median(sold, "server_ms"), places=2)
    database_ms = median(sold, "database_ms")
    yield Figure("Of it the database", "ms", database_ms, baseline=raw_ms, places=2)
    yield Figure("Busiest worker's share of the server", "", median(sold, "busiest"), places=2)
    taken = sorted(each for one in sold for each in one.taken)
    yield Figure(
        "A sale of five lines, eight at once",
        "ms",
        statistics.median(taken) * 1000,
        taken[round(0.95 * len(taken)) - 1] * 1000,
    )
    yield Figure("The same, 99th percentile", "ms", taken[round(0.99 * len(taken)) - 1] * 1000)


def _together(
    world: dict[str, Any], browser: Browser, worked: Worked, apart: float
) -> Iterator[Figure]:
    """Eight cashiers of one cooperative, who wait for each other's goods and numbers."""
    names, code = world["together"]
    goods = _barcodes(code)
    for some, said in ((goods, f"of {GOODS} goods"), (goods[:LINES], "of the same five goods")):
        cashiers = [Cashier(browser.host, name, PASSWORD, code, some) for name in names]
        window(cashiers, 2, worked)
        sold = [window(cashiers, SECONDS, worked) for _ in range(3)]
        rate = median(sold, "rate")
        yield Figure(f"Sales a second in one cooperative, {said}", "/s", rate, baseline=apart)


def _scan(browser: Browser, code: str) -> Iterator[Figure]:
    from kkmp.bench import scanning

    taken = scanning.seconds(f"http://{browser.host}", "kasir.banyak", PASSWORD, code)
    yield Figure(
        f"Scan to line, {MANY_GOODS} products, processor slowed six times",
        "ms",
        statistics.median(taken) * 1000,
        sorted(taken)[round(0.95 * len(taken)) - 1] * 1000,
        target=50,
    )


def free_kelurahan() -> list[Kelurahan]:
    taken = Cooperative.objects.values_list("kelurahan_id")
    regency = Regency.objects.order_by("code").first()
    free = Kelurahan.objects.filter(kecamatan__regency=regency).exclude(code__in=taken)
    return list(free.order_by("code"))


def _shop(place: Kelurahan, cashiers: Sequence[str], goods: int, today: date) -> str:
    users = [
        User.objects.create_user(name, password=PASSWORD, name=f"{name} (rekaan)")
        for name in cashiers
    ]
    first = users[0]
    cooperative = establish(
        kelurahan=place,
        by=first,
        on=today - timedelta(days=400),
        today=today,
        principal_idr=100_000,
        mandatory_idr=10_000,
    )
    for user in users:
        roles.grant(user=user, role=Role.CASHIER, cooperative=cooperative, by=first)
    with scope.cooperative(cooperative.pk):
        unit = units.open_unit(cooperative=cooperative, name="Gerai", code="gerai", by=first)
        stock_shelf(unit, goods, today, first)
        for number, user in enumerate(users, 1):
            shifts.open_shift(
                cooperative=cooperative,
                unit=unit,
                drawer=f"Laci {number}",
                float_idr=0,
                key=new_id(),
                at=timezone.now(),
                by=user,
            )
    return cooperative.code


def stock_shelf(unit: BusinessUnit, goods: int, today: date, by: User) -> None:
    rows = [
        products.add(
            cooperative=unit.cooperative,
            particulars=Particulars(
                unit=unit,
                category=f"Rak {serial % 12}",
                name=f"Barang rekaan {serial:05d}",
                measure="pcs",
                code=f"8990{serial:08d}",
                general_price_idr=5_000 + serial % 50 * 100,
                member_price_idr=4_800 + serial % 50 * 100,
            ),
            on=today,
            by=by,
        )
        for serial in range(goods)
    ]
    for start in range(0, goods, 500):
        stock.take_opening(
            cooperative=unit.cooperative,
            lines=[stock.OpeningLine(each, _MANY, 4_000) for each in rows[start : start + 500]],
            key=new_id(),
            on=today,
            by=by,
        )


def _barcodes(code: str) -> list[tuple[str, int]]:
    """Id and price of what a shop sells."""
    cooperative = Cooperative.objects.get(code=code)
    with scope.cooperative(cooperative.pk):
        rows = Product.objects.of(cooperative).order_by("id")
        return [(str(pk), price) for pk, price in rows.values_list("id", "general_price_idr")]
