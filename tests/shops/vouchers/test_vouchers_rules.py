"""A voucher and its batch: each rule of their tables is broken."""

import pytest

from shops.models import (
    VoucherBatch,
)
from tests.shops.conftest import KEY
from tests.shops.rules import breaks, is_written_once
from tests.shops.till.test_tenders import voucher

__all__ = ["voucher"]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_voucher_code"),
        ({"code": "X", "left_idr": -1}, "shops_voucher_left"),
        ({"code": "X", "left_idr": 20_001}, "shops_voucher_left"),
    ],
)
def test_a_voucher_keeps_its_rules(voucher, changes, rule):
    breaks(rule, voucher, **changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_voucherbatch_key"),
        ({"key": KEY, "value_idr": 0}, "shops_voucherbatch_amounts"),
        ({"key": KEY, "count": 0}, "shops_voucherbatch_amounts"),
    ],
)
def test_a_batch_keeps_its_rules(voucher, changes, rule):
    breaks(rule, VoucherBatch.objects.of(voucher.cooperative).get(), **changes)


@pytest.mark.raw_statements
@pytest.mark.parametrize("table", ["shops_voucherbatch"])
def test_what_was_written_stays(in_melati, table):
    is_written_once(table)
