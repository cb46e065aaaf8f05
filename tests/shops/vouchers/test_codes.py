"""Guessing the codes of vouchers: counted wherever a code is typed, and then at rest."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kkmp.access.models import AuditEvent
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.models import Method, Voucher
from shops.vouchers.services import vouchers
from shops.vouchers.services.vouchers import Ordered
from tests.conftest import MONDAY

GUESS = "ACDEFHJK"


@pytest.fixture
def voucher(shop, tono):
    """Good for Rp20.000."""
    ordered = Ordered(
        buyer="Dinas Sosial (rekaan)",
        value_idr=20_000,
        count=1,
        valid_until=timezone.localdate(),
        method=Method.CASH,
    )
    with scope.cooperative(shop.cooperative.pk):
        batch = vouchers.issue(
            cooperative=shop.cooperative, ordered=ordered, key=new_id(), on=MONDAY, by=tono
        )
        return Voucher.objects.of(shop.cooperative).get(batch=batch)


@pytest.fixture
def saris(api_of, sari, shop):
    shop.open_shift(sari)
    return api_of(sari, shop.cooperative)


def ask(client, code):
    return client.get(reverse("api-voucher", args=[code])).status_code


def basket(shop, code):
    return {
        "key": str(new_id()),
        "unit": "gerai",
        "payments": [{"method": "voucher", "amount_idr": 17_500, "reference": code}],
        "lines": [{"product": str(shop.gula.id), "quantity": "1"}],
    }


def sent(client, shop, *codes):
    asked = [basket(shop, code) for code in codes]
    answers = client.post(reverse("api-sales-batch"), asked, format="json").json()
    return [answer["status"] for answer in answers]


def events(shop):
    with scope.cooperative(shop.cooperative.pk):
        rows = AuditEvent.objects.of(shop.cooperative).filter(action="voucher.code_refuse")
        return list(rows.order_by("id"))


def test_codes_that_no_voucher_has_are_counted_and_then_none_is_looked_up(
    saris, shop, sari, voucher
):
    assert [ask(saris, f"{GUESS}{at:02}") for at in range(20)] == [404] * 20
    assert ask(saris, voucher.code) == 429
    assert [event.actor for event in events(shop)] == [sari] * 21


def test_a_code_that_there_is_takes_no_try(saris, shop, voucher):
    assert [ask(saris, voucher.code) for _time in range(30)] == [200] * 30
    assert events(shop) == []


def test_a_code_that_is_half_typed_is_no_try(saris, shop, voucher):
    assert [ask(saris, voucher.code[:at]) for at in range(4, 10)] * 5 == [404] * 30
    assert events(shop) == []


@pytest.mark.django_db(transaction=True)
def test_a_batch_of_sales_tries_no_more_codes_than_single_ones(saris, shop, voucher):
    guesses = [f"{GUESS}{at:02}" for at in range(25)]
    assert sent(saris, shop, *guesses, voucher.code) == [422] * 20 + [429] * 6
    assert ask(saris, voucher.code) == 429
    with scope.cooperative(shop.cooperative.pk):
        assert Voucher.objects.of(shop.cooperative).get().left_idr == 20_000


@pytest.mark.django_db(transaction=True)
def test_somebody_elses_guesses_keep_no_till_from_selling(saris, shop, voucher, api_of, budi):
    shop.open_shift(budi)
    sent(api_of(budi, shop.cooperative), shop, *[f"{GUESS}{at:02}" for at in range(21)])
    assert sent(saris, shop, voucher.code) == [201]
