"""Each rule of the shop's tables is broken, by the ORM or in raw SQL, and must hold by itself."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from finance.models import Journal
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.models import Category, SaleLine, SalePayment, Stock, StockMovement
from shops.units.services import units
from tests.shops.conftest import KEY, open_gerai, stock_gula


@contextmanager
def refused(words: str) -> Iterator[None]:
    """The database says no, at the statement or when the transaction would end."""
    with pytest.raises(DatabaseError, match=words), transaction.atomic(), _at_commit():
        yield


@contextmanager
def _at_commit() -> Iterator[None]:
    yield
    connection.check_constraints()


def copied(row, **changes):
    """A new row like this one, with changes."""
    names = [field.attname for field in row._meta.concrete_fields]
    values = {name: getattr(row, name) for name in names} | {"id": new_id()} | changes
    return type(row)(**values)


def insert(row, **changes) -> None:
    copied(row, **changes).save(force_insert=True)


@pytest.fixture
def sale(sell, gula):
    return sell((gula, "2"), paid_idr=50_000)


@pytest.fixture
def line(sale):
    return SaleLine.objects.of(sale.cooperative_id).get(sale=sale)


# --- Goods -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"general_price_idr": 0, "member_price_idr": 0}, "shops_product_prices_positive"),
        ({"member_price_idr": 0}, "shops_product_prices_positive"),
        ({"wholesale_price_idr": 0}, "shops_product_prices_positive"),
        ({"member_price_idr": 17_501}, "shops_product_members_pay_no_more"),
        ({"wholesale_price_idr": 17_501}, "shops_product_wholesale_is_no_more"),
        ({"pack_size": 0}, "shops_product_pack_not_empty"),
        ({"stock_min": Decimal("-0.001")}, "shops_product_minimum_not_negative"),
        ({"name": "Gula Pasir 1 kg"}, "shops_product_name"),
        ({"code": "8990000070030"}, "shops_product_code"),
    ],
)
def test_a_product_keeps_its_rules(gula, changes, rule):
    with refused(rule):
        insert(gula, **({"name": "Lain", "code": ""} | changes))


def test_many_products_have_no_code(gula):
    insert(gula, name="Satu", code="")
    insert(gula, name="Dua", code="")


def test_a_category_has_one_name(gula):
    with refused("shops_category_name"):
        insert(gula.category)


# --- Stock -----------------------------------------------------------------------------------


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
        ({"quantity": -1, "value_idr": -1}, "shops_movement_direction_fits_kind"),
        ({"quantity": 0, "value_idr": 0}, "shops_movement_direction_fits_kind"),
        ({"kind": "gift"}, "shops_movement_direction_fits_kind"),
    ],
)
def test_a_movement_keeps_its_rules(gula, in_melati, changes, rule):
    with refused(rule):
        insert(StockMovement.objects.of(in_melati).get(product=gula), **changes)


# --- Sales -----------------------------------------------------------------------------------


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


def test_a_line_added_later_no_longer_adds_up(line):
    connection.check_constraints()
    with refused("its lines of 70000"):
        insert(line, position=2)


def test_a_sale_without_lines_does_not_add_up(sale, in_melati):
    opening = Journal.objects.of(in_melati).get(kind="opening.stock")
    with refused("is of 35000"):
        insert(sale, number=9, key=KEY, journal_id=opening.pk)


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


# --- Keys stay within the cooperative --------------------------------------------------------


def test_nothing_points_into_another_cooperative(melati, mawar, budi, joko):
    with scope.cooperative(mawar.pk):
        theirs = stock_gula(open_gerai(mawar, joko), joko)
    with scope.cooperative(melati.pk):
        unit = units.open_unit(cooperative=melati, name="Gerai", by=budi)
        category = Category.objects.create(cooperative=melati, name="Sembako")
        rows = [
            copied(theirs, cooperative_id=melati.pk, category_id=category.pk),
            copied(theirs, cooperative_id=melati.pk, unit_id=unit.pk),
            Stock(cooperative=melati, product_id=theirs.pk),
        ]
        for row in rows:
            with pytest.raises(IntegrityError, match="_tenant"), transaction.atomic():
                row.save(force_insert=True)


# --- What a sale is written from ---------------------------------------------------------------


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
