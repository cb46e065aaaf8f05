"""Quantities with a decimal comma."""

import json
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kkmp.lib.quantity import (
    QuantityError,
    format_quantity,
    parse_quantity,
    parse_quantity_or_none,
    write_quantity,
)

quantities = st.decimals(Decimal("-999999999.999"), Decimal("999999999.999"), places=3)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("125,5", "125.5"),
        ("87,25", "87.25"),
        ("0,125", "0.125"),
        ("125.5", "125.5"),
        ("0.250", "0.25"),
        ("1,250", "1.25"),
        ("1.250", "1250"),
        ("1.250,5", "1250.5"),
        ("12.345.678", "12345678"),
        ("1234.567", "1234.567"),
        ("48", "48"),
        (" '48' ", "48"),
        ("-3", "-3"),
        ("− 1,5", "-1.5"),
        ("2,5000", "2.5"),
        (48, "48"),
        (48.0, "48"),
        (87.25, "87.25"),
        (0.1 + 0.2, "0.3"),
        (Decimal("1.500"), "1.5"),
    ],
)
def test_what_people_type_is_read(text, quantity):
    assert parse_quantity(text) == Decimal(quantity)


#: What the till is held to as well.
TABLE = json.loads(Path(__file__).with_name("quantities.json").read_text())


def test_a_scale_shows_decimals_and_a_count_thousands(case, scripts):
    read = partial(scripts, "till/rules/numbers.js", "parseQuantity")
    for kind, is_weighed in {"counted": False, "weighed": True}.items():
        for text, quantity in TABLE[kind].items():
            with case(f"{kind} {text!r}"):
                assert parse_quantity(text, is_weighed=is_weighed) == Decimal(quantity)
                # Half a piece is no sale, whatever the list says.
                whole = is_weighed or Decimal(quantity) % 1 == 0
                assert read(text, is_weighed) == (Decimal(quantity) * 1000 if whole else None)
    for text in TABLE["unreadable"]:
        with case(f"unreadable {text!r}"):
            assert read(text, True) is None
            with pytest.raises(QuantityError):
                parse_quantity(text, is_weighed=True)


@pytest.mark.parametrize(
    ("text", "words"), [("1.500", "1500 or 1,5"), ("2.000", "2000 or 2,0"), ("-1.250", "1,25")]
)
def test_what_may_be_either_is_asked_about(text, words):
    with pytest.raises(QuantityError, match=words):
        parse_quantity(text, is_weighed=None)


@pytest.mark.parametrize("text", ["0,1234", "1.0001", 0.12345, Decimal("0.0001")])
def test_a_fourth_decimal_is_refused(text):
    with pytest.raises(QuantityError, match="three"):
        parse_quantity(text)


@pytest.mark.parametrize(
    "text", ["1000000000", 10**9, 1e300, float("inf"), Decimal("1e50"), "-1.000.000.000"]
)
def test_a_thousand_million_is_a_slip(text):
    with pytest.raises(QuantityError, match="large"):
        parse_quantity(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "abc",
        "5 kg",
        "1,2,3",
        "1.2.3",
        "1,250.5",
        "--3",
        "1e3",
        "٣",
        ",5",
        "5,",
        float("nan"),
        Decimal("nan"),
        True,
        None,
        "9" * 5000,
    ],
)
def test_what_is_no_quantity_is_refused(text):
    with pytest.raises(QuantityError, match="125,5") as refusal:
        parse_quantity(text)
    assert refusal.value.code == "quantity_error"


@pytest.mark.parametrize("text", [None, "", "  ", "-", "–", "—"])
def test_a_dash_or_nothing_is_a_blank(text):
    assert parse_quantity_or_none(text) is None


def test_zero_is_not_a_blank():
    assert parse_quantity_or_none("0") == 0


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        ("125.500", "125,5"),
        ("48.000", "48"),
        ("1250", "1.250"),
        ("0.25", "0,25"),
        ("-1.5", "-1,5"),
        ("1E+2", "100"),
        ("0", "0"),
        ("-0.000", "0"),
        ("1234567.891", "1.234.567,891"),
    ],
)
def test_it_is_written_without_trailing_zeros(quantity, text):
    with translation.override("id"):
        assert format_quantity(Decimal(quantity)) == text


def test_what_the_database_cannot_hold_is_not_written():
    with pytest.raises(ValueError, match="three decimals"):
        format_quantity(Decimal("0.0001"))


@given(quantities)
def test_what_is_written_is_read_back(quantity):
    with translation.override("id"):
        assert parse_quantity(format_quantity(quantity)) == quantity
    assert parse_quantity(write_quantity(quantity)) == quantity


@given(st.text(max_size=20) | st.floats() | st.decimals() | st.integers())
def test_anything_is_read_or_refused(text):
    try:
        quantity = parse_quantity(text)
    except QuantityError:
        return
    assert quantity == quantity.quantize(Decimal("0.001"))
    assert quantity.as_tuple().exponent == -3
