"""Payments, credit and vouchers for programs."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kkmp.lib.clock import business_today
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.models import Method, Voucher
from tests.conftest import MONDAY
from tests.shops.conftest import KEY
from tests.shops.pages import english
from tests.shops.payments.test_paying_pages import bon, open_drawer, qris


@pytest.fixture
def tonos(api_of, tono, melati):
    """The treasurer's program."""
    return english(api_of(tono, melati))


@pytest.fixture
def saris(api_of, sari, melati):
    """The till of the cashier."""
    return english(api_of(sari, melati))


def confirm(client, payment, **said):
    return client.post(reverse("api-payment-confirm", args=[payment.id]), said, format="json")


def test_payments_are_listed_and_confirmed(tonos, saris, shop, sari, budi):
    mine, others = qris(shop, sari), qris(shop, budi, 2)
    assert [row["id"] for row in saris.get(reverse("api-payments")).json()] == [str(mine.id)]
    listed = tonos.get(reverse("api-payments"), {"method": "qris"}).json()
    assert [row["left_idr"] for row in listed] == [17_500, 35_000]
    assert confirm(saris, mine).json()["state"] == "arrived"
    assert confirm(saris, others).status_code == 403
    assert confirm(saris, mine, has_arrived=False, note="x").status_code == 403
    of_day = tonos.get(reverse("api-payments"), {"day": MONDAY, "state": "arrived"}).json()
    assert len(of_day) == 1
    assert len(tonos.get(reverse("api-payments"), {"day": MONDAY}).json()) == 2


def test_a_missing_payment_is_said_with_a_note(tonos, shop, sari):
    paid = qris(shop, sari)
    refused = confirm(tonos, paid, has_arrived=False)
    assert (refused.status_code, refused.json()["code"]) == (422, "payment_refused")
    assert confirm(tonos, paid, has_arrived=False, note="Dicari").json()["state"] == "missing"
    assert confirm(tonos, paid).json()["state"] == "arrived"


def test_payments_are_settled_by_name_or_until_a_moment(tonos, shop, sari):
    one = qris(shop, sari)
    given = {
        "key": str(KEY),
        "payments": [str(one.id)],
        "net_idr": 17_400,
        "on": business_today(),
    }
    made = tonos.post(reverse("api-settlements"), given, format="json")
    assert made.status_code == 201
    assert (made.json()["gross_idr"], made.json()["fee_idr"]) == (17_500, 100)
    qris(shop, sari, 2)
    until = {"key": str(new_id()), "paid_until": "2026-11-23T10:00:00+07:00"}
    both = tonos.post(reverse("api-settlements"), given | until, format="json")
    assert both.status_code == 400
    alone = {"net_idr": 34_900, "on": business_today()} | until
    assert tonos.post(reverse("api-settlements"), alone, format="json").json()["fee_idr"] == 100
    assert len(tonos.get(reverse("api-settlements")).json()["results"]) == 2


def test_credit_is_given_read_and_paid(tonos, saris, shop, sari, tono):
    address = reverse("api-credit", args=[shop.ani.id])
    terms = {"limit_idr": 100_000, "due_days": 14, "version": 0}
    assert tonos.put(address, terms, format="json").json()["version"] == 1
    assert tonos.put(address, terms, format="json").status_code == 409
    assert saris.put(address, terms, format="json").status_code == 403
    bon(shop, tono)
    (row,) = saris.get(reverse("api-credits")).json()
    assert (row["owed_idr"], row["free_idr"]) == (17_300, 82_700)
    assert row["member"]["name"] == shop.ani.name
    pay = reverse("api-credit-pay", args=[shop.ani.id])
    given = {"key": str(KEY), "method": "cash", "amount_idr": 7_300}
    assert saris.post(pay, given, format="json").status_code == 422
    open_drawer(shop, sari)
    assert saris.post(pay, given, format="json").status_code == 201
    assert saris.post(pay, given, format="json").status_code == 200
    other = saris.post(pay, given | {"amount_idr": 1}, format="json")
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    assert tonos.get(address).json()["owed_idr"] == 10_000
    listed = tonos.get(reverse("api-credit-payments")).json()["results"]
    assert [one["amount_idr"] for one in listed] == [7_300]


def test_vouchers_are_issued_listed_and_asked_for(tonos, saris, shop):
    given = {
        "key": str(KEY),
        "buyer": "Donatur (rekaan)",
        "count": 2,
        "value_idr": 25_000,
        "valid_until": business_today() + timedelta(days=10),
        "method": Method.TRANSFER,
    }
    made = tonos.post(reverse("api-vouchers"), given, format="json")
    assert (made.status_code, made.json()["left_idr"]) == (201, 50_000)
    assert tonos.post(reverse("api-vouchers"), given, format="json").json() == made.json()
    assert tonos.get(reverse("api-vouchers")).json()["results"] == [made.json()]
    with scope.cooperative(shop.cooperative.pk):
        code = Voucher.objects.of(shop.cooperative).order_by("code").first().code
    told = saris.get(reverse("api-voucher", args=[code.lower()])).json()
    assert (told["code"], told["left_idr"]) == (code, 25_000)
    assert saris.get(reverse("api-voucher", args=["ZZZZZ"])).status_code == 404
