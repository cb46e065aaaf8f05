"""A list of goods at once, with its opening stock: all of it or nothing, and never twice."""

from decimal import Decimal

import pytest

from finance.models import BusinessUnit, Journal, Line
from kkmp.access.models import AuditEvent
from kkmp.lib.ids import new_id
from shops.goods.services import products
from shops.goods.services.particulars import ListedProduct, ProductRefused
from shops.models import Category, Product, Stock
from shops.stock import queries as stock_queries
from shops.stock.services.stock import StockRefused
from shops.units import queries as units_queries
from shops.units.services import units
from tests.conftest import MONDAY
from tests.shops.conftest import KEY


def row(name="Gula", **changes):
    return ListedProduct(
        **{
            "unit": "Gerai sembako",
            "category": "Sembako",
            "name": name,
            "measure": "bks",
            "general_price_idr": 17_500,
            "member_price_idr": 17_300,
            "opening_quantity": Decimal(48),
            "cost_idr": 16_200,
        }
        | changes
    )


@pytest.fixture
def add_many(in_melati, budi):
    def do(*rows, key=KEY):
        return products.add_many(cooperative=in_melati, rows=rows, key=key, on=MONDAY, by=budi)

    return do


def test_a_list_makes_products_shelves_units_and_one_journal(add_many, in_melati):
    added = add_many(
        row(code="899"),
        row("Garam", opening_quantity=Decimal(10), cost_idr=2_100),
        row("Oralit", unit="Apotek", category="Obat", cost_idr=1_000),
        row("Batik", opening_quantity=Decimal(0), cost_idr=0),
    )
    assert [product.name for product in added.products] == ["Gula", "Garam", "Oralit", "Batik"]
    assert added.skipped == []
    assert [unit.name for unit in units_queries.units(in_melati)] == ["Apotek", "Gerai sembako"]
    assert Category.objects.of(in_melati).count() == 2
    lines = Line.objects.of(in_melati).filter(journal=added.journal).order_by("position")
    assert [
        (line.account.code, line.unit.code, line.debit_idr - line.credit_idr) for line in lines
    ] == [
        ("1-1131", "apotek", 48_000),
        ("3-9101", "apotek", -48_000),
        ("1-1131", "gerai-sembako", 798_600),
        ("3-9101", "gerai-sembako", -798_600),
    ]
    assert stock_queries.stock_value_idr(in_melati) == 846_600
    event = AuditEvent.objects.of(in_melati).get(action="product.add_many")
    assert event.details["names"] == ["Gula", "Garam", "Oralit", "Batik"]


def test_the_same_list_twice_adds_nothing(add_many, in_melati):
    add_many(row(code="899"), row("Garam"))
    again = add_many(row(code="899"), row("GARAM"), key=new_id())
    assert (again.products, again.journal) == ([], None)
    assert [each.name for each in again.skipped] == ["Gula", "GARAM"]
    assert Product.objects.of(in_melati).count() == 2
    assert Journal.objects.of(in_melati).count() == 1
    assert AuditEvent.objects.of(in_melati).filter(action="product.add_many").count() == 1


def test_a_known_code_is_skipped_under_another_name(add_many):
    add_many(row(code="899"))
    assert [each.name for each in add_many(row("Gula Kristal", code="899")).skipped] == [
        "Gula Kristal"
    ]


def test_a_row_that_repeats_an_earlier_one_is_skipped(add_many):
    added = add_many(row(), row(" gula "), row("Garam", code="1"), row("Merica", code="1"))
    assert [product.name for product in added.products] == ["Gula", "Garam"]
    assert [each.name for each in added.skipped] == ["gula", "Merica"]


def test_units_and_categories_that_are_there_are_used(add_many, gerai, in_melati):
    add_many(row(unit="GERAI SEMBAKO", category="Sembako"), row("Garam", category="SEMBAKO"))
    assert list(BusinessUnit.objects.of(in_melati)) == [gerai]
    assert Category.objects.of(in_melati).count() == 1


def test_one_bad_row_stops_the_whole_list_and_is_named(add_many, in_melati):
    with pytest.raises(ProductRefused, match="Garam: The price must be more than zero") as refusal:
        add_many(row(), row("Garam", general_price_idr=0))
    assert "general_price_idr" in refusal.value.fields
    assert not Product.objects.of(in_melati).exists()


def test_stock_without_a_buying_price_stops_the_whole_list(add_many, in_melati):
    with pytest.raises(StockRefused, match="Garam: write what one of it was bought for"):
        add_many(row(), row("Garam", cost_idr=0))
    assert not Product.objects.of(in_melati).exists()
    assert not Stock.objects.of(in_melati).exists()


def test_an_empty_list_does_nothing(add_many, in_melati):
    assert add_many() == products.Added([], [], None)
    assert not AuditEvent.objects.of(in_melati).filter(action="product.add_many").exists()


def test_a_unit_whose_code_is_taken_stops_the_list_in_words(add_many, gerai):
    with pytest.raises(units.UnitRefused, match="code"):
        add_many(row(unit="Gerai"))
