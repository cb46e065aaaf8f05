"""The list of goods: what is kept, what is refused, and that two people notice each other."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from kkmp.access.models import AuditEvent
from shops.goods.services import products
from shops.goods.services.particulars import ProductRefused
from shops.models import Category, Product, Stock
from shops.pricing.terms import MAX_PRICE_IDR
from shops.units.services import units
from tests.conftest import MONDAY
from tests.shops.conftest import particulars


@pytest.fixture
def add(gerai, budi):
    def do(**changes):
        return products.add(
            on=MONDAY,
            cooperative=gerai.cooperative,
            particulars=particulars(gerai, **changes),
            by=budi,
        )

    return do


def refused(call, **fields):
    with pytest.raises(ProductRefused) as refusal:
        call()
    assert {name: texts[0] for name, texts in refusal.value.fields.items()} == fields


def test_a_product_starts_with_an_empty_shelf(add, in_melati, budi):
    product = add(name=" Gula   Pasir ", code=" 899 000 ", category="Sembako ")
    assert (product.name, product.code, product.category.name) == (
        "Gula Pasir",
        "899000",
        "Sembako",
    )
    stock = Stock.objects.of(in_melati).get(product=product)
    assert (stock.quantity, stock.value_idr) == (0, 0)
    assert AuditEvent.objects.of(in_melati).filter(action="product.add", actor=budi).exists()


def test_a_category_is_made_once_whatever_its_capitals(add, in_melati):
    first, second = add(category="Minuman"), add(name="Teh", category="MINUMAN")
    assert first.category == second.category
    assert Category.objects.of(in_melati).filter(name__iexact="minuman").count() == 1


def test_the_name_is_taken_whatever_its_capitals(add):
    add(name="Gula Pasir")
    refused(lambda: add(name="GULA PASIR"), name="There is a product named GULA PASIR already.")


def test_the_code_is_taken(add):
    add(name="Gula", code="899")
    refused(lambda: add(name="Garam", code="899"), code="Gula has this code already.")


def test_goods_without_a_code_do_not_share_one(add):
    assert add(name="Gula").code == add(name="Garam").code == ""


def test_another_cooperative_may_sell_the_same(add, gula, in_melati):
    assert Product.objects.of(in_melati).filter(name=gula.name).count() == 1


def test_everything_that_is_wrong_is_said_at_once(add):
    refused(
        lambda: add(
            name=" ",
            category="",
            measure="",
            general_price_idr=0,
            member_price_idr=-1,
            wholesale_price_idr=MAX_PRICE_IDR + 1,
            pack_size=0,
            stock_min=Decimal("-1"),
        ),
        name="Write the name of the product.",
        category="Choose or write a category.",
        measure="Write what it is sold per, like pcs or kg.",
        general_price_idr="The price must be more than zero.",
        member_price_idr="The price must be more than zero.",
        wholesale_price_idr="This price is too large to be right.",
        pack_size="A carton holds at least one.",
        stock_min="The minimum stock cannot be below zero.",
    )


@pytest.mark.parametrize("name", ["member_price_idr", "wholesale_price_idr"])
def test_nobody_pays_more_than_the_general_price(add, name):
    refused(
        lambda: add(general_price_idr=17_500, **{"member_price_idr": 17_000, name: 17_501}),
        **{name: "This price cannot be above the general price."},
    )


@pytest.mark.parametrize(
    ("name", "longest"), [("name", 80), ("category", 40), ("measure", 12), ("code", 32)]
)
def test_texts_have_a_longest_length(add, name, longest):
    add(**{name: "x" * longest})
    refused(
        lambda: add(**{"name": "Lain", name: "y" * (longest + 1)}),
        **{name: f"At most {longest} letters."},
    )


def test_an_edit_keeps_what_changed_for_the_record(gula, gerai, in_melati, budi):
    edited = products.edit(
        on=MONDAY,
        product=gula,
        particulars=particulars(gerai, code=gula.code, general_price_idr=18_000, category="Manis"),
        version=1,
        by=budi,
    )
    assert (edited.general_price_idr, edited.category.name, edited.version) == (18_000, "Manis", 2)
    event = AuditEvent.objects.of(in_melati).get(action="product.edit")
    assert event.details["changed"] == {
        "general_price_idr": ["17500", "18000"],
        "category": ["Sembako", "Manis"],
        "stock_min": ["12.000", "0"],
    }


def test_two_people_who_edit_at_once_notice(gula, gerai, budi, tono):
    products.edit(on=MONDAY, product=gula, particulars=particulars(gerai), version=1, by=budi)
    with pytest.raises(products.EditConflict) as conflict:
        products.edit(on=MONDAY, product=gula, particulars=particulars(gerai), version=1, by=tono)
    assert conflict.value.status == 409


def test_an_edit_keeps_its_own_name_and_may_not_take_anothers(gula, telur, gerai, budi):
    products.edit(
        on=MONDAY,
        product=gula,
        particulars=particulars(gerai, name="GULA PASIR 1 KG"),
        version=1,
        by=budi,
    )
    refused(
        lambda: products.edit(
            on=MONDAY,
            product=gula,
            particulars=particulars(gerai, name="Telur Ayam"),
            version=2,
            by=budi,
        ),
        name="There is a product named Telur Ayam already.",
    )


def test_half_a_kilogram_on_the_shelf_stays_weighed(telur, gerai, budi):
    refused(
        lambda: products.edit(
            on=MONDAY,
            product=telur,
            particulars=particulars(gerai, name="Telur"),
            version=1,
            by=budi,
        ),
        is_weighed="There is a part of a kg in stock, so it must stay weighed.",
    )


def test_stock_keeps_a_product_in_its_unit(gula, gerai, in_melati, budi):
    apotek = units.open_unit(cooperative=in_melati, name="Apotek", by=budi)
    refused(
        lambda: products.edit(
            on=MONDAY, product=gula, particulars=particulars(apotek), version=1, by=budi
        ),
        unit="It cannot go to another unit of business while there is stock of it.",
    )


def test_without_stock_a_product_may_move(add, in_melati, budi):
    apotek = units.open_unit(cooperative=in_melati, name="Apotek", by=budi)
    product = add()
    moved = products.edit(
        on=MONDAY, product=product, particulars=particulars(apotek), version=1, by=budi
    )
    assert moved.unit == apotek


def test_a_product_is_retired_and_sold_again(gula, in_melati, budi):
    assert products.retire(product=gula, by=budi).is_active is False
    assert products.retire(product=gula, by=budi).version == 2
    assert products.restore(product=gula, by=budi).is_active is True
    assert products.restore(product=gula, by=budi).version == 3
    actions = AuditEvent.objects.of(in_melati).filter(subject_id=str(gula.id))
    assert list(actions.order_by("id").values_list("action", flat=True)) == [
        "product.add",
        "product.retire",
        "product.restore",
    ]


@pytest.mark.parametrize("day", [date(2036, 11, 24), date(2126, 1, 9), date(1926, 1, 9)])
def test_best_before_lies_within_ten_years(add, gula, gerai, in_melati, budi, day):
    with translation.override("en"):
        for call in (
            lambda: add(name="Kopi", expires_on=day),
            lambda: products.edit(
                product=gula,
                particulars=particulars(gerai, expires_on=day),
                version=1,
                on=MONDAY,
                by=budi,
            ),
        ):
            with pytest.raises(ProductRefused, match="Look at the year") as refusal:
                call()
            assert list(refusal.value.fields) == ["expires_on"]
    assert add(name="Kopi", expires_on=date(2036, 11, 23)).expires_on == date(2036, 11, 23)


def test_a_carton_and_the_least_stock_have_an_end(add):
    refused(
        lambda: add(pack_size=100_001, stock_min=Decimal(10**9)),
        pack_size="At most 100,000.",
        stock_min="This quantity makes no sense.",
    )
