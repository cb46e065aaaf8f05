"""Who may open the pages of goods."""

import pytest
from django.urls import reverse

from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.units.services import units
from tests.shops.pages import url


@pytest.mark.parametrize("name", ["products", "product_add"])
def test_a_stranger_finds_nothing(client_of, joko, shop, name):
    assert client_of(joko).get(url(shop, name)).status_code == 404


@pytest.mark.parametrize(
    ("name", "person"),
    [("product_add", "sari"), ("products", "rini")],
)
def test_too_little_role_is_refused(request, client_of, shop, name, person):
    client = client_of(request.getfixturevalue(person))
    assert client.get(url(shop, name)).status_code == 403


def test_goods_of_another_cooperative_are_not_there(client_of, joko, mawar, shop):
    client = client_of(joko)
    for name in ("product", "product_edit"):
        address = reverse(f"shops:{name}", args=[mawar.code, shop.gula.id])
        assert client.get(address).status_code == 404
    for name in ("product_retire", "product_restore"):
        address = reverse(f"shops:{name}", args=[mawar.code, shop.gula.id])
        assert client.post(address).status_code == 404


def test_another_cooperatives_unit_in_a_form_is_refused(client_of, joko, mawar, shop):
    with scope.cooperative(mawar.pk):
        own = units.open_unit(cooperative=mawar, name="Gerai", by=joko)
    form = {
        "name": "Selundupan",
        "category": "Sembako",
        "unit": shop.unit.pk,
        "measure": "bks",
        "general_price_idr": "3.000",
    }
    address = reverse("shops:product_add", args=[mawar.code])
    assert client_of(joko).post(address, form).status_code == 422
    assert client_of(joko).post(address, form | {"unit": own.pk}).status_code == 302


def test_an_unknown_product_is_not_there(budis, shop):
    assert budis.get(url(shop, "product", new_id())).status_code == 404
