"""Business days, months, and dates as they are typed."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kkmp.lib import clock, periods
from kkmp.lib.periods import DateError, parse_date, parse_month

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 22, 16, 59, 59, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 22, 17, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 11, 23, 0, 30, tzinfo=timezone(timedelta(hours=9))), date(2026, 11, 22)),
        (datetime(2026, 11, 23, 0, 0, tzinfo=periods.JAKARTA), date(2026, 11, 23)),
    ],
)
def test_the_business_day_turns_at_midnight_in_jakarta(at, day):
    assert periods.business_day(at) == day


def test_a_moment_without_a_time_zone_has_no_business_day():
    with pytest.raises(ValueError, match="time zone"):
        periods.business_day(datetime(2026, 11, 23))


def test_the_clock_tells_the_day_in_jakarta(monkeypatch):
    monkeypatch.setattr(clock.timezone, "now", lambda: datetime(2026, 11, 22, 18, 0, tzinfo=UTC))
    assert clock.business_today() == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 11, 23), date(2026, 11, 1), date(2026, 11, 30)),
        (date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_month_has_its_first_and_last_day(day, first, last):
    assert (periods.month_of(day), periods.month_end(day)) == (first, last)


@given(days)
def test_the_day_after_the_months_end_begins_the_next(day):
    assert periods.month_end(day) + timedelta(days=1) == periods.add_months(day, 1)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(-500, 500))
def test_months_are_added_and_taken_away(day, count):
    there = periods.add_months(day, count)
    assert periods.add_months(there, -count) == periods.month_of(day)
    assert there.day == 1


def test_months_between_count_both_ends():
    assert periods.months_between(date(2025, 11, 23), date(2026, 2, 1)) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


def test_months_between_days_of_one_month_is_that_month():
    assert periods.months_between(date(2026, 2, 27), date(2026, 2, 3)) == [date(2026, 2, 1)]


def test_months_between_backwards_are_none():
    assert periods.months_between(date(2026, 3, 1), date(2026, 2, 28)) == []


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [("id", "1 Agustus 2026", "Agustus 2026"), ("en", "1 August 2026", "August 2026")],
)
def test_dates_are_written_day_first_in_the_language_shown(language, day, month):
    with translation.override(language):
        assert periods.format_date(date(2026, 8, 1)) == day
        assert periods.format_month(date(2026, 8, 1)) == month


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("23 November 2026", date(2026, 11, 23)),
        ("23 NOPEMBER 2026", date(2026, 11, 23)),
        ("23/11/2026", date(2026, 11, 23)),
        ("23-11-2026", date(2026, 11, 23)),
        ("23.11.2026", date(2026, 11, 23)),
        ("23 / 11 / 2026", date(2026, 11, 23)),
        ("7/7/1980", date(1980, 7, 7)),
        ("2026-11-23", date(2026, 11, 23)),
        ("2026/11/23", date(2026, 11, 23)),
        ("2026-11-23 00:00:00", date(2026, 11, 23)),
        ("2026-11-23T14:30:00", date(2026, 11, 23)),
        ("1 Agt 2026", date(2026, 8, 1)),
        ("1 Ags. 2026", date(2026, 8, 1)),
        ("1-Agu-2026", date(2026, 8, 1)),
        ("1 August 2026", date(2026, 8, 1)),
        ("10 Desember 1999", date(1999, 12, 10)),
        ("5 Pebruari 2001", date(2001, 2, 5)),
        ("17 Mei 2025", date(2025, 5, 17)),
        ("17May2025", date(2025, 5, 17)),
        ("29 Feb 2028", date(2028, 2, 29)),
        ("'23/11/2026", date(2026, 11, 23)),
        (date(2026, 11, 23), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 23, 59), date(2026, 11, 23)),
        (datetime(2026, 11, 22, 18, 0, tzinfo=UTC), date(2026, 11, 23)),
    ],
)
def test_what_people_type_is_read(text, day):
    assert parse_date(text) == day
    assert type(parse_date(text)) is date


@pytest.mark.parametrize(
    ("text", "pivot", "day"),
    [
        ("15.04.72", date(2025, 10, 18), date(1972, 4, 15)),
        ("23.11.26", date(2026, 11, 23), date(2026, 11, 23)),
        ("23.11.26", date(2026, 11, 22), date(1926, 11, 23)),
        ("23-Nov-05", date(2026, 1, 1), date(2005, 11, 23)),
        ("01/01/00", date(2026, 1, 1), date(2000, 1, 1)),
        ("29/02/24", date(2026, 1, 1), date(2024, 2, 29)),
    ],
)
def test_two_digits_are_the_latest_year_not_after_the_pivot(text, pivot, day):
    assert parse_date(text, pivot=pivot) == day


def test_two_digits_need_a_pivot():
    with pytest.raises(DateError, match="four"):
        parse_date("15.04.72")


def test_a_leap_day_that_the_pivot_rules_out_is_refused():
    with pytest.raises(DateError, match="calendar"):
        parse_date("29.02.00", pivot=date(2000, 2, 28))


@pytest.mark.parametrize(
    "text", ["31/02/2026", "29/02/2026", "0/1/2026", "11/23/2026", "31 Juni 2026", "2026-13-01"]
)
def test_a_day_that_does_not_exist_is_refused(text):
    with pytest.raises(DateError, match="calendar"):
        parse_date(text)


@pytest.mark.parametrize("text", ["1/2/0026", "1 Mei 1899", "2200-01-01"])
def test_a_year_far_away_is_a_slip(text):
    with pytest.raises(DateError, match="year"):
        parse_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "besok",
        "23",
        "23/11",
        "23-11/2026",
        "23 Foo 2026",
        "Semarang, 15-07-1963",
        "1/2/126",
        45983.0,
        45983,
        None,
    ],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(DateError, match="23/11/2026") as refusal:
        parse_date(text)
    assert refusal.value.code == "date_error"


@given(days, st.sampled_from(["id", "en"]))
def test_what_is_written_is_read_back(day, language):
    with translation.override(language):
        assert parse_date(periods.format_date(day)) == day


@given(days, st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]))
def test_digits_are_read_back(day, pattern):
    assert parse_date(day.strftime(pattern)) == day


@given(st.dates(date(1900, 3, 1), date(2100, 1, 1)), st.dates(date(2000, 2, 29), date(2100, 1, 1)))
def test_two_digits_never_pass_the_pivot(day, pivot):
    read = parse_date(day.strftime("%d.%m.%y"), pivot=pivot)
    assert read <= pivot
    assert (read.day, read.month, read.year % 100) == (day.day, day.month, day.year % 100)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text):
    try:
        day = parse_date(text, pivot=date(2026, 1, 1))
    except DateError:
        return
    assert day.year in periods.YEARS


@pytest.mark.parametrize(
    "written",
    ["2026-03", "2026/3", "202603", "03/2026", "3-2026", "Maret 2026", "mar-26", "March '26",
     "15/03/2026", "2026-03-31", "1 Mrt 2026"],
)  # fmt: skip
def test_a_month_is_read_as_people_write_it(written):
    assert parse_month(written, pivot=date(2027, 12, 31)) == date(2026, 3, 1)


@pytest.mark.parametrize("written", ["", "2026", "13/2026", "2026-00", "Bulan ini", "mar-26x"])
def test_what_is_no_month_is_refused(written):
    with pytest.raises(DateError):
        parse_month(written, pivot=date(2027, 12, 31))


@given(days)
def test_every_month_is_read_back(day):
    assert parse_month(f"{day:%Y-%m}") == parse_month(f"{day:%m/%Y}") == periods.month_of(day)
