"""A shelf and what moves on it: each rule of their tables is broken."""

import pytest
from django.db import connection

from shops.models import (
    Stock,
    StockMovement,
)
from tests.shops.rules import insert, is_written_once, refused


@pytest.mark.parametrize(
    ("quantity", "value_idr", "rule"),
    [
        ("-0.001", 0, "shops_stock_not_negative"),
        ("1", -1, "shops_stock_not_negative"),
        ("0", 1, "shops_stock_nothing_is_worth_nothing"),
    ],
)
def test_a_shelf_keeps_its_rules(gula, in_melati, quantity, value_idr, rule):
    with refused(rule), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE shops_stock SET quantity = %s, value_idr = %s"
            " WHERE cooperative_id = %s AND product_id = %s",
            [quantity, value_idr, in_melati.pk, gula.pk],
        )


def test_a_product_has_one_shelf(gula, in_melati):
    with refused("shops_stock_once"):
        Stock.objects.create(cooperative=in_melati, product=gula)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"quantity": 1, "value_idr": -1}, "shops_movement_value_follows_quantity"),
        ({"kind": "sale", "quantity": -1, "value_idr": 1}, "shops_movement_value_follows_quantity"),
        ({"kind": "sale"}, "shops_movement_direction_fits_kind"),
        ({"kind": "return", "quantity": -1, "value_idr": -1}, "shops_movement_direction_fits_kind"),
        ({"quantity": 0, "value_idr": 0}, "shops_movement_value_follows_quantity"),
        ({"kind": "gift"}, "shops_movement_direction_fits_kind"),
    ],
)
def test_a_movement_keeps_its_rules(gula, in_melati, changes, rule):
    with refused(rule):
        insert(StockMovement.objects.of(in_melati).get(product=gula), **changes)


@pytest.mark.raw_statements
@pytest.mark.parametrize("table", ["shops_stockmovement"])
def test_what_was_written_stays(in_melati, table):
    is_written_once(table)
