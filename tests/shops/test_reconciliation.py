"""Stock that was tampered with is named: against its movements and against the books."""

from decimal import Decimal

import pytest
from django.db import connection

from kkmp.lib.ids import new_id
from shops import reconciliation
from shops.services import products
from shops.services.particulars import ListedProduct
from tests.conftest import MONDAY

pytestmark = pytest.mark.raw_statements


@pytest.fixture
def rice(in_melati, budi):
    row = ListedProduct(
        category="Sembako",
        name="Beras",
        measure="kg",
        general_price_idr=13_000,
        member_price_idr=12_500,
        is_weighed=True,
        unit="Gerai",
        opening_quantity=Decimal(10),
        cost_idr=11_000,
    )
    added = products.add_many(cooperative=in_melati, rows=[row], key=new_id(), on=MONDAY, by=budi)
    return added.products[0]


def test_nothing_is_named_when_all_agree(rice, melati):
    assert reconciliation.stock_differences(melati) == []


def test_a_changed_stock_is_named_twice(rice, melati):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE shops_stock SET value_idr = value_idr - 1000")
    product, whole = reconciliation.stock_differences(melati)
    assert "Beras" in product
    assert "Rp109.000" in whole
    assert "Rp110.000" in whole
