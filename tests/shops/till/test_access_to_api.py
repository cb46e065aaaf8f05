"""Which programs may read and write in the shop."""

from decimal import Decimal

import pytest
from django.urls import reverse

from kkmp.registry import scope
from shops.models import Product, Sale
from tests.shops.conftest import open_gerai, open_shift, stock_gula
from tests.shops.goods.test_products_api import GARAM
from tests.shops.pages import english
from tests.shops.till.test_sales_api import gula_left, sell


@pytest.fixture
def saris(api_of, sari, shop):
    """The till of the cashier, whose shift is open."""
    with scope.cooperative(shop.cooperative.pk):
        open_shift(shop.unit, sari)
    return english(api_of(sari, shop.cooperative))


def test_the_cashier_sells_and_does_not_read_what_was_sold(saris, sari, shop):
    sale = shop.sell(sari, (shop.gula, "1"))
    assert saris.get(reverse("api-sales")).status_code == 403
    assert saris.get(reverse("api-sale", args=[sale.id])).status_code == 403
    assert saris.post(reverse("api-products"), GARAM, format="json").status_code == 403


def test_the_supervisor_reads_and_writes_nothing(api_of, wati, shop):
    client = api_of(wati, shop.cooperative)
    assert client.get(reverse("api-products")).status_code == 200
    assert sell(client, shop).status_code == 403
    for name in ("api-product-retire", "api-product-restore"):
        assert client.post(reverse(name, args=[shop.gula.id])).status_code == 403
    address = reverse("api-product", args=[shop.gula.id])
    assert client.put(address, GARAM | {"version": 1}, format="json").status_code == 403


def test_nobody_comes_in_unasked(api_of, shop, client):
    assert client.get(reverse("api-products")).status_code == 401


def test_a_stranger_finds_nothing(api_of, joko, shop):
    client = api_of(joko, shop.cooperative)
    assert client.get(reverse("api-products")).status_code == 404
    assert sell(client, shop).status_code == 404


def test_goods_members_and_units_of_another_cooperative_are_not_sold(api_of, joko, mawar, shop):
    client = english(api_of(joko, mawar))
    with scope.cooperative(mawar.pk):
        own = stock_gula(open_gerai(mawar, joko), joko)
        open_shift(own.unit, joko)
    line = {"product": str(own.id), "quantity": "1", "price_tier": "general"}
    assert sell(client, shop).json()["fields"]["lines"]
    taken = sell(client, shop, lines=[line], member=str(shop.ani.id))
    assert taken.json()["fields"] == {"member": ["There is no such member."]}
    assert sell(client, shop, lines=[line]).status_code == 201
    for name in ("api-product", "api-sale"):
        assert client.get(reverse(name, args=[shop.gula.id])).status_code == 404
    with scope.cooperative(shop.cooperative.pk):
        assert not Sale.objects.of(shop.cooperative).exists()
        assert Product.objects.of(shop.cooperative).count() == 2
        assert gula_left(shop) == Decimal(48)
