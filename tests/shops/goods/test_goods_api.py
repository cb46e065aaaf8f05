"""Packs, prices, rules and settings for programs."""

import pytest
from django.urls import reverse

from kkmp.lib.clock import business_today
from kkmp.lib.ids import new_id
from tests.shops.goods.test_goods_kept import QRIS
from tests.shops.goods.test_products_api import GARAM
from tests.shops.pages import english


@pytest.fixture
def budis(api_of, budi, melati):
    return english(api_of(budi, melati))


def today():
    return business_today().isoformat()


def post(client, view, *arguments, **given):
    return client.post(reverse(view, args=arguments), given, format="json")


def test_a_service_and_its_prices_are_told(budis, shop):
    given = GARAM | {
        "is_service": True,
        "income_code": "4-1306",
        "institution_price_idr": 2_700,
    }
    answer = budis.post(reverse("api-products"), given, format="json").json()
    assert (answer["is_service"], answer["income_code"], answer["institution_price_idr"]) == (
        True,
        "4-1306",
        2_700,
    )
    wrong = budis.post(
        reverse("api-products"), GARAM | {"name": "X", "income_code": "4-1101"}, format="json"
    )
    assert (wrong.status_code, list(wrong.json()["fields"])) == (400, ["income_code"])


def test_packs_are_added_changed_retired_and_restored(budis, shop):
    made = post(budis, "api-packs", shop.gula.id, name="dus", factor="12", code="8991")
    assert made.status_code == 201
    pack = made.json()
    assert (pack["factor"], pack["general_price_idr"]) == ("12.000", None)
    assert budis.get(reverse("api-packs", args=[shop.gula.id])).json() == [pack]
    address = reverse("api-pack", args=[pack["id"]])
    changed = budis.put(address, {"name": "bal", "factor": "10"}, format="json").json()
    assert (changed["name"], changed["factor"], changed["code"]) == ("bal", "10.000", "")
    assert post(budis, "api-pack-retire", pack["id"]).json()["is_active"] is False
    assert post(budis, "api-pack-restore", pack["id"]).json()["is_active"] is True
    taken = post(budis, "api-packs", shop.gula.id, name="x", factor="2", code="8990000070030")
    assert (taken.status_code, taken.json()["code"]) == (422, "product_refused")
    assert post(budis, "api-packs", new_id(), name="x", factor="2").status_code == 404


def test_prices_are_added_and_ended(budis, shop):
    given = {"tier": "member", "price_idr": 17_000, "valid_from": today(), "min_quantity": "10"}
    made = post(budis, "api-prices", shop.gula.id, **given)
    assert made.status_code == 201
    address = reverse("api-prices", args=[shop.gula.id])
    assert budis.get(address).json() == [made.json()]
    assert post(budis, "api-price-end", made.json()["id"]).status_code == 204
    assert budis.get(address).json() == []
    past = post(budis, "api-prices", shop.gula.id, **given | {"valid_from": "2020-01-01"})
    assert (past.status_code, list(past.json()["fields"])) == (422, ["valid_from"])


def test_rules_are_added_and_ended(budis, shop):
    given = {
        "product": str(shop.gula.id),
        "ceiling_idr": 17_500,
        "valid_from": today(),
        "source": "SK 1/2026",
    }
    made = post(budis, "api-goods-rules", **given)
    assert made.status_code == 201
    assert budis.get(reverse("api-goods-rules")).json() == [made.json()]
    assert post(budis, "api-goods-rule-end", made.json()["id"]).status_code == 204
    assert budis.get(reverse("api-goods-rules")).json() == []
    assert post(budis, "api-goods-rules", **given | {"product": str(new_id())}).status_code == 404
    nothing = post(budis, "api-goods-rules", **given | {"ceiling_idr": None})
    assert (nothing.status_code, nothing.json()["code"]) == (422, "rule_refused")


def test_settings_are_read_by_all_and_changed_by_the_chair(budis, api_of, sari, melati, shop):
    address = reverse("api-till-settings")
    kept = budis.get(address).json()
    assert (kept["cash_step_idr"], kept["credit_days"], kept["version"]) == (100, 30, 1)
    given = kept | {"cash_step_idr": 500, "qris_payload": QRIS}
    assert budis.put(address, given, format="json").json()["version"] == 2
    conflict = budis.put(address, given | {"credit_days": 7}, format="json")
    assert (conflict.status_code, conflict.json()["code"]) == (409, "settings_conflict")
    wrong = budis.put(address, given | {"qris_payload": "x", "version": 2}, format="json")
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["qris_payload"])
    saris = api_of(sari, melati)
    assert saris.get(address).json()["cash_step_idr"] == 500
    assert saris.put(address, given, format="json").status_code == 403


def test_the_cashier_reads_and_writes_nothing(api_of, sari, shop):
    client = api_of(sari, shop.cooperative)
    assert client.get(reverse("api-packs", args=[shop.gula.id])).status_code == 200
    assert client.get(reverse("api-goods-rules")).status_code == 200
    assert post(client, "api-packs", shop.gula.id, name="dus", factor="12").status_code == 403
    assert post(client, "api-goods-rules").status_code == 403


def test_a_stranger_finds_nothing(api_of, joko, shop, mawar):
    client = api_of(joko, mawar)
    assert client.get(reverse("api-packs", args=[shop.gula.id])).status_code == 404
    assert client.get(reverse("api-prices", args=[shop.gula.id])).status_code == 404
