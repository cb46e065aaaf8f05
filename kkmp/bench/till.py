"""The till: eight cashiers who sell at once, beside the same work as one function of the database.

Each cashier sells five lines for cash in a cooperative of their own, through the real server with
sign-in, permissions, row security and everything on. Then pgbench does the same work on the same
database: one statement a sale, which asks, judges as little as it can, and writes by the same
functions. The ratio of the two rates is what pages, rules and the language cost.
"""

import statistics
import threading
import time
from collections.abc import Callable, Iterator
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
from kkmp.bench.clients import Cashier
from kkmp.bench.report import Figure
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

CLIENTS, GOODS, LINES = 8, 60, 5
#: Of the cooperative in which a scan is timed.
MANY_GOODS = 5_000
PASSWORD = "bench-kkmp-2026"  # noqa: S105  of invented people in a database that goes again
WARM_UP_S, SECONDS = 3.0, 15.0
#: Of pgbench's rate: the aim, and what must be reached.
AIM, LEAST = 1 / 3, 1 / 6
_MANY = Decimal(5_000_000)


def build(today: date, say: Callable[[str], None]) -> dict[str, Any]:
    """Eight shops with a cashier and an open shift each, and one with 5,000 products."""
    names = [f"kasir{number}" for number in range(CLIENTS)]
    places = list(_free_kelurahan()[: CLIENTS + 1])
    codes = [_shop(place, name, GOODS, today) for place, name in zip(places, names, strict=False)]
    say(f"{CLIENTS} shops with a cashier each")
    many = _shop(places[CLIENTS], "kasir.banyak", MANY_GOODS, today)
    say(f"a shop with {MANY_GOODS} products")
    with database.as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"cashiers": list(zip(names, codes, strict=True)), "many": many}


def measure(
    world: dict[str, Any], browser: Browser, _today: date, worked: Callable[[], float]
) -> Iterator[Figure]:
    """:param worked: processor time of the server so far, in seconds"""
    cashiers = [
        Cashier(browser.host, name, PASSWORD, code, _barcodes(code))
        for name, code in world["cashiers"]
    ]
    _sell_for(cashiers, WARM_UP_S)
    before = worked()
    taken = _sell_for(cashiers, SECONDS)
    work_ms = (worked() - before) * 1000 / len(taken)
    rate = len(taken) / SECONDS
    raw = pgbench.rate([code for _name, code in world["cashiers"]], CLIENTS, SECONDS)
    yield Figure("Sales a second, pgbench (baseline)", "/s", raw)
    yield Figure(
        "Sales a second, server", "/s", rate, target=raw * LEAST, baseline=raw, more_is_better=True
    )
    taken.sort()
    yield Figure(
        "A sale of five lines, eight at once",
        "ms",
        statistics.median(taken) * 1000,
        work=work_ms,
    )
    yield Figure("The same, 99th percentile", "ms", taken[round(0.99 * len(taken)) - 1] * 1000)
    yield from _scan(browser, world["many"])


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


def _sell_for(cashiers: list[Cashier], seconds: float) -> list[float]:
    """Seconds that each sale took, all cashiers together."""
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=one.sell_until, args=(until,)) for one in cashiers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [taken for one in cashiers for taken in one.taken()]


def _free_kelurahan() -> list[Kelurahan]:
    taken = Cooperative.objects.values_list("kelurahan_id")
    regency = Regency.objects.order_by("code").first()
    free = Kelurahan.objects.filter(kecamatan__regency=regency).exclude(code__in=taken)
    return list(free.order_by("code"))


def _shop(place: Kelurahan, cashier: str, goods: int, today: date) -> str:
    user = User.objects.create_user(cashier, password=PASSWORD, name=f"{cashier} (rekaan)")
    cooperative = establish(
        kelurahan=place,
        by=user,
        on=today - timedelta(days=400),
        today=today,
        principal_idr=100_000,
        mandatory_idr=10_000,
    )
    roles.grant(user=user, role=Role.CASHIER, cooperative=cooperative, by=user)
    with scope.cooperative(cooperative.pk):
        unit = units.open_unit(cooperative=cooperative, name="Gerai", code="gerai", by=user)
        _stock(unit, goods, today, user)
        shifts.open_shift(
            cooperative=cooperative,
            unit=unit,
            drawer="Laci 1",
            float_idr=0,
            key=new_id(),
            at=timezone.now(),
            by=user,
        )
    return cooperative.code


def _stock(unit: BusinessUnit, goods: int, today: date, by: User) -> None:
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
