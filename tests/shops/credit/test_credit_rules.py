"""A member's limit and what is paid of a credit: each rule of their tables is broken."""

import pytest

from kkmp.lib.ids import new_id
from shops.models import (
    CreditPayment,
    CreditTerms,
    Method,
)
from tests.conftest import MONDAY
from tests.shops.conftest import KEY
from tests.shops.rules import breaks, is_written_once, journal, refused

__all__ = ["journal"]


def test_credit_has_one_limit_a_member(ani):
    terms = CreditTerms.objects.create(cooperative=ani.cooperative, member=ani, limit_idr=0)
    breaks("shops_credit_one_a_member", terms)
    with refused("shops_credit_limit"):
        CreditTerms.objects.of(ani.cooperative).update(limit_idr=-1)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"number": 2}, "shops_creditpayment_key"),
        ({"key": KEY}, "shops_creditpayment_number"),
        ({"number": 2, "key": KEY, "amount_idr": 0}, "shops_creditpayment_amount"),
        ({"number": 2, "key": KEY, "method": "voucher"}, "shops_creditpayment_amount"),
        (
            {"number": 2, "key": KEY, "method": "qris", "rounding_idr": 5},
            "shops_creditpayment_rounding",
        ),
    ],
)
def test_a_payment_of_credit_keeps_its_rules(ani, journal, budi, changes, rule):
    paid = CreditPayment.objects.create(
        cooperative=ani.cooperative,
        member=ani,
        number=1,
        date=MONDAY,
        method=Method.CASH,
        amount_idr=1,
        journal=journal,
        key=new_id(),
        by=budi,
    )
    breaks(rule, paid, **changes)


@pytest.mark.raw_statements
@pytest.mark.parametrize("table", ["shops_creditpayment"])
def test_what_was_written_stays(in_melati, table):
    is_written_once(table)
