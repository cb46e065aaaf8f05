"""The list of goods and the pages of one product."""

from decimal import Decimal

import pytest
from django.urls import reverse

from kkmp.registry import scope
from shops.goods.services import products
from shops.models import Product
from tests.conftest import MONDAY
from tests.shops.conftest import particulars
from tests.shops.pages import statements, text, url


def test_the_list_shows_goods_with_stock_and_prices(budis, shop):
    page = text(budis.get(url(shop, "products")))
    assert "Gula Pasir 1 kg" in page
    assert "87.25 kg" in page
    assert "Rp 17,300" in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "gula"}, ["Gula"]),
        ({"q": "8990000070030"}, ["Gula"]),
        ({"low": "on"}, []),
        ({"retired": "on"}, ["Garam"]),
        ({}, ["Gula", "Telur"]),
    ],
)
def test_the_list_is_filtered(budis, budi, shop, query, names):
    with scope.cooperative(shop.cooperative.pk):
        garam = products.add(
            on=MONDAY,
            cooperative=shop.cooperative,
            particulars=particulars(shop.unit, name="Garam"),
            by=budi,
        )
        products.retire(product=garam, by=budi)
    page = text(budis.get(url(shop, "products", **query), headers={"HX-Request": "true"}))
    assert [name for name in ("Gula", "Telur", "Garam") if f">{name}" in page] == names


def test_goods_are_filtered_by_category_and_unit(budis, shop):
    category = shop.gula.category
    page = text(budis.get(url(shop, "products", category=category.pk, unit=shop.unit.pk)))
    assert "Gula Pasir" in page


def test_a_fragment_is_the_rows_alone(budis, shop):
    page = budis.get(url(shop, "products"), headers={"HX-Request": "true"})
    assert b"<html" not in page.content
    assert "HX-Request" in page["Vary"]


def test_an_empty_list_says_what_to_do_first(budis, melati, budi, client_of):
    page = text(budis.get(reverse("shops:products", args=[melati.code])))
    assert "No products yet" in page
    assert reverse("shops:product_add", args=[melati.code]) in page


def test_a_search_without_a_hit_says_so(budis, shop):
    assert "Nothing found" in text(budis.get(url(shop, "products", q="xyz")))


def test_the_list_keeps_to_its_statements(budis, shop):
    assert statements(budis, url(shop, "products")) == 5


def test_a_product_shows_what_came_and_went(budis, sari, shop):
    shop.sell(sari, (shop.gula, "2"))
    page = text(budis.get(url(shop, "product", shop.gula.id)))
    assert "Opening stock" in page
    assert "-Rp 32,400" in page
    assert "Rp 745,200" in page


def test_a_product_is_added(budis, shop):
    form = {
        "name": "Garam Halus",
        "category": "Sembako",
        "unit": shop.unit.pk,
        "measure": "bks",
        "general_price_idr": "3.000",
    }
    response = budis.post(url(shop, "product_add"), form)
    with scope.cooperative(shop.cooperative.pk):
        made = Product.objects.of(shop.cooperative).get(name="Garam Halus")
    assert response.headers["Location"] == url(shop, "product", made.id)
    assert (made.member_price_idr, made.wholesale_price_idr, made.stock_min) == (3_000, None, 0)


def test_what_is_wrong_stands_beside_its_input_and_nothing_is_lost(budis, shop):
    form = {
        "name": "Gula Pasir 1 kg",
        "category": "Sembako",
        "unit": shop.unit.pk,
        "measure": "bks",
        "general_price_idr": "3.000",
    }
    response = budis.post(url(shop, "product_add"), form)
    assert response.status_code == 422
    page = text(response)
    assert "There is a product named Gula Pasir 1 kg already." in page
    assert 'value="3.000"' in page


def test_a_form_that_is_not_filled_in_is_shown_again(budis, shop):
    response = budis.post(url(shop, "product_add"), {"name": ""})
    assert response.status_code == 422


def test_without_a_unit_the_form_says_what_to_do_first(budis, melati):
    page = text(budis.get(reverse("shops:product_add", args=[melati.code])))
    assert "No unit of business yet" in page


def edit_form(product, **changes):
    return {
        "name": product.name,
        "category": "Sembako",
        "unit": product.unit_id,
        "measure": product.measure,
        "general_price_idr": "18.000",
        "member_price_idr": "17.500",
        "wholesale_price_idr": "",
        "stock_min": "1,5",
        "version": product.version,
    } | changes


def test_a_product_is_edited(budis, shop):
    page = text(budis.get(url(shop, "product_edit", shop.gula.id)))
    assert 'value="17.500"' in page
    response = budis.post(url(shop, "product_edit", shop.gula.id), edit_form(shop.gula))
    assert response.status_code == 302
    with scope.cooperative(shop.cooperative.pk):
        shop.gula.refresh_from_db()
    assert (shop.gula.general_price_idr, shop.gula.stock_min) == (18_000, Decimal("1.5"))


@pytest.mark.parametrize("version", ["7", ""])
def test_an_edit_of_an_older_version_is_refused(budis, shop, version):
    form = edit_form(shop.gula, version=version)
    response = budis.post(url(shop, "product_edit", shop.gula.id), form)
    assert response.status_code == 422
    assert "Not saved: changed by" in text(response)


def test_a_product_is_retired_and_restored(budis, shop):
    page = budis.post(url(shop, "product_retire", shop.gula.id), follow=True)
    assert "no longer sold" in text(page)
    page = budis.post(url(shop, "product_restore", shop.gula.id), follow=True)
    assert "is sold again" in text(page)


def test_the_filters_are_cleared_only_where_some_are_set(budis, shop):
    assert ">Clear</a>" not in text(budis.get(url(shop, "products")))
    assert ">Clear</a>" in text(budis.get(url(shop, "products", q="gula")))
