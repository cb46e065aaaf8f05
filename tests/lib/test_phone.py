"""Telephone numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkmp.lib.phone import PhoneError, format_phone, parse_phone, wa_me


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("081897825707", "+6281897825707"),
        ("0818-9782-5707", "+6281897825707"),
        ("0818 9782 5707", "+6281897825707"),
        ("0818.9782.5707", "+6281897825707"),
        ("+62 818-9782-5707", "+6281897825707"),
        ("+62 0818-9782-5707", "+6281897825707"),
        ("6281897825707", "+6281897825707"),
        ("006281897825707", "+6281897825707"),
        ("81897825707", "+6281897825707"),
        ("'081897825707", "+6281897825707"),
        ("\u202a+62 818‑9782‑5707\u202c".replace("‑", "-"), "+6281897825707"),
        (81133859888.0, "+6281133859888"),
        (81133859888, "+6281133859888"),
        (6281133859888.0, "+6281133859888"),
        ("+62 887-3996-269", "+628873996269"),
        ("08250216479", "+628250216479"),
        ("083301972375", "+6283301972375"),
        ("08001234567", "+628001234567"),
        ("024-7471234", "+62247471234"),
        ("(024) 7471234", "+62247471234"),
        ("+62 24 7471234", "+62247471234"),
        ("+62 (0)24 7471234", "+62247471234"),
        ("0622 7551234", "+626227551234"),
        ("+65 8123 4567", "+6581234567"),
        ("+966 50 123 4567", "+966501234567"),
    ],
)
def test_what_people_type_is_read(text, phone):
    assert parse_phone(text) == phone


@pytest.mark.parametrize("text", [None, "", "  ", "-", "–", "'"])
def test_a_blank_is_no_number(text):
    assert parse_phone(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "0812",
        "08123456",
        "08123456789012",
        "7471234",
        "tidak ada",
        "0812-3456-789O",
        "081234567890 / 081234567891",
        "+1",
        "+0812",
        "0",
        "+",
        "0812+34567890",
        81.5,
        float("nan"),
        "٠٨١٢٣٤٥٦٧٨٩٠",
        "9" * 400,
    ],
)
def test_what_cannot_be_dialled_is_refused(text):
    with pytest.raises(PhoneError, match="0812-3456-7890") as refusal:
        parse_phone(text)
    assert refusal.value.code == "phone_error"


@pytest.mark.parametrize("more", [7, 8, 9, 10, 11])
def test_a_mobile_has_seven_to_eleven_digits_after_the_8(more):
    assert parse_phone("08" + "4" * more) == "+628" + "4" * more


@pytest.mark.parametrize("more", [6, 12])
def test_a_mobile_of_another_length_is_refused(more):
    with pytest.raises(PhoneError):
        parse_phone("08" + "4" * more)


@pytest.mark.parametrize(
    ("phone", "text"),
    [
        ("+6281897825707", "0818-9782-5707"),
        ("+628250216479", "0825-0216-479"),
        ("+62812345678901", "0812-3456-78901"),
        ("+6281234567", "0812-3456-7"),
        ("+62247471234", "(024) 7471234"),
        ("+6581234567", "+65 8123 4567"),
    ],
)
def test_it_is_shown_as_people_dial_it(phone, text):
    assert format_phone(phone) == text


def test_a_chat_link_takes_the_bare_digits():
    assert wa_me("+6281897825707") == "6281897825707"


@given(st.from_regex(r"\+628[0-9]{7,11}", fullmatch=True))
def test_what_is_shown_is_read_back(phone):
    assert parse_phone(format_phone(phone)) == phone
    assert parse_phone(phone) == parse_phone(wa_me(phone)) == phone


@given(st.integers(10**7, 10**11 - 1).map(lambda rest: 8 * 10 ** len(str(rest)) + rest))
def test_a_number_that_lost_its_zero_finds_it(number):
    assert parse_phone(float(number)) == parse_phone(f"0{number}") == f"+62{number}"


@given(st.text(max_size=24) | st.text("0123456789+-() ", max_size=24) | st.floats())
def test_anything_is_read_or_refused(text):
    try:
        phone = parse_phone(text)
    except PhoneError:
        return
    assert phone is None or parse_phone(format_phone(phone)) == phone
