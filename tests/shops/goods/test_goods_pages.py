"""The clerk's pages of packs, prices, rules, shelves and settings."""

import pytest
from django.urls import reverse

from kkmp.lib.clock import business_today
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.models import Category, GoodsRule, Pack, Price, Product
from tests.shops.goods.test_goods_kept import QRIS
from tests.shops.pages import english, statements, text, url


@pytest.fixture
def budis(client_of, budi):
    return english(client_of(budi))


def one(model, shop):
    with scope.cooperative(shop.cooperative.pk):
        return model.objects.of(shop.cooperative).first()


def product_page(client, shop):
    return text(client.get(url(shop, "product", shop.gula.id)))


# --- Packs -----------------------------------------------------------------------------------

DUS = {"name": "dus", "factor": "12", "code": "8990000079996", "general_price_idr": "205.000"}


def test_a_pack_is_added_changed_retired_and_sold_again(budis, shop):
    assert "Sold by the carton, too?" in product_page(budis, shop)
    assert budis.get(url(shop, "pack_add", shop.gula.id)).status_code == 200
    assert budis.post(url(shop, "pack_add", shop.gula.id), DUS).status_code == 302
    pack = one(Pack, shop)
    assert "= 12 bks" in product_page(budis, shop)
    assert 'value="205.000"' in text(budis.get(url(shop, "pack_change", pack.id)))
    changed = budis.post(url(shop, "pack_change", pack.id), DUS | {"general_price_idr": ""})
    assert changed.status_code == 302
    assert one(Pack, shop).general_price_idr is None
    page = text(budis.post(url(shop, "pack_retire", pack.id), follow=True))
    assert "dus is no longer sold" in page
    assert "dus is sold again" in text(budis.post(url(shop, "pack_restore", pack.id), follow=True))


def test_what_is_wrong_with_a_pack_stands_beside_its_input(budis, shop):
    response = budis.post(url(shop, "pack_add", shop.gula.id), DUS | {"factor": "1,5"})
    assert response.status_code == 422
    assert "is sold per whole bks" in text(response)
    budis.post(url(shop, "pack_add", shop.gula.id), DUS)
    response = budis.post(
        url(shop, "pack_change", one(Pack, shop).id), DUS | {"code": "8990000070030"}
    )
    assert response.status_code == 422
    assert "has this code already" in text(response)


# --- Prices ----------------------------------------------------------------------------------


def price(**changes):
    today = business_today().isoformat()
    return {"tier": "general", "price_idr": "17.000", "valid_from": today} | changes


def test_a_price_is_added_and_ended(budis, shop):
    assert "Cheaper from ten on" in product_page(budis, shop)
    assert f"{business_today():%d/%m/%Y}" in text(budis.get(url(shop, "price_add", shop.gula.id)))
    form = price(min_quantity="10")
    assert budis.post(url(shop, "price_add", shop.gula.id), form).status_code == 302
    page = product_page(budis, shop)
    assert "10 bks" in page
    assert "Rp 17,000" in page
    page = text(budis.post(url(shop, "price_end", one(Price, shop).id), follow=True))
    assert "no longer holds" in page
    assert one(Price, shop) is None


def test_a_price_of_yesterday_is_refused_in_words(budis, shop):
    response = budis.post(url(shop, "price_add", shop.gula.id), price(valid_from="2020-01-01"))
    assert response.status_code == 422
    assert "begins today at the earliest" in text(response)


# --- Rules -----------------------------------------------------------------------------------


def rule(shop, **changes):
    return {
        "product": shop.gula.pk,
        "ceiling_idr": "17.000",
        "period": "day",
        "source": "SK 1/2026",
        "valid_from": business_today().isoformat(),
    } | changes


def test_a_rule_begins_from_a_preset(budis, shop):
    page = text(budis.get(url(shop, "rule_add", barang=shop.gula.id, contoh="lpg-3kg")))
    assert 'value="18.000"' in page
    assert "Kepgub 540/20/2024 (perlu dicek)" in page
    assert "Check what holds today" in page
    assert f'value="{shop.gula.pk}" selected' in page


def test_a_rule_is_added_listed_and_ended(budis, shop):
    assert "No rules yet" in text(budis.get(url(shop, "rules")))
    assert "Check what holds today" not in text(budis.get(url(shop, "rule_add")))
    assert budis.post(url(shop, "rule_add"), rule(shop)).status_code == 302
    page = product_page(budis, shop)
    assert "costs at most Rp 17,000 a bks" in page
    assert "is above the ceiling" in page
    listed = text(budis.get(url(shop, "rules")))
    assert "SK 1/2026" in listed
    assert "holds" in listed
    page = text(budis.post(url(shop, "rule_end", one(GoodsRule, shop).id), follow=True))
    assert "This rule no longer holds" in page


def test_a_rule_that_asks_for_nothing_is_refused(budis, shop):
    response = budis.post(url(shop, "rule_add"), rule(shop, ceiling_idr=""))
    assert response.status_code == 422
    assert "asks for nothing" in text(response)


# --- Shelves ---------------------------------------------------------------------------------


def test_shelves_get_names_and_colours(budis, shop):
    assert "Sembako" in text(budis.get(url(shop, "categories")))
    shelf = one(Category, shop)
    assert "swatch-teal" in text(budis.get(url(shop, "category_change", shelf.id)))
    form = {"name": "Bahan pokok", "colour": "teal"}
    page = text(budis.post(url(shop, "category_change", shelf.id), form, follow=True))
    assert "Bahan pokok" in page
    assert "Teal" in page
    response = budis.post(url(shop, "category_change", shelf.id), {"name": "x" * 40, "colour": "x"})
    assert response.status_code == 422


