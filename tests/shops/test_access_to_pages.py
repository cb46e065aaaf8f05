"""Who may open the pages of the shop."""

import pytest
from django.urls import reverse

from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.units.services import units
from tests.shops.pages import url

READS = [
    "products",
    "units",
    "till",
    "till_data",
    "till_members",
    "till_receipts",
    "sales",
    "reports",
]


@pytest.mark.parametrize("name", [*READS, "product_add", "unit_open"])
def test_a_stranger_finds_nothing(client_of, joko, shop, name):
    assert client_of(joko).get(url(shop, name)).status_code == 404


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("product_add", "sari"),
        ("unit_open", "tono"),
        ("sales", "sari"),
        ("reports", "sari"),
        ("reports", "rini"),
        ("till", "wati"),
        ("till_data", "wati"),
        ("till_data", "rini"),
        ("till_receipts", "tono"),
        ("products", "rini"),
    ],
)
def test_too_little_role_is_refused(request, client_of, shop, name, person):
    client = client_of(request.getfixturevalue(person))
    assert client.get(url(shop, name)).status_code == 403


def test_goods_and_sales_of_another_cooperative_are_not_there(client_of, joko, mawar, sari, shop):
    sale = shop.sell(sari, (shop.gula, "1"))
    client = client_of(joko)
    for name, id in (
        ("product", shop.gula.id),
        ("product_edit", shop.gula.id),
        ("unit_edit", shop.unit.id),
        ("sale", sale.id),
        ("till_receipt", sale.id),
        ("till_receipt_escpos", sale.id),
        ("sale_escpos", sale.id),
    ):
        address = reverse(f"shops:{name}", args=[mawar.code, id])
        assert client.get(address).status_code == 404
    for name, id in (
        ("product_retire", shop.gula.id),
        ("product_restore", shop.gula.id),
        ("sale_print", sale.id),
        ("till_receipt_print", sale.id),
    ):
        address = reverse(f"shops:{name}", args=[mawar.code, id])
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


def test_unknown_ids_are_not_there(budis, shop):
    assert budis.get(url(shop, "product", new_id())).status_code == 404
    assert budis.get(url(shop, "sale", new_id())).status_code == 404
