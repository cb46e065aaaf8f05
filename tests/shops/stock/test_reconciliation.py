"""A stock that was tampered with is named."""

from decimal import Decimal

import pytest
from django.db import connection

from kkmp.lib.ids import new_id
from shops.goods.services import products
from shops.goods.services.particulars import ListedProduct
from shops.stock import checks as stock_checks
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


def broken(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_nothing_is_named_when_all_agree(rice, melati):
    assert stock_checks.stock_differences(melati) == []


def test_a_changed_stock_is_named_twice(rice, melati):
    broken("UPDATE shops_stock SET value_idr = value_idr - 1000")
    product, whole = stock_checks.stock_differences(melati)
    assert "Beras" in product
    assert "Rp\xa0109,000" in whole
    assert "Rp\xa0110,000" in whole
