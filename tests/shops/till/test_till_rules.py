"""A sale, its lines and payments: each rule of their tables is broken."""

import json

import pytest
from django.db import DatabaseError, connection

from finance.models import Journal
from kkmp.lib.ids import new_id
from shops.models import (
    SaleLine,
    SalePayment,
    StockMovement,
)
from tests.shops.conftest import KEY
from tests.shops.rules import breaks, copied, insert, is_written_once, line, refused, sale, shift
from tests.shops.till.test_selling_rules import dus, packed

__all__ = ["dus", "line", "sale", "shift"]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"total_idr": 0, "paid_idr": 0, "change_idr": 0}, "shops_sale_amounts"),
        ({"cost_idr": -1}, "shops_sale_amounts"),
        ({"paid_idr": 34_999, "change_idr": -1}, "shops_sale_change_fits"),
        ({"change_idr": 14_999}, "shops_sale_change_fits"),
        ({"number": 1, "key": KEY}, "shops_sale_number"),
        ({}, "shops_sale_key"),
        ({"key": KEY}, "shops_sale_journal"),
    ],
)
def test_a_sale_keeps_its_rules(sale, changes, rule):
    with refused(rule):
        insert(sale, **({"number": 2} | changes))


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"discount_idr": -1}, "shops_sale_amounts"),
        ({"rounding_idr": 100}, "shops_sale_change_fits"),
    ],
)
def test_a_sale_keeps_its_new_rules(sale, changes, rule):
    breaks(rule, sale, **{"number": 2, "key": KEY} | changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"quantity": 0}, "shops_saleline_quantity"),
        ({"price_idr": 0}, "shops_saleline_amounts"),
        ({"total_idr": 0}, "shops_saleline_amounts"),
        ({"cost_idr": -1}, "shops_saleline_amounts"),
        ({"saving_idr": -1}, "shops_saleline_amounts"),
        ({"price_tier": "friend"}, "shops_saleline_tier"),
        ({"position": 1}, "shops_saleline_position"),
    ],
)
def test_a_line_of_a_sale_keeps_its_rules(line, changes, rule):
    with refused(rule):
        insert(line, **({"position": 2} | changes))


def test_a_line_keeps_its_new_rules(sell, dus):
    (line,) = SaleLine.objects.of(dus.cooperative).filter(sale=sell(lines=packed(dus, "1")))
    for changes in ({"pack_quantity": None}, {"pack_quantity": 0}, {"pack_id": None}):
        breaks("shops_saleline_pack_whole", line, **{"position": 2} | changes)
    breaks("shops_saleline_amounts", line, position=2, discount_idr=-1)


def test_a_line_added_later_no_longer_adds_up(line):
    connection.check_constraints()
    with refused("its lines of 70000"):
        insert(line, position=2)


def test_a_sale_without_lines_does_not_add_up(sale, in_melati):
    opening = Journal.objects.of(in_melati).get(kind="opening.stock")
    with refused("is of 35000"):
        insert(sale, number=9, key=KEY, journal_id=opening.pk)


def test_a_discount_that_no_line_bears_does_not_add_up(sale, in_melati):
    connection.check_constraints()
    (line,) = SaleLine.objects.of(in_melati).filter(sale=sale)
    opening = Journal.objects.of(in_melati).get(kind="opening.stock")
    other = copied(sale, number=9, key=KEY, journal_id=opening.pk, discount_idr=5)
    (paid,) = SalePayment.objects.of(in_melati).filter(sale=sale)
    with refused("is of 35000"):
        other.save(force_insert=True)
        insert(line, sale_id=other.pk)
        insert(paid, sale_id=other.pk)


CHANGES = [
    "UPDATE shops_sale SET cost_idr = 1",
    "DELETE FROM shops_sale",
    "UPDATE shops_saleline SET cost_idr = 1",
    "DELETE FROM shops_saleline",
    "UPDATE shops_stockmovement SET value_idr = 1",
    "DELETE FROM shops_stockmovement",
]


@pytest.mark.raw_statements
@pytest.mark.parametrize("statement", CHANGES)
def test_the_application_may_not_change_what_was_sold(sale, statement):
    with refused("permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.raw_statements
@pytest.mark.django_db(transaction=True)
def test_nor_may_the_owner(shop, sari, as_owner):
    shop.sell(sari, (shop.gula, "1"))
    for statement in CHANGES:
        with pytest.raises(DatabaseError, match="append-only"):
            as_owner(statement)


@pytest.mark.parametrize("part", ["lines", "payments", "movements"])
def test_a_row_that_was_there_is_not_passed_over(sell, gula, sale, part):
    """A document that names an id again is refused as a whole, whatever table it would be left
    out of."""
    table = {"lines": SaleLine, "payments": SalePayment, "movements": StockMovement}[part]
    taken = str(table.objects.of(sale.cooperative_id).order_by("-id").first().id)

    def renamed(execute, statement, values, many, context):
        if "shops_write_sale" in statement:
            document = json.loads(values[1])
            document[part][0]["id"] = taken
            values = [values[0], json.dumps(document)]
        return execute(statement, values, many, context)

    with refused(f"{table._meta.db_table}: 0 of 1 rows"), connection.execute_wrapper(renamed):
        sell((gula, "1"), paid_idr=50_000, key=new_id())
    assert SaleLine.objects.of(sale.cooperative_id).count() == 1


@pytest.mark.raw_statements
@pytest.mark.parametrize("table", ["shops_sale", "shops_saleline"])
def test_what_was_written_stays(in_melati, table):
    is_written_once(table)
