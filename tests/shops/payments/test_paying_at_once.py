"""Two people at the same moment: one payment, one voucher, one limit; with real commits."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from finance.ledger import checks
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.credit.services import credits
from shops.models import Confirmation, Method, Voucher
from shops.settling.services import confirming, settlements
from shops.vouchers.services import vouchers
from tests.at_once import side_by_side
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING
from tests.shops.payments.paying import give_credit, payment_of, tenders
from tests.shops.vouchers.test_vouchers import order

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def within(shop):
    """Run an act in a scope of its own, as a request does."""

    def make(act, **given):
        def run():
            with scope.cooperative(shop.cooperative.pk), transaction.atomic():
                return act(**given)

        return run

    return make


def names(results):
    return sorted(type(result).__name__ for result in results)


def agree(shop):
    with scope.cooperative(shop.cooperative.pk):
        return checks.differences(shop.cooperative)


def qris(shop, sari):
    sale = shop.sell(sari, (shop.gula, "1"), payments=tenders(Method.QRIS, 17_500))
    with scope.cooperative(shop.cooperative.pk):
        return payment_of(sale)


def test_two_confirm_the_same_payment(shop, sari, tono, budi, within):
    paid = qris(shop, sari)
    common = {"cooperative": shop.cooperative, "ids": [paid.id], "on": MONDAY}
    results = side_by_side(*[within(confirming.confirm, by=who, **common) for who in (tono, budi)])
    assert sorted(map(len, results)) == [0, 1]
    with scope.cooperative(shop.cooperative.pk):
        assert Confirmation.objects.of(shop.cooperative).count() == 1


def test_one_finds_it_missing_while_another_settles_it(shop, sari, tono, budi, within):
    paid = qris(shop, sari)
    arrived = settlements.Arrived(ids=[paid.id], net_idr=17_500, on=MONDAY)
    results = side_by_side(
        within(
            settlements.settle, cooperative=shop.cooperative, arrived=arrived, key=new_id(), by=tono
        ),
        within(
            confirming.record_missing,
            cooperative=shop.cooperative,
            id=paid.id,
            note="?",
            on=MONDAY,
            by=budi,
        ),
    )
    assert names(results).count("PaymentRefused") == 1
    assert agree(shop) == []


def test_the_same_settlement_sent_twice_at_once(shop, sari, tono, within):
    paid, key = qris(shop, sari), new_id()
    arrived = settlements.Arrived(ids=[paid.id], net_idr=17_400, on=MONDAY)
    common = {"cooperative": shop.cooperative, "arrived": arrived, "key": key, "by": tono}
    one, two = side_by_side(*[within(settlements.settle, **common)] * 2)
    assert one == two


def test_two_tills_spend_one_voucher(shop, sari, tono, within):
    with scope.cooperative(shop.cooperative.pk):
        batch = vouchers.issue(
            cooperative=shop.cooperative, ordered=order(), key=new_id(), on=MONDAY, by=tono
        )
        code = Voucher.objects.of(shop.cooperative).filter(batch=batch).order_by("id").first().code
    # Other goods, so that they do not wait for each other there.
    acts = [
        partial(shop.sell, sari, (shop.gula, "1"), payments=tenders(Method.VOUCHER, 17_500, code)),
        partial(
            shop.sell, sari, (shop.telur, "0.5"), payments=tenders(Method.VOUCHER, 14_500, code)
        ),
    ]
    assert names(side_by_side(*acts)) == ["Sale", "SaleRefused"]
    assert agree(shop) == []


def test_a_till_spends_a_voucher_while_it_is_ended(shop, sari, tono, within):
    with scope.cooperative(shop.cooperative.pk):
        batch = vouchers.issue(
            cooperative=shop.cooperative, ordered=order(count=1), key=new_id(), on=MONDAY, by=tono
        )
        code = Voucher.objects.of(shop.cooperative).get(batch=batch).code
    spend = partial(
        shop.sell, sari, (shop.gula, "1"), payments=tenders(Method.VOUCHER, 17_500, code)
    )
    after = MONDAY + timedelta(days=31)
    side_by_side(spend, within(vouchers.end, batch=batch, key=new_id(), on=after, by=tono))
    assert agree(shop) == []


def test_two_sales_beyond_one_limit(shop, sari, budi, tono):
    with scope.cooperative(shop.cooperative.pk):
        give_credit(shop.ani, tono, limit_idr=20_000)
    acts = [
        partial(
            shop.sell,
            sari,
            (shop.gula, "1"),
            member=shop.ani,
            payments=tenders(Method.CREDIT, 17_300),
        ),
        partial(
            shop.sell,
            budi,
            (shop.telur, "0.5"),
            member=shop.ani,
            payments=tenders(Method.CREDIT, 14_250),
        ),
    ]
    assert names(side_by_side(*acts)) == ["Sale", "SaleRefused"]
    assert agree(shop) == []


def test_two_take_the_same_debt(shop, sari, tono, budi, within):
    with scope.cooperative(shop.cooperative.pk):
        give_credit(shop.ani, tono)
    shop.sell(sari, (shop.gula, "1"), member=shop.ani, payments=tenders(Method.CREDIT, 17_300))
    common = {
        "member": shop.ani,
        "method": Method.CASH,
        "amount_idr": 10_000,
        "at": MORNING,
        "into_cash_box": True,
    }
    results = side_by_side(
        *[within(credits.pay, key=new_id(), by=w, **common) for w in (tono, budi)]
    )
    assert names(results) == ["CreditPayment", "CreditRefused"]
    assert agree(shop) == []
