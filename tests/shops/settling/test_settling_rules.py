"""A settlement: each rule of its table is broken."""

import pytest

from kkmp.lib.ids import new_id
from shops.models import (
    Method,
    Settlement,
)
from tests.conftest import MONDAY
from tests.shops.conftest import KEY
from tests.shops.rules import breaks, is_written_once, journal

__all__ = ["journal"]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_settlement_key"),
        ({"key": KEY, "gross_idr": 0}, "shops_settlement_amounts"),
        ({"key": KEY, "fee_idr": 10}, "shops_settlement_amounts"),
        ({"key": KEY, "fee_idr": -1}, "shops_settlement_amounts"),
    ],
)
def test_a_settlement_keeps_its_rules(in_melati, journal, budi, changes, rule):
    settled = Settlement.objects.create(
        cooperative=in_melati,
        method=Method.QRIS,
        date=MONDAY,
        gross_idr=10,
        journal=journal,
        key=new_id(),
        by=budi,
    )
    breaks(rule, settled, **changes)


@pytest.mark.raw_statements
@pytest.mark.parametrize("table", ["shops_settlement"])
def test_what_was_written_stays(in_melati, table):
    is_written_once(table)
