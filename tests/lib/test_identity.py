"""NIK: what is one, what it tells, and what it never shows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkmp.lib import identity
from kkmp.lib.identity import Nik, parse_nik


@pytest.mark.parametrize(
    "text",
    [
        "3374115507630001",
        "'3374115507630001",
        "’3374115507630001",
        '"3374115507630001"',
        "3374 1155 0763 0001",
        " 3374115507630001\t",
        "3374.1155.0763.0001",
        "33-7411-550763-0001",
        "3374\u00a01155\u00a00763\u00a00001",
        3374115507630001,
        3374115507630001.0,
    ],
)
def test_quotes_spaces_and_dots_are_dropped(text):
    assert parse_nik(text) == Nik("3374115507630001")


@pytest.mark.parametrize("text", [None, "", "   ", "-", "'"])
def test_a_blank_is_missing(text):
    with pytest.raises(identity.NikMissing) as refusal:
        parse_nik(text)
    assert refusal.value.code == "nik_missing"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("337411550763000", 15),
        ("33741155076300011", 17),
        ("33741155O7630001", 15),
        ("tidak ada", 0),
        (337411550763000.0, 15),
        (1.5, 2),
        (float("nan"), 0),
        ("٣٣٧٤١١٥٥٠٧٦٣٠٠٠١", 0),
    ],
)
def test_a_nik_has_sixteen_digits(text, count):
    with pytest.raises(identity.NikLength, match=rf"16 .*\b{count}\b") as refusal:
        parse_nik(text)
    assert refusal.value.code == "nik_length"


@pytest.mark.parametrize(
    "text", [3374115507630010.0, 9271115507630001.0, "3.37411E+15", "3,37411E+15", "'3,37411e15"]
)
def test_a_number_that_the_spreadsheet_may_have_cut_is_refused(text):
    with pytest.raises(identity.NikRounded) as refusal:
        parse_nik(text)
    assert refusal.value.code == "nik_rounded"
    assert isinstance(refusal.value, identity.NikLength)


def test_text_that_ends_in_zero_is_trusted():
    assert parse_nik("3374115507630010").digits[-4:] == "0010"


@pytest.mark.parametrize(
    "birth",
    [
        "310299",
        "000199",
        "320199",
        "400199",
        "720199",
        "011399",
        "010099",
        "290201",
        "310463",
        "690201",
    ],
)
def test_a_birth_date_must_exist(birth):
    with pytest.raises(identity.NikDate) as refusal:
        parse_nik(f"337411{birth}0001")
    assert refusal.value.code == "nik_date"


@pytest.mark.parametrize("birth", ["290200", "690204", "311299", "711299", "410100", "010100"])
def test_a_day_that_exists_in_either_century_will_do(birth):
    assert parse_nik(f"337411{birth}0001").digits[6:12] == birth


def test_the_serial_starts_at_one():
    with pytest.raises(identity.NikSerial) as refusal:
        parse_nik("3374115507630000")
    assert refusal.value.code == "nik_serial"


@pytest.mark.parametrize("area", ["000000", "999999", "327301", "337417"])
def test_any_area_will_do(area):
    assert parse_nik(f"{area}5507630001").region == area


@pytest.mark.parametrize(
    ("text", "female", "born"),
    [
        ("3374115507630001", True, date(1963, 7, 15)),
        ("3374110707800005", False, date(1980, 7, 7)),
        ("3374116506030044", True, date(2003, 6, 25)),
        ("3374113112990001", False, date(1999, 12, 31)),
        ("3374117112990001", True, date(1999, 12, 31)),
        ("3374112902000001", False, date(2000, 2, 29)),
    ],
)
def test_it_tells_sex_and_birth_date(text, female, born):
    nik = parse_nik(text)
    assert (nik.female, nik.born(date(2025, 10, 18))) == (female, born)


@pytest.mark.parametrize(
    ("reference", "year"),
    [
        (date(2025, 10, 17), 1908),
        (date(2025, 10, 18), 2008),
        (date(2025, 10, 19), 2008),
        (date(2107, 1, 1), 2008),
    ],
)
def test_members_are_at_least_seventeen(reference, year):
    assert parse_nik("3374111810080001").born(reference) == date(year, 10, 18)


@pytest.mark.parametrize(
    "reference", [date(2010, 1, 1), date(2017, 2, 28), date(2026, 1, 1), date(2130, 1, 1)]
)
def test_a_leap_day_of_2000_stays_there(reference):
    assert parse_nik("3374112902000001").born(reference) == date(2000, 2, 29)


def test_no_digit_of_it_is_shown():
    nik = parse_nik("3374115507630012")
    assert [str(nik), f"{nik}", repr(nik)] == ["[NIK]", "[NIK]", "<Nik>"]


@pytest.mark.parametrize("show", [repr, lambda nik: repr([nik]), lambda nik: f"{nik!r}"])
def test_its_repr_shows_no_digit(show):
    assert not any(character.isdigit() for character in show(parse_nik("3374115507630012")))


@pytest.mark.parametrize(
    "text", ["3374113102990001", "337411310299000", "3374115507630000", 3374115507630010.0]
)
def test_a_refusal_does_not_repeat_the_number(text):
    with pytest.raises(identity.NikError) as refusal:
        parse_nik(text)
    assert "3374" not in str(refusal.value)


def test_it_cannot_be_changed():
    with pytest.raises(AttributeError):
        parse_nik("3374115507630001").digits = "0"


births = st.dates(date(1920, 1, 1), date(2008, 10, 18))


@given(births, st.booleans(), st.integers(0, 999_999), st.integers(1, 9999))
def test_what_is_put_in_comes_out(born, female, region, serial):
    day = born.day + 40 if female else born.day
    text = f"{region:06}{day:02}{born:%m%y}{serial:04}"
    nik = parse_nik(text)
    assert (nik.digits, nik.region, nik.female) == (text, f"{region:06}", female)
    reference = date(2025, 10, 18)
    assert nik.born(reference) in {born, _a_century_later(born)}
    assert nik.born(reference) <= reference - timedelta(days=17 * 365)


def _a_century_later(born: date) -> date | None:
    try:
        return born.replace(year=born.year + 100)
    except ValueError:
        return None


@given(st.text(max_size=20) | st.floats() | st.integers())
def test_anything_is_read_or_refused(text):
    try:
        digits = parse_nik(text).digits
    except identity.NikError as refusal:
        digits = refusal.code
    assert len(digits) == 16 or digits.startswith("nik_")
