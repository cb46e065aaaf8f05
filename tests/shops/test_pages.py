"""The pages of the shop: who may open them, what they show, and how many statements they take."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from finance.models import BusinessUnit
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.goods.services import products
from shops.models import Product
from shops.units.services import units
from tests.shops.conftest import particulars


@pytest.fixture
def budis(client_of, budi):
    """The chair's browser, in English."""
    return english(client_of(budi))


@pytest.fixture
def saris(client_of, sari):
    """The cashier's browser."""
    return english(client_of(sari))


def english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def url(shop, name, *arguments, **query):
    return reverse(f"shops:{name}", args=[shop.cooperative.code, *arguments], query=query)


def statements(client, address):
    """How many a page takes for what it shows; session, roles and menu are not its own."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    tables = ("shops_", "finance_", "members_")
    return sum(any(f'FROM "{t}' in query["sql"] for t in tables) for query in captured)


def text(response):
    return " ".join(response.content.decode().split())


# --- Goods -----------------------------------------------------------------------------------


def test_the_list_shows_goods_with_stock_and_prices(budis, shop):
    page = text(budis.get(url(shop, "products")))
    assert "Gula Pasir 1 kg" in page
    assert "87,25 kg" in page
    assert "Rp17.300" in page


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
    assert "-Rp32.400" in page
    assert "Rp745.200" in page


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
    assert "Somebody else changed this product" in text(response)


def test_a_product_is_retired_and_restored(budis, shop):
    page = budis.post(url(shop, "product_retire", shop.gula.id), follow=True)
    assert "no longer sold" in text(page)
    page = budis.post(url(shop, "product_restore", shop.gula.id), follow=True)
    assert "is sold again" in text(page)


# --- Units -----------------------------------------------------------------------------------


def test_the_filters_are_cleared_only_where_some_are_set(budis, shop):
    assert ">Clear</a>" not in text(budis.get(url(shop, "products")))
    assert ">Clear</a>" in text(budis.get(url(shop, "products", q="gula")))


@pytest.mark.parametrize("name", ["products", "units", "unit_open"])
def test_the_menu_shows_units_below_the_goods(budis, shop, name):
    menu = budis.get(url(shop, name)).context["shell"]["nav"]
    assert [str(entry["label"]) for entry in menu if entry["active"]] == ["Products"]


def test_units_are_listed_opened_and_closed(budis, shop):
    assert "Gerai sembako" in text(budis.get(url(shop, "units")))
    assert budis.get(url(shop, "unit_open")).status_code == 200
    page = budis.post(url(shop, "unit_open"), {"name": "Apotek"}, follow=True)
    assert "Apotek is open" in text(page)
    with scope.cooperative(shop.cooperative.pk):
        apotek = BusinessUnit.objects.of(shop.cooperative).get(name="Apotek")
    assert "Apotek" in text(budis.get(url(shop, "unit_edit", apotek.id)))
    page = budis.post(url(shop, "unit_edit", apotek.id), {"name": "Apotek Sehat"}, follow=True)
    assert "Apotek Sehat" in text(page)
    assert "Closed" in text(page)


def test_a_unit_with_a_taken_name_is_refused_in_words(budis, shop, budi):
    assert budis.post(url(shop, "unit_open"), {"name": "GERAI SEMBAKO"}).status_code == 422
    with scope.cooperative(shop.cooperative.pk):
        apotek = units.open_unit(cooperative=shop.cooperative, name="Apotek", by=budi)
    response = budis.post(url(shop, "unit_edit", apotek.id), {"name": "Gerai sembako"})
    assert response.status_code == 422
    assert "already" in text(response)
    assert budis.post(url(shop, "unit_open"), {"name": ""}).status_code == 422
    assert budis.post(url(shop, "unit_edit", apotek.id), {"name": ""}).status_code == 422


def test_a_cooperative_without_units_is_told_to_open_one(budis, melati):
    assert "Open the first one" in text(budis.get(reverse("shops:units", args=[melati.code])))


# --- The till --------------------------------------------------------------------------------


def test_the_cooperatives_address_leads_to_the_till(saris, shop):
    response = saris.get(url(shop, "till", unit="gerai"))
    assert response["Location"] == f"/kasir/en/?koperasi={shop.cooperative.code}&unit=gerai"
    saris.cookies["django_language"] = "id"
    response = saris.get(url(shop, "till"))
    assert response["Location"] == f"/kasir/?koperasi={shop.cooperative.code}"


def test_the_till_is_told_of_goods_settings_cashier_and_shift(saris, sari, shop):
    shop.open_shift(sari)
    told = saris.get(url(shop, "till_data")).json()
    assert [each["name"] for each in told["goods"]] == ["Gula Pasir 1 kg", "Telur Ayam"]
    assert (told["cooperative"], told["unit"]) == (shop.cooperative.code, "gerai")
    assert told["cashier"] == str(sari.pk)
    assert told["openedFor"].startswith(f"{sari.pk}:")
    assert (told["hasShift"], told["step"], told["mayDiscount"]) == (True, 100, False)
    assert told["addresses"]["sell"] == "/api/v1/sales/"
    assert told["language"] == "en"
    assert len(told["csrf"]) == 64


def test_a_shift_at_another_unit_is_none_here(saris, sari, budi, shop):
    shop.open_shift(sari)
    with scope.cooperative(shop.cooperative.pk):
        units.open_unit(cooperative=shop.cooperative, name="Apotek", by=budi)
    told = saris.get(url(shop, "till_data", unit="apotek")).json()
    assert told["hasShift"] is False
    assert "Your shift is open at Gerai" in told["pieces"]["head"]


def test_a_chair_may_give_discounts(budis, shop):
    assert budis.get(url(shop, "till_data")).json()["mayDiscount"] is True


def test_the_till_sells_for_the_unit_with_the_most_goods_or_the_one_named(saris, shop, budi):
    with scope.cooperative(shop.cooperative.pk):
        units.open_unit(cooperative=shop.cooperative, name="Apotek", by=budi)
    assert saris.get(url(shop, "till_data")).json()["unit"] == "gerai"
    assert saris.get(url(shop, "till_data", unit="gone")).json()["unit"] == "gerai"
    told = saris.get(url(shop, "till_data", unit="apotek")).json()
    assert (told["unit"], told["goods"]) == ("apotek", [])
    assert "Nothing to sell yet" in told["pieces"]["notice"]


def test_without_a_unit_the_till_says_what_to_do(saris, melati):
    told = saris.get(reverse("shops:till_data", args=[melati.code])).json()
    assert (told["unit"], told["goods"], told["hasShift"]) == ("", [], False)
    assert "Ask the chair" in told["pieces"]["notice"]


def test_around_the_till_stands_what_stands_on_every_page_of_the_staff(saris, shop):
    pieces = saris.get(url(shop, "till_data")).json()["pieces"]
    assert url(shop, "till_receipts") in pieces["head"]
    assert 'aria-current="page"' in pieces["side"]
    assert "sari" in pieces["top"] + pieces["bottom"]
    # Whoever changes the language comes back to the till, not to its data.
    assert f'name="next" value="{url(shop, "till")}"' in pieces["bottom"]


def test_the_till_keeps_to_its_statements(saris, shop):
    assert statements(saris, url(shop, "till_data")) == 8


def test_what_the_till_was_told_is_kept_nowhere_on_the_way(saris, shop):
    assert "no-store" in saris.get(url(shop, "till_data"))["Cache-Control"]


def test_fresh_prices_and_stock(saris, sari, shop):
    shop.sell(sari, (shop.gula, "2"))
    told = saris.get(url(shop, "till_data", unit="gerai")).json()
    assert told["goods"][0]["stock_thousandths"] == 46_000


def test_a_member_is_found_by_number_and_name_and_nothing_else_is_told(saris, shop):
    answer = saris.get(url(shop, "till_members", q="ani")).json()
    assert answer == {
        "members": [{"id": str(shop.ani.id), "number": 1, "name": "Ani Lestari (rekaan)"}]
    }
    assert saris.get(url(shop, "till_members")).json() == {"members": []}


def test_a_cashier_sees_her_own_receipts_of_today(saris, sari, budi, shop, client_of):
    own = shop.sell(sari, (shop.gula, "1"), at=timezone.now())
    other = shop.sell(budi, (shop.gula, "1"), at=timezone.now())
    page = text(saris.get(url(shop, "till_receipts")))
    assert url(shop, "till_receipt", own.id) in page
    assert url(shop, "till_receipt", other.id) not in page
    assert saris.get(url(shop, "till_receipt", other.id)).status_code == 404


def test_a_day_without_receipts_says_where_they_come_from(saris, shop):
    assert "No receipts yet today" in text(saris.get(url(shop, "till_receipts")))


# --- Doors -----------------------------------------------------------------------------------

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
