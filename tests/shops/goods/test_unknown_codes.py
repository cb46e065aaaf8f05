"""Codes that a till did not know: noted by the cashier, worked off by whoever keeps the goods."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.drawers.services import shifts
from shops.goods import queries
from shops.goods.services import products, unknown_codes
from shops.models import Pack, TillSettings, UnknownCode
from tests.conftest import MONDAY
from tests.shops.conftest import particulars
from tests.shops.pages import text, url

CODE = "8999999000017"


@pytest.fixture
def note(gerai, in_melati, sari):
    def do(code=CODE, remark=""):
        return unknown_codes.note(cooperative=in_melati, code=code, remark=remark, by=sari)

    return do


def test_a_code_is_noted_once_and_keeps_its_first_remark(note, in_melati):
    note()
    note(code=" 8999999 000017 ", remark="Kopi sachet")
    note(remark="lain")
    noted = UnknownCode.objects.of(in_melati).get()
    assert (noted.code, noted.note) == (CODE, "Kopi sachet")


@pytest.mark.parametrize("code", ["", "  ", "9" * 33])
def test_what_is_no_code_is_refused(note, code):
    with pytest.raises(unknown_codes.CodeRefused, match="not a code"):
        note(code=code)


def test_a_code_leaves_the_list_when_a_product_or_pack_has_it(note, in_melati, gerai, gula, budi):
    note()
    note(code="222")
    note(code="333")
    products.add(
        on=MONDAY,
        cooperative=in_melati,
        particulars=particulars(gerai, name="Kopi", code=CODE),
        by=budi,
    )
    Pack.objects.create(cooperative=in_melati, product=gula, name="dus", factor=20, code="222")
    assert [noted.code for noted in queries.unknown_codes(in_melati)] == ["333"]


def test_a_dropped_code_can_be_noted_again(note, in_melati, budi):
    first = note()
    unknown_codes.drop(noted=first, by=budi)
    unknown_codes.drop(noted=first, by=budi)
    assert list(queries.unknown_codes(in_melati)) == []
    assert note().pk != first.pk


# --- Pages -----------------------------------------------------------------------------------


def told(client, shop, body):
    return client.post(url(shop, "unknown_code_note"), body, content_type="application/json")


def waiting(client, shop):
    """How many codes the page of products says are waiting."""
    tabs = client.get(url(shop, "products")).context["page_tabs"]
    (count,) = (s["waiting"] for s in tabs if s["url"] == url(shop, "unknown_codes"))
    return count


def test_the_cashier_notes_and_the_chair_sees_and_adds(saris, budis, shop):
    assert told(saris, shop, json.dumps({"code": CODE, "note": "Kopi"})).status_code == 201
    assert waiting(budis, shop) == 1
    page = text(budis.get(url(shop, "unknown_codes")))
    assert f"?code={CODE}&amp;name=Kopi" in page
    form = text(budis.get(url(shop, "product_add", code=CODE)))
    assert f'value="{CODE}"' in form
    with scope.cooperative(shop.cooperative.pk):
        noted = UnknownCode.objects.of(shop.cooperative).get()
    assert budis.post(url(shop, "unknown_code_drop", noted.id)).status_code == 302
    assert "Nothing has been noted" in text(budis.get(url(shop, "unknown_codes")))
    assert waiting(budis, shop) == 0


@pytest.mark.parametrize(
    ("body", "status"), [("x", 400), ("[]", 400), ("{}", 400), ('{"code": ""}', 422)]
)
def test_what_cannot_be_noted_is_a_sentence(saris, shop, body, status):
    answer = told(saris, shop, body)
    assert answer.status_code == status
    assert answer.json()["message"]


def test_a_cashier_only_notes(saris, client_of, joko, shop):
    assert saris.post(url(shop, "unknown_code_drop", new_id())).status_code == 403
    assert told(client_of(joko), shop, '{"code": "1"}').status_code == 404


# --- What the till is told ---------------------------------------------------------------------


def test_the_till_says_that_no_shift_is_open_and_then_which_one(saris, sari, shop):
    closed = saris.get(url(shop, "till_data")).json()
    assert "No shift is open." in closed["pieces"]["head"]
    assert closed["hasShift"] is False
    with scope.cooperative(shop.cooperative.pk):
        shifts.open_shift(
            cooperative=shop.cooperative,
            unit=shop.unit,
            drawer="Laci 1",
            float_idr=0,
            key=new_id(),
            at=timezone.now(),
            by=sari,
        )
    opened = saris.get(url(shop, "till_data", unit="gerai")).json()
    assert ">Laci 1</span><span>since " in opened["pieces"]["head"]
    assert opened["hasShift"] is True
    assert opened["csrf"]


def test_discounts_are_for_those_who_may_give_them(saris, budis, shop):
    assert saris.get(url(shop, "till_data")).json()["mayDiscount"] is False
    assert budis.get(url(shop, "till_data")).json()["mayDiscount"] is True


def test_the_static_qris_code_is_drawn_where_the_shop_has_one(saris, shop):
    assert saris.get(url(shop, "till_data")).json()["qris"] == ""
    with scope.cooperative(shop.cooperative.pk):
        TillSettings.objects.update_or_create(
            cooperative=shop.cooperative, defaults={"qris_payload": "00020101", "cash_step_idr": 50}
        )
    told = saris.get(url(shop, "till_data")).json()
    assert 'class="qr"' in told["qris"]
    assert told["step"] == 50


def test_only_the_till_may_run_webassembly(saris, shop):
    policy = saris.get("/kasir/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in f"{policy};"
    assert "wasm" not in saris.get(url(shop, "products")).headers["Content-Security-Policy"]


def test_a_photo_is_for_those_who_may_see_the_goods(saris, client_of, joko, shop):
    address = reverse("shops:product_photo", args=[shop.cooperative.code, shop.gula.id])
    assert saris.get(address).status_code == 404
    assert client_of(joko).get(address).status_code == 404
