"""Goods and sales for programs."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.goods.services import products
from shops.models import Product, Sale
from tests.conftest import MONDAY
from tests.shops.conftest import KEY, open_shift, particulars


@pytest.fixture
def budis(api_of, budi, melati):
    """The chair's program, in English."""
    return english(api_of(budi, melati))


@pytest.fixture
def saris(api_of, sari, shop):
    """The till of the cashier, whose shift is open."""
    with scope.cooperative(shop.cooperative.pk):
        open_shift(shop.unit, sari)
    return english(api_of(sari, shop.cooperative))


def english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def cash(amount_idr):
    return {"method": "cash", "amount_idr": amount_idr}


def basket(shop, **changes):
    return {
        "key": str(KEY),
        "unit": "gerai",
        "member": None,
        "payments": [cash(50_000)],
        "lines": [{"product": str(shop.gula.id), "quantity": "2.000", "price_tier": "general"}],
    } | changes


def sell(client, shop, **changes):
    return client.post(reverse("api-sales"), basket(shop, **changes), format="json")


# --- Selling ---------------------------------------------------------------------------------


def test_a_sale_is_made_and_told(saris, shop):
    response = sell(saris, shop, member=str(shop.ani.id), shown_idr=35_000)
    assert response.status_code == 201
    answer = response.json()
    assert answer | {"id": "", "sold_at": "", "date": ""} == {
        "id": "",
        "number": 1,
        "key": str(KEY),
        "date": "",
        "sold_at": "",
        "unit": "gerai",
        "member": {"id": str(shop.ani.id), "number": 1, "name": "Ani Lestari (rekaan)"},
        "cashier": "sari",
        "device": "",
        "total_idr": 35_000,
        "discount_idr": 0,
        "rounding_idr": 0,
        "paid_idr": 50_000,
        "change_idr": 15_000,
        "lines": [
            {
                "product": str(shop.gula.id),
                "name": "Gula Pasir 1 kg",
                "measure": "bks",
                "quantity": "2.000",
                "pack": None,
                "pack_name": "",
                "pack_quantity": None,
                "price_tier": "general",
                "price_idr": 17_500,
                "discount_idr": 0,
                "saving_idr": 0,
                "total_idr": 35_000,
            }
        ],
        "payments": [{"method": "cash", "amount_idr": 35_000, "reference": "", "due_on": None}],
    }


def test_the_same_sale_again_is_answered_with_200(saris, shop):
    first, again = sell(saris, shop), sell(saris, shop)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_other_content_under_the_same_key_is_a_conflict(saris, shop):
    sell(saris, shop)
    response = sell(saris, shop, payments=[cash(60_000)])
    assert (response.status_code, response.json()["code"]) == (409, "key_reused")


def test_another_total_than_the_one_shown_is_a_conflict(saris, shop):
    response = sell(saris, shop, shown_idr=34_000)
    assert (response.status_code, response.json()["code"]) == (409, "prices_changed")
    assert "Rp35.000" in response.json()["message"]


def test_a_refusal_says_why_and_leaves_nothing(saris, shop):
    line = {"product": str(shop.gula.id), "quantity": "49", "price_tier": "general"}
    response = sell(saris, shop, lines=[line], payments=[cash(9_000_000)])
    assert (response.status_code, response.json()["code"]) == (422, "sale_refused")
    assert response.json()["message"] == "Not enough Gula Pasir 1 kg: 48 bks left."
    with scope.cooperative(shop.cooperative.pk):
        assert not Sale.objects.of(shop.cooperative).exists()
        assert queries_left(shop) == 48


def queries_left(shop):
    from shops.models import Stock

    return Stock.objects.of(shop.cooperative).get(product=shop.gula).quantity


