"""Two tills at the same moment, with real commits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from kkmp.lib.errors import DomainError
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops import queries
from shops.models import Sale, Stock

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run each act in a thread and a connection of its own; a refusal is returned."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=10)
            return act()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=30) for future in [pool.submit(run, act) for act in acts]]


def test_the_same_sale_sent_twice_is_made_once(shop, sari):
    key = new_id()
    sales = at_once(*[lambda: shop.sell(sari, (shop.gula, "48"), key=key)] * 2)
    assert sales[0] == sales[1]
    assert sorted(sale.was_made_before for sale in sales) == [False, True]


def test_the_last_pack_is_sold_to_one_of_two(shop, sari):
    results = at_once(*[lambda: shop.sell(sari, (shop.gula, "48"))] * 2)
    assert sorted(type(result).__name__ for result in results) == ["Sale", "SaleRefused"]
    with scope.cooperative(shop.cooperative.pk):
        held = Stock.objects.of(shop.cooperative).get(product=shop.gula)
        assert (held.quantity, held.value_idr) == (0, 0)


def test_tills_that_scan_in_other_orders_do_not_wait_for_each_other(shop, sari):
    one, other = (shop.gula, "1"), (shop.telur, "0.333")
    acts = [lambda: shop.sell(sari, one, other), lambda: shop.sell(sari, other, one)] * 3
    numbers = sorted(sale.number for sale in at_once(*acts))
    assert numbers == [1, 2, 3, 4, 5, 6]
    with scope.cooperative(shop.cooperative.pk):
        assert queries.stock_differences(shop.cooperative) == []
        assert Sale.objects.of(shop.cooperative).count() == 6
