"""Goods for programs."""

import pytest
from django.urls import reverse

from kkmp.registry import scope
from shops.goods.services import products
from tests.conftest import MONDAY
from tests.shops.conftest import particulars
from tests.shops.pages import english


@pytest.fixture
def budis(api_of, budi, melati):
    """The chair's program, in English."""
    return english(api_of(budi, melati))


def test_goods_are_listed_with_their_stock(budis, shop):
    rows = budis.get(reverse("api-products", query={"q": "telur"})).json()["results"]
    assert [(row["name"], row["stock_quantity"], row["unit"]) for row in rows] == [
        ("Telur Ayam", "87.250", "gerai")
    ]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 3),
        ({"category": "sembako"}, 3),
        ({"unit": "apotek"}, 0),
        ({"code": "8990000070030"}, 1),
        ({"running_low": "true"}, 1),
        ({"running_low": "false"}, 3),
        ({"is_active": "false"}, 0),
    ],
)
def test_goods_are_filtered(budis, budi, shop, query, count):
    with scope.cooperative(shop.cooperative.pk):
        products.add(
            on=MONDAY,
            cooperative=shop.cooperative,
            particulars=particulars(shop.unit, name="Garam"),
            by=budi,
        )
    assert len(budis.get(reverse("api-products", query=query)).json()["results"]) == count


GARAM = {
    "unit": "gerai",
    "category": "Sembako",
    "name": "Garam",
    "measure": "bks",
    "general_price_idr": 3_000,
    "member_price_idr": 2_800,
}


def test_a_product_is_added(budis, shop):
    response = budis.post(reverse("api-products"), GARAM, format="json")
    assert response.status_code == 201
    answer = response.json()
    assert (answer["name"], answer["stock_quantity"], answer["version"]) == ("Garam", "0.000", 1)
    again = budis.post(reverse("api-products"), GARAM, format="json")
    assert (again.status_code, again.json()["code"]) == (422, "product_refused")
    assert "name" in again.json()["fields"]


def test_a_product_is_edited_in_its_version_only(budis, shop):
    address = reverse("api-product", args=[shop.gula.id])
    given = GARAM | {"name": "Gula", "stock_min": "2.500", "version": 1}
    answer = budis.put(address, given, format="json").json()
    assert (answer["name"], answer["stock_min"], answer["version"]) == ("Gula", "2.500", 2)
    conflict = budis.put(address, given, format="json")
    assert (conflict.status_code, conflict.json()["code"]) == (409, "edit_conflict")
    assert budis.get(address).json()["name"] == "Gula"


def test_a_product_of_no_unit_is_refused(budis, shop):
    response = budis.post(reverse("api-products"), GARAM | {"unit": "apotek"}, format="json")
    assert (response.status_code, list(response.json()["fields"])) == (400, ["unit"])


def test_a_product_is_retired_and_restored(budis, shop):
    retire = reverse("api-product-retire", args=[shop.gula.id])
    restore = reverse("api-product-restore", args=[shop.gula.id])
    assert budis.post(retire).json()["is_active"] is False
    assert budis.post(restore).json()["is_active"] is True