def test_an_empty_basket_is_refused_with_a_sentence(saris, shop):
    response = sell(saris, shop, lines=[])
    assert response.status_code == 422
    assert "basket is empty" in response.json()["message"]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"key": "x"}, "key"),
        ({"payments": [{"method": "cash", "amount_idr": -1}]}, "payments.0.amount_idr"),
        ({"payments": [{"method": "cash", "amount_idr": 1.5}]}, "payments.0.amount_idr"),
        ({"payments": [{"method": "beras", "amount_idr": 1}]}, "payments.0.method"),
        ({"buyer_nik": "12"}, "buyer_nik"),
        ({"lines": [{"product": "x", "quantity": "1"}]}, "lines.0.product"),
        ({"lines": [{"product": str(KEY), "quantity": "NaN"}]}, "lines.0.quantity"),
        ({"lines": [{"product": str(KEY), "quantity": "1.0005"}]}, "lines.0.quantity"),
        (
            {"lines": [{"product": str(KEY), "quantity": "1", "price_tier": "friend"}]},
            "lines.0.price_tier",
        ),
    ],
)
def test_what_cannot_be_read_is_named(saris, shop, changes, name):
    response = sell(saris, shop, **changes)
    assert response.status_code == 400
    assert name in response.json()["fields"]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"unit": "apotek"}, "unit"),
        ({"member": str(KEY)}, "member"),
        ({"lines": [{"product": str(KEY), "quantity": "1"}]}, "lines"),
        ({"payments": []}, "payments"),
        ({"payments": [{"method": "cash", "amount_idr": 34_000}]}, "payments"),
        ({"discount_idr": 1_000}, "discount_idr"),
    ],
)
def test_what_may_not_be_sold_is_named(saris, shop, changes, name):
    response = sell(saris, shop, **changes)
    assert response.status_code == 422
    assert list(response.json()["fields"]) == [name]


def test_without_a_shift_nothing_is_sold(api_of, sari, shop):
    response = sell(english(api_of(sari, shop.cooperative)), shop)
    assert (response.status_code, response.json()["code"]) == (422, "no_shift")


def test_the_chair_gives_a_discount(budis, budi, shop):
    shop.open_shift(budi)
    answer = sell(budis, shop, discount_idr=1_000).json()
    assert (answer["total_idr"], answer["discount_idr"]) == (34_000, 1_000)


def test_selling_takes_few_statements(saris, shop):
    with CaptureQueriesContext(connection) as captured:
        sell(saris, shop, member=str(shop.ani.id))
    assert len(captured) <= 10, "\n".join(query["sql"][:110] for query in captured)


# --- What was sold ---------------------------------------------------------------------------


@pytest.fixture
def sold(shop, sari):
    return [
        shop.sell(sari, (shop.gula, "1")),
        shop.sell(sari, (shop.gula, "2"), (shop.telur, "0.5"), member=shop.ani),
    ]


def test_sales_come_the_latest_first_with_their_lines(budis, sold):
    answer = budis.get(reverse("api-sales")).json()
    assert [row["number"] for row in answer["results"]] == [2, 1]
    assert [line["quantity"] for line in answer["results"][0]["lines"]] == ["2.000", "0.500"]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"since": MONDAY, "until": MONDAY}, [2, 1]),
        ({"until": "2026-11-22"}, []),
        ({"unit": "gerai"}, [2, 1]),
        ({"unit": "apotek"}, []),
        ({"key": str(KEY)}, []),
    ],
)
def test_sales_are_filtered(budis, sold, query, numbers):
    answer = budis.get(reverse("api-sales", query=query)).json()
    assert [row["number"] for row in answer["results"]] == numbers


def test_sales_of_one_member(budis, sold, shop):
    answer = budis.get(reverse("api-sales", query={"member": shop.ani.id})).json()
    assert [row["number"] for row in answer["results"]] == [2]


def test_one_sale(budis, sold):
    assert budis.get(reverse("api-sale", args=[sold[0].id])).json()["number"] == 1
    assert budis.get(reverse("api-sale", args=[new_id()])).status_code == 404


def test_a_list_of_sales_does_not_grow_in_statements(budis, sold):
    with CaptureQueriesContext(connection) as captured:
        budis.get(reverse("api-sales"))
    assert len(captured) <= 10, "\n".join(query["sql"][:110] for query in captured)


# --- Goods -----------------------------------------------------------------------------------


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


# --- Doors -----------------------------------------------------------------------------------


def test_the_cashier_sells_and_does_not_read_what_was_sold(saris, sold):
    assert saris.get(reverse("api-sales")).status_code == 403
    assert saris.get(reverse("api-sale", args=[sold[0].id])).status_code == 403
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
        from tests.shops.conftest import open_gerai, stock_gula

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
        assert queries_left(shop) == Decimal(48)
