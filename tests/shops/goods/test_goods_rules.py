"""A product, its packs, prices and rules: each rule of their tables is broken."""

from decimal import Decimal

import pytest

from shops.models import (
    GoodsRule,
    Price,
    UnknownCode,
)
from tests.conftest import MONDAY
from tests.shops.rules import breaks, insert, refused
from tests.shops.till.test_selling_rules import dus

__all__ = ["dus"]


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


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"institution_price_idr": 0}, "shops_product_institution_is_no_more"),
        ({"institution_price_idr": 17_501}, "shops_product_institution_is_no_more"),
        ({"is_service": True}, "shops_product_service_earns_somewhere"),
        ({"income_code": "4-1306"}, "shops_product_service_earns_somewhere"),
    ],
)
def test_a_product_keeps_its_new_rules(gula, changes, rule):
    breaks(rule, gula, **{"name": "Lain", "code": ""} | changes)


def test_many_products_have_no_code(gula):
    insert(gula, name="Satu", code="")
    insert(gula, name="Dua", code="")


def test_a_category_has_one_name(gula):
    with refused("shops_category_name"):
        insert(gula.category)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_pack_name"),
        ({"name": "bal"}, "shops_pack_code"),
        ({"name": "bal", "code": "", "factor": 0}, "shops_pack_holds_something"),
    ],
)
def test_a_pack_keeps_its_rules(dus, changes, rule):
    breaks(rule, dus, **changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_price_once"),
        ({"min_quantity": 2, "price_idr": 0}, "shops_price_positive"),
        ({"min_quantity": 0}, "shops_price_positive"),
        ({"min_quantity": 2, "valid_until": MONDAY.replace(day=1)}, "shops_price_ends_after"),
    ],
)
def test_a_price_keeps_its_rules(gula, changes, rule):
    price = Price.objects.create(
        cooperative=gula.cooperative,
        product=gula,
        tier="general",
        price_idr=17_000,
        valid_from=MONDAY,
    )
    breaks(rule, price, **changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "shops_rule_once"),
        ({"ceiling_idr": 0}, "shops_rule_positive"),
        ({"most_quantity": 0}, "shops_rule_positive"),
        ({"valid_until": MONDAY.replace(day=1)}, "shops_rule_ends_after"),
    ],
)
def test_a_rule_keeps_its_rules(gula, changes, rule):
    kept = GoodsRule.objects.create(
        cooperative=gula.cooperative, product=gula, valid_from=MONDAY, source="SK"
    )
    day = {} if rule == "shops_rule_once" else {"valid_from": MONDAY.replace(day=2)}
    breaks(rule, kept, **day | changes)


def test_an_unknown_code_is_open_once(in_melati, sari):
    noted = UnknownCode.objects.create(cooperative=in_melati, code="899", noted_by=sari)
    insert(noted, is_done=True)
    breaks("shops_unknowncode_open_once", noted)
