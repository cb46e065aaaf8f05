"""A list of goods with its opening stock."""

from datetime import date
from decimal import Decimal

import pytest

from finance.models import BusinessUnit, Journal, Line
from kkmp.imports.preview import State
from kkmp.imports.rows import SourceRow
from kkmp.imports.services import batches
from shops.goods.imports.kind import ProductList, TakenMeanwhile
from shops.models import Product, Stock
from tests.imports.conftest import LISTED, NOW

KIND = ProductList()


@pytest.fixture
def judge(in_melati):
    def check(*rows, **cells):
        plain = {"name": "Gula Pasir 1 kg", "general_price": "17.500", "measure": "bks"}
        sources = [
            SourceRow(number, plain | row) for number, row in enumerate(rows or [cells], start=2)
        ]
        verdicts = KIND.check(sources, cooperative=in_melati, on=LISTED)
        return verdicts if rows else verdicts[0]

    return check


def run(batch):
    return batches.run(batch=batch, kind=KIND, at=NOW, by=batch.created_by)


def test_the_list_of_gedawang_goes_in(upload, goods_file, in_melati):
    batch = run(upload(goods_file, KIND))
    assert (batch.imported_rows, batch.journals) == (38, 1)
    rice = Product.objects.of(in_melati).get(code="8990000070009")
    assert (rice.name, rice.measure, rice.pack_size) == ("Beras SPHP Bulog 5 kg", "sak", 24)
    assert (rice.general_price_idr, rice.member_price_idr, rice.wholesale_price_idr) == (
        62_500,
        60_000,
        58_500,
    )
    assert rice.stock_min == 5
    loose = Product.objects.of(in_melati).get(name="Beras Medium curah")
    assert (loose.code, loose.is_weighed) == ("", True)
    assert Stock.objects.of(in_melati).get(product=loose).quantity == Decimal("125.5")
    coffee = Product.objects.of(in_melati).get(name="Kopi Sachet")
    assert coffee.expires_on == date(2026, 1, 9)


def test_opening_stock_is_in_the_books(upload, goods_file, in_melati):
    batch = run(upload(goods_file, KIND))
    held = sum(stock.value_idr for stock in Stock.objects.of(in_melati))
    lines = Line.objects.of(in_melati)
    assert batch.amounts == {"stock_value": held}
    assert lines.get(account__code="1-1131").debit_idr == held
    assert lines.get(account__code="3-9101").credit_idr == held
    assert Journal.objects.of(in_melati).get().date == LISTED
    # Rice, sugar and the loose rice by hand: 48 sacks at 57.000, and 125,5 kg at 12.200.
    rice = Stock.objects.of(in_melati).get(product__code="8990000070009")
    loose = Stock.objects.of(in_melati).get(product__name="Beras Medium curah")
    assert (rice.value_idr, loose.value_idr) == (2_736_000, 1_531_100)


def test_the_same_list_twice_adds_nothing(upload, goods_file, in_melati):
    run(upload(goods_file, KIND))
    again = upload(goods_file, KIND)
    assert batches.examine(again, KIND).counts[State.EXISTS] == 38
    with pytest.raises(batches.ImportRefused):
        run(again)
    assert Product.objects.of(in_melati).count() == 38


def test_goods_go_to_the_unit_that_is_there(upload, goods_file, in_melati):
    BusinessUnit.objects.create(cooperative=in_melati, code="toko", name="Toko Melati")
    run(upload(goods_file, KIND))
    assert BusinessUnit.objects.of(in_melati).get().name == "Toko Melati"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({}, "ok"),
        ({"name": ""}, "name_missing"),
        ({"general_price": ""}, "price_missing"),
        ({"general_price": "mahal"}, "price_unreadable"),
        ({"member_price": "18.000"}, "price_refused"),
        ({"wholesale_price": "18.000"}, "price_refused"),
        ({"opening": "48"}, "cost_missing"),
        ({"opening": "48", "cost": "16.200"}, "ok"),
        ({"opening": "banyak"}, "quantity_unreadable"),
        ({"opening": "-1"}, "quantity_negative"),
        ({"pack_size": "1,5"}, "count_unreadable"),
        ({"expires_on": "besok"}, "date_unreadable"),
        ({"expires_on": "09/01/2126"}, "expires_on_refused"),
        ({"code": "8,99E+12"}, "code_rounded"),
        ({"name": "x" * 81}, "name_refused"),
    ],
)
def test_a_row_gets_its_code(judge, cells, code):
    verdict = judge(**cells)
    assert verdict.code == code
    assert all(problem.message for problem in verdict.problems)


@pytest.mark.parametrize(
    ("cells", "warning"),
    [
        ({"code": "8990000070008"}, "code_check_digit"),
        ({"cost": "18.000"}, "cost_above_price"),
        ({"expires_on": "17/10/2025"}, "expired"),
        ({"measure": ""}, "measure_missing"),
    ],
)
def test_what_is_odd_is_told_and_does_not_stop_the_row(judge, cells, warning):
    verdict = judge(**cells)
    assert verdict.code == "ok"
    assert warning in {one.code for one in verdict.warnings}


def test_a_right_barcode_is_not_odd(judge):
    assert not judge(code="8990000070009").warnings
    assert not judge(code=8990000070009.0).warnings


def test_name_and_code_stand_once(judge):
    first, same_name, same_code = judge(
        {"code": "1"}, {"code": "2"}, {"name": "Garam", "code": "1"}
    )
    assert (first.code, same_name.code, same_code.code) == (
        "ok",
        "name_duplicate",
        "code_duplicate",
    )
    assert "2" in same_name.problems[0].message


def test_members_pay_the_general_price_where_the_list_does_not_tell(judge):
    assert judge().value.member_price_idr == 17_500


def test_a_product_added_at_this_moment_stops_the_import(
    upload, goods_file, in_melati, monkeypatch
):
    run(upload(goods_file, KIND))
    again = upload(goods_file, KIND)
    monkeypatch.setattr("shops.goods.imports.kind._Known.as_text", lambda *_: "")
    with pytest.raises(TakenMeanwhile):
        run(again)
