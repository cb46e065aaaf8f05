"""A payment: each rule of its table is broken."""

import pytest
from django.db import connection

from tests.conftest import MONDAY
from tests.shops.rules import breaks, insert, is_written_once, payment, refused, sale, shift
from tests.shops.till.test_tenders import voucher

__all__ = ["payment", "sale", "shift", "voucher"]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"position": 1}, "shops_payment_position"),
        ({"amount_idr": 0}, "shops_payment_positive"),
        ({"method": "beras"}, "shops_payment_method"),
        ({"method": "voucher"}, "shops_payment_voucher"),
        ({"method": "savings"}, "shops_payment_savings"),
        ({"method": "credit"}, "shops_payment_credit"),
        ({"due_on": MONDAY}, "shops_payment_credit"),
    ],
)
def test_a_payment_keeps_its_rules(payment, changes, rule):
    breaks(rule, payment, **{"position": 2} | changes)


def test_a_voucher_belongs_to_a_payment_by_voucher(payment, voucher):
    breaks("shops_payment_voucher", payment, position=2, voucher_id=voucher.pk)


def test_a_payment_added_later_no_longer_adds_up(payment):
    connection.check_constraints()
    with refused("its payments of 70000"):
        insert(payment, position=2)


@pytest.mark.raw_statements
@pytest.mark.parametrize("table", ["shops_salepayment", "shops_confirmation", "shops_refund"])
def test_what_was_written_stays(in_melati, table):
    is_written_once(table)