def test_a_taken_name_of_a_shelf_is_refused_in_words(budis, shop):
    with scope.cooperative(shop.cooperative.pk):
        Category.objects.create(cooperative=shop.cooperative, name="Minuman")
    with scope.cooperative(shop.cooperative.pk):
        shelf = Category.objects.of(shop.cooperative).get(name="Sembako")
    form = {"name": "minuman", "colour": "teal"}
    response = budis.post(url(shop, "category_change", shelf.id), form)
    assert response.status_code == 422
    assert "named minuman already" in text(response)


# --- Services and the form -------------------------------------------------------------------


def test_a_service_is_added_and_shows_no_stock(budis, shop):
    form = {
        "name": "Ongkos kirim",
        "category": "Jasa",
        "unit": shop.unit.pk,
        "measure": "kali",
        "general_price_idr": "5.000",
        "institution_price_idr": "4.000",
        "is_service": "on",
        "income_code": "4-1306",
        "stock_min": "9",
    }
    response = budis.post(url(shop, "product_add"), form)
    assert response.status_code == 302
    with scope.cooperative(shop.cooperative.pk):
        made = Product.objects.of(shop.cooperative).get(name="Ongkos kirim")
    assert (made.is_service, made.income_code, made.stock_min) == (True, "4-1306", 0)
    page = text(budis.get(url(shop, "product", made.id)))
    assert "Delivery" in page
    assert "What came and went" not in page
    assert "Rp 4,000" in page
    assert "<span>service" in text(budis.get(url(shop, "products", q="Ongkos")))
    assert "checked" in text(budis.get(url(shop, "product_edit", made.id)))


def test_a_service_without_an_account_is_refused(budis, shop):
    form = {
        "name": "Ongkos kirim",
        "category": "Jasa",
        "unit": shop.unit.pk,
        "measure": "kali",
        "general_price_idr": "5.000",
        "is_service": "on",
    }
    response = budis.post(url(shop, "product_add"), form)
    assert response.status_code == 422
    assert "what this service earns" in text(response)


# --- Settings --------------------------------------------------------------------------------


def settings(**changes):
    return {
        "cash_step_idr": "500",
        "credit_days": "14",
        "overdue_days": "7",
        "version": "1",
    } | changes


def test_the_settings_are_shown_and_changed(budis, shop):
    assert 'value="30"' in text(budis.get(url(shop, "till_settings")))
    page = text(budis.post(url(shop, "till_settings"), settings(qris_payload=QRIS), follow=True))
    assert "it pays KKMP GEDAWANG, SEMARANG" in page
    assert 'value="14"' in page
    conflict = budis.post(url(shop, "till_settings"), settings(credit_days="7"))
    assert conflict.status_code == 422
    assert "Not saved: changed by Budi" in text(conflict)


def test_a_code_that_was_copied_wrong_is_said(budis, shop):
    response = budis.post(
        url(shop, "till_settings"), settings(qris_payload=QRIS.replace("GEDAWANG", "GEDAWUNG"))
    )
    assert response.status_code == 422
    assert "Copy it once more" in text(response)


# --- Doors -----------------------------------------------------------------------------------


def test_the_links_above_the_pages_are_those_one_may_open(budis, client_of, tono, shop):
    assert url(shop, "till_settings") in text(budis.get(url(shop, "products")))
    page = text(english(client_of(tono)).get(url(shop, "products")))
    assert url(shop, "rules") in page
    assert url(shop, "till_settings") not in page


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("rule_add", "sari"),
        ("till_settings", "tono"),
        ("till_settings", "sari"),
        ("categories", "rini"),
        ("rules", "rini"),
    ],
)
def test_too_little_role_is_refused(request, client_of, shop, name, person):
    client = client_of(request.getfixturevalue(person))
    assert client.get(url(shop, name)).status_code == 403


def test_what_is_of_another_cooperative_is_not_there(client_of, joko, mawar, budis, shop):
    budis.post(url(shop, "pack_add", shop.gula.id), DUS)
    budis.post(url(shop, "price_add", shop.gula.id), price())
    budis.post(url(shop, "rule_add"), rule(shop))
    client = client_of(joko)
    for name, id_, method in (
        ("pack_add", shop.gula.id, "get"),
        ("pack_change", one(Pack, shop).id, "get"),
        ("pack_retire", one(Pack, shop).id, "post"),
        ("price_add", shop.gula.id, "get"),
        ("price_end", one(Price, shop).id, "post"),
        ("rule_end", one(GoodsRule, shop).id, "post"),
        ("category_change", one(Category, shop).id, "get"),
        ("product_photo_change", shop.gula.id, "get"),
    ):
        address = reverse(f"shops:{name}", args=[mawar.code, id_])
        assert getattr(client, method)(address).status_code == 404
    form = rule(shop)
    assert client.post(reverse("shops:rule_add", args=[mawar.code]), form).status_code == 422


def test_unknown_ids_are_not_there(budis, shop):
    for name in ("pack_add", "price_add", "category_change", "product_photo"):
        assert budis.get(url(shop, name, new_id())).status_code == 404


def test_pages_keep_to_their_statements(budis, shop):
    budis.post(url(shop, "pack_add", shop.gula.id), DUS)
    assert statements(budis, url(shop, "categories")) == 2
    assert statements(budis, url(shop, "rules")) == 2
    # One of them asks whether the opening stock can be put right from here.
    assert statements(budis, url(shop, "product", shop.gula.id)) == 6
