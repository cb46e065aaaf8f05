"""Two tills at the same moment, with real commits."""

import pytest

from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.models import CreditTerms, Method, Sale, Stock
from shops.stock import queries
from shops.till.services.sales import Tender
from tests.at_once import side_by_side

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_sale_sent_twice_is_made_once(shop, sari):
    key = new_id()
    sales = side_by_side(*[lambda: shop.sell(sari, (shop.gula, "48"), key=key)] * 2)
    assert sales[0] == sales[1]
    assert sorted(sale.is_repeat for sale in sales) == [False, True]


def test_the_last_pack_is_sold_to_one_of_two(shop, sari):
    results = side_by_side(*[lambda: shop.sell(sari, (shop.gula, "48"))] * 2)
    assert sorted(type(result).__name__ for result in results) == ["Sale", "SaleRefused"]
    with scope.cooperative(shop.cooperative.pk):
        held = Stock.objects.of(shop.cooperative).get(product=shop.gula)
        assert (held.quantity, held.value_idr) == (0, 0)


def test_tills_that_scan_in_other_orders_do_not_wait_for_each_other(shop, sari):
    one, other = (shop.gula, "1"), (shop.telur, "0.333")
    acts = [lambda: shop.sell(sari, one, other), lambda: shop.sell(sari, other, one)] * 3
    numbers = sorted(sale.number for sale in side_by_side(*acts))
    assert numbers == [1, 2, 3, 4, 5, 6]
    with scope.cooperative(shop.cooperative.pk):
        assert queries.stock_differences(shop.cooperative) == []
        assert Sale.objects.of(shop.cooperative).count() == 6


def test_the_same_key_with_other_goods_is_a_conflict_for_one(shop, sari):
    key = new_id()
    results = side_by_side(
        lambda: shop.sell(sari, (shop.gula, "1"), key=key),
        lambda: shop.sell(sari, (shop.telur, "1"), key=key),
    )
    assert sorted(type(result).__name__ for result in results) == ["KeyReused", "Sale"]


def test_sales_on_credit_share_one_limit(shop, sari):
    with scope.cooperative(shop.cooperative.pk):
        CreditTerms.objects.create(
            cooperative=shop.cooperative, member=shop.ani, limit_idr=20_000, due_days=14
        )
    paid = {"payments": [Tender(Method.CREDIT, 17_300)], "member": shop.ani}
    results = side_by_side(
        lambda: shop.sell(sari, (shop.gula, "1"), **paid),
        lambda: shop.sell(
            sari,
            (shop.telur, "1"),
            **paid | {"payments": [Tender(Method.CREDIT, 17_300), Tender(Method.CASH, 12_000)]},
        ),
    )
    assert sorted(type(result).__name__ for result in results) == ["Sale", "SaleRefused"]
