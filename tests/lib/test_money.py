"""Reading, writing, rounding and sharing rupiah."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kkmp.lib import money
from kkmp.lib.money import MoneyError

amounts = st.integers(-money.MAX_IDR, money.MAX_IDR)
quantities = st.decimals(0, 10**6, places=3)


@pytest.mark.parametrize(
    ("amount_idr", "text"),
    [
        (0, "Rp0"),
        (999, "Rp999"),
        (1000, "Rp1.000"),
        (1_250_000, "Rp1.250.000"),
        (-1_250_000, "-Rp1.250.000"),
        (48_000_000_000, "Rp48.000.000.000"),
    ],
)
def test_rupiah_is_written_with_dots(amount_idr, text):
    with translation.override("id"):
        assert money.format_rupiah(amount_idr) == text


#: What the pages' scripts are held to as well.
TABLE = json.loads(Path(__file__).with_name("rupiah.json").read_text())
_TOLD = {
    "two_ways": "two ways",
    "cents": "cents",
    "large": "large",
    "unreadable": "1.250.000",
}


def test_what_people_type_is_read(case):
    for text, amount_idr in TABLE["read"].items():
        with case(repr(text)):
            assert money.parse_rupiah(text) == amount_idr


def test_what_is_no_amount_is_refused_in_words(case):
    for fault, told in _TOLD.items():
        for text in TABLE[fault]:
            with case(f"{fault} {text!r}"), pytest.raises(MoneyError, match=told):
                money.parse_rupiah(text)


def test_blanks_are_none(case):
    for text in TABLE["blank"]:
        with case(repr(text)):
            assert money.parse_rupiah_or_none(text) is None


def test_pages_read_as_the_server_does(case, scripts):
    faults = {"two_ways": "twoWays"}
    for text, amount_idr in TABLE["read"].items():
        with case(repr(text)):
            assert scripts("base/rupiah.js", "readRupiah", text) == {"amount": amount_idr}
    for fault in ("blank", *_TOLD):
        for text in TABLE[fault]:
            with case(f"{fault} {text!r}"):
                told = scripts("base/rupiah.js", "readRupiah", text)
                assert told == {"fault": faults.get(fault, fault)}


@pytest.mark.parametrize(
    ("number", "amount_idr"),
    [
        (1_250_000, 1_250_000),
        (100_000.0, 100_000),
        (59850.00000000001, 59850),
        (99999.99999999999, 100_000),
        (Decimal("100000.00"), 100_000),
    ],
)
def test_numbers_of_spreadsheets_are_read(number, amount_idr):
    assert money.parse_rupiah(number) == amount_idr


@pytest.mark.parametrize("number", [1.5, Decimal("0.01")])
def test_there_are_no_fractions_of_a_rupiah(number):
    with pytest.raises(MoneyError, match="cents"):
        money.parse_rupiah(number)


@pytest.mark.parametrize("number", [10**400, float("inf"), Decimal("1e99")])
def test_more_than_a_thousand_trillion_is_a_slip(number):
    with pytest.raises(MoneyError, match="large"):
        money.parse_rupiah(number)


@pytest.mark.parametrize("value", ["9" * 5000, float("nan"), Decimal("nan"), True, None, [1]])
def test_what_is_no_amount_is_refused(value):
    with pytest.raises(MoneyError) as refusal:
        money.parse_rupiah(value)
    assert refusal.value.code == "money_error"
    assert "1.250.000" in str(refusal.value)


def test_nothing_is_a_blank():
    assert money.parse_rupiah_or_none(None) is None


@pytest.mark.parametrize(("text", "amount_idr"), [("0", 0), (0.0, 0), ("Rp 5.000", 5000)])
def test_zero_is_not_a_blank(text, amount_idr):
    assert money.parse_rupiah_or_none(text) == amount_idr


def test_garbage_is_not_a_blank():
    with pytest.raises(MoneyError):
        money.parse_rupiah_or_none("lunas")


@given(amounts)
def test_what_is_written_is_read_back(amount_idr):
    with translation.override("id"):
        assert money.parse_rupiah(money.format_rupiah(amount_idr)) == amount_idr
    assert money.parse_rupiah(str(amount_idr)) == amount_idr
    assert money.parse_rupiah(money.write_thousands(amount_idr)) == amount_idr


@given(amounts)
def test_what_english_readers_see_is_never_read_as_another_amount(amount_idr):
    """Copied into a box it is read, or asked about where it has one comma."""
    try:
        found = money.parse_rupiah(money.format_rupiah(amount_idr))
    except MoneyError:
        assert 1_000 <= abs(amount_idr) < 1_000_000
    else:
        assert found == amount_idr


@given(st.integers(0, 10**9), st.sampled_from(["Rp {},-", "{},00", "rp{}", " {} ", "'{}"]))
def test_the_usual_trimmings_change_nothing(amount_idr, pattern):
    assert money.parse_rupiah(pattern.format(money.write_thousands(amount_idr))) == amount_idr


@given(st.text(max_size=20) | st.floats() | st.decimals())
def test_anything_is_read_or_refused(text):
    try:
        amount_idr = money.parse_rupiah(text)
    except MoneyError:
        return
    assert type(amount_idr) is int
    assert abs(amount_idr) <= money.MAX_IDR


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        ("0.4", 0),
        ("0.5", 1),
        ("1.5", 2),
        ("2.5", 3),
        ("2.4999", 2),
        ("-0.5", -1),
        ("-2.5", -3),
        ("7", 7),
    ],
)
def test_a_half_goes_away_from_zero(value, rounded):
    assert money.round_half_up(Decimal(value)) == rounded


def test_a_third_is_rounded_exactly():
    assert money.round_half_up(Fraction(10**30, 3)) == (10**30 - 1) // 3


@given(st.decimals(-(10**15), 10**15, places=4))
def test_rounding_moves_by_at_most_a_half(value):
    assert abs(Fraction(money.round_half_up(value)) - Fraction(value)) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("quantity", "price_idr", "total_idr"),
    [
        ("3", 17_500, 52_500),
        ("1.5", 28_501, 42_752),
        ("0.125", 12_204, 1526),
        ("0.001", 499, 0),
        ("-1.5", 3, -5),
    ],
)
def test_a_line_is_rounded_once(quantity, price_idr, total_idr):
    assert money.line_total_idr(Decimal(quantity), price_idr) == total_idr


def test_a_line_of_the_largest_numbers_is_exact():
    total_idr = money.line_total_idr(Decimal("999999999.999"), money.MAX_IDR - 1)
    assert total_idr == round(Fraction("999999999.999") * (money.MAX_IDR - 1))


@pytest.mark.parametrize(
    ("value_idr", "part", "whole", "share_idr"),
    [
        (100_000, "1", "3", 33_333),
        (100_000, "2", "3", 66_667),
        (100_001, "0.5", "1", 50_001),
        (100_001, "125.5", "125.5", 100_001),
        (0, "1", "5", 0),
        (100_000, "0", "5", 0),
    ],
)
def test_a_part_takes_its_share_of_the_value(value_idr, part, whole, share_idr):
    assert money.share_of_value(value_idr, Decimal(part), Decimal(whole)) == share_idr


@given(
    st.integers(0, money.MAX_IDR),
    st.lists(st.decimals("0.001", 1000, places=3), min_size=1, max_size=9),
)
def test_taking_stock_out_piece_by_piece_leaves_nothing(value_idr, pieces):
    left_idr, left = value_idr, sum(pieces)
    for piece in pieces:
        left_idr -= money.share_of_value(left_idr, piece, left)
        left -= piece
    assert (left_idr, left) == (0, 0)


@pytest.mark.parametrize("whole", ["0", "-1"])
def test_of_nothing_there_is_no_share(whole):
    with pytest.raises(ValueError, match="nothing"):
        money.share_of_value(100, Decimal(1), Decimal(whole))


@pytest.mark.parametrize(
    ("total_idr", "weights", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (100, [1, 2, 3], [17, 33, 50]),
        (10, [0, 1, 0, 1], [0, 5, 0, 5]),
        (1, [1, 1], [1, 0]),
        (0, [1, 2], [0, 0]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (7, [Decimal("0.5"), Decimal("1.5")], [2, 5]),
        (1000, [Decimal("0.333"), Decimal("0.667")], [333, 667]),
        (5, [10**18], [5]),
    ],
)
def test_a_total_is_shared_by_weight(total_idr, weights, shares):
    assert money.split_largest_remainder(total_idr, weights) == shares


weight_lists = st.lists(st.integers(0, 10**9) | quantities, min_size=1, max_size=30).filter(any)


@given(amounts, weight_lists)
def test_shares_add_up_and_none_is_off_by_a_rupiah(total_idr, weights):
    shares = money.split_largest_remainder(total_idr, weights)
    whole = sum(map(Fraction, weights))
    assert sum(shares) == total_idr
    assert all(
        abs(share - total_idr * Fraction(weight) / whole) < 1
        for share, weight in zip(shares, weights, strict=True)
    )
    assert all(share == 0 for share, weight in zip(shares, weights, strict=True) if not weight)


@given(amounts, weight_lists)
def test_a_negative_total_is_the_mirror_of_its_positive(total_idr, weights):
    mirrored = [-share for share in money.split_largest_remainder(-total_idr, weights)]
    assert money.split_largest_remainder(total_idr, weights) == mirrored


@given(st.integers(0, 10**12), weight_lists)
def test_more_weight_never_gets_less(total_idr, weights):
    shares = money.split_largest_remainder(total_idr, weights)
    by_weight = sorted(zip(weights, shares, strict=True))
    lighter = [max(s for w, s in by_weight if w == weight) for weight in sorted(set(weights))]
    assert all(
        min(s for w, s in by_weight if w == weight) >= before - 1
        for weight, before in zip(sorted(set(weights))[1:], lighter, strict=False)
    )


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [Decimal(0)], [3, -1], [-1]])
def test_without_weight_there_is_nobody_to_share_among(weights):
    with pytest.raises(MoneyError):
        money.split_largest_remainder(100, weights)
