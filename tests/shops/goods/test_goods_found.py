"""Goods as they are looked for."""

from decimal import Decimal

import pytest

from shops.goods import queries as goods_queries
from shops.goods.services import products
from shops.stock import queries as stock_queries
from tests.conftest import MONDAY
from tests.shops.conftest import particulars


def names(found):
    return [product.name for product in found]


@pytest.mark.parametrize("text", ["gula", "PASIR", " 8990000070030 "])
def test_goods_are_found_by_letters_and_by_barcode(gula, telur, in_melati, text):
    assert names(goods_queries.matching(in_melati, goods_queries.products(in_melati), text)) == [
        "Gula Pasir 1 kg"
    ]


def test_a_part_of_a_barcode_finds_nothing(gula, in_melati):
    assert not goods_queries.matching(in_melati, goods_queries.products(in_melati), "899000")


def test_goods_come_with_stock_and_average_cost(gula, telur, gerai, in_melati, budi):
    products.add(
        on=MONDAY, cooperative=in_melati, particulars=particulars(gerai, name="Garam"), by=budi
    )
    found = {product.name: product for product in goods_queries.products(in_melati)}
    assert found["Telur Ayam"].stock_quantity == Decimal("87.25")
    assert stock_queries.average_cost_idr(found["Telur Ayam"]) == 26_500
    assert stock_queries.average_cost_idr(found["Garam"]) is None


def test_low_is_below_the_minimum_or_nothing(gula, telur, sell, in_melati):
    sell((gula, "37"), (telur, "87.25"))
    low = goods_queries.below_minimum(goods_queries.products(in_melati))
    assert names(low) == ["Gula Pasir 1 kg", "Telur Ayam"]


def test_what_is_no_longer_sold_does_not_run_low(gula, sell, in_melati, budi):
    sell((gula, "48"))
    products.retire(product=gula, by=budi)
    assert not goods_queries.below_minimum(goods_queries.products(in_melati))
