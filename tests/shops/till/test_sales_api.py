"""Sales for programs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.models import Sale, Stock
from tests.conftest import MONDAY
from tests.shops.conftest import KEY, open_shift
from tests.shops.pages import english


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


# --- Selling ----------------------------------------------------------------------------------


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
    assert "Rp\xa035,000" in response.json()["message"]


def test_a_refusal_says_why_and_leaves_nothing(saris, shop):
    line = {"product": str(shop.gula.id), "quantity": "49", "price_tier": "general"}
    response = sell(saris, shop, lines=[line], payments=[cash(9_000_000)])
    assert (response.status_code, response.json()["code"]) == (422, "sale_refused")
    assert response.json()["message"] == "Not enough Gula Pasir 1 kg: 48 bks left."
    with scope.cooperative(shop.cooperative.pk):
        assert not Sale.objects.of(shop.cooperative).exists()
        assert gula_left(shop) == 48


def gula_left(shop):
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


# --- What was sold ----------------------------------------------------------------------------


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
