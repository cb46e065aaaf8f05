"""How values look on pages."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import Context, Template
from django.utils import formats as django_formats
from django.utils import translation

from kkmp.lib.templatetags import formats


def render(expression: str, **values: object) -> str:
    return Template(f"{{{{ {expression} }}}}").render(Context(values))


@pytest.mark.parametrize(
    ("expression", "value", "text"),
    [
        ("value|rupiah", 1_250_000, "Rp1.250.000"),
        ("value|rupiah", -5000, "-Rp5.000"),
        ("value|rupiah", 0, "Rp0"),
        ("value|number", 4512, "4.512"),
        ("value|number", 0, "0"),
        ("value|number", -1234567, "-1.234.567"),
        ("value|number", Decimal("1234.5"), "1.235"),
        ("value|number:1", 1234.56, "1.234,6"),
        ("value|number:2", Decimal("-0.005"), "-0,01"),
        ("value|quantity", Decimal("125.500"), "125,5"),
        ("value|quantity", 48, "48"),
        ("value|quantity", Decimal("0.000"), "0"),
        ("value|percent", Decimal("0.125"), "12,5%"),
        ("value|percent", 1, "100%"),
        ("value|percent", 0, "0%"),
        ("value|percent", 0.07, "7%"),
        ("value|percent", Fraction(7, 177), "4%"),
        ("value|percent:2", Fraction(7, 177), "3,95%"),
        ("value|percent:0", Decimal("0.125"), "13%"),
        ("value|percent:0", Decimal("0.1"), "10%"),
        ("value|percent:0", Decimal("12"), "1.200%"),
        ("value|percent", Decimal("-0.0525"), "-5,3%"),
    ],
)
def test_numbers_look_as_people_here_write_them(expression, value, text):
    """How English readers have them stands in ``test_english``."""
    with translation.override("id"):
        assert render(expression, value=value) == text


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    ("expression", "value", "text"),
    [
        ("value|time_wib", datetime(2026, 11, 23, 7, 30, tzinfo=UTC), "14.30 WIB"),
        ("value|phone", "+6281897825707", "0818-9782-5707"),
        ("value|date_long", date(2026, 11, 23), "23 November 2026"),
        ("value|date_long", datetime(2026, 11, 22, 17, 30, tzinfo=UTC), "23 November 2026"),
        ("value|month_long", date(2026, 11, 1), "November 2026"),
    ],
)
def test_days_and_telephones_look_the_same_in_every_language(language, expression, value, text):
    with translation.override(language):
        assert render(expression, value=value) == text


@pytest.mark.parametrize(
    ("language", "text"), [("id", "17 Agustus 2026"), ("en", "17 August 2026")]
)
def test_only_the_months_name_follows_the_language(language, text):
    with translation.override(language):
        assert render("value|date_long", value=date(2026, 8, 17)) == text


@pytest.mark.parametrize("name", sorted(formats.register.filters))
def test_what_is_not_there_is_a_dash(name):
    assert render(f"value|{name}", value=None) == "–"
    assert render(f"missing|{name}") == "–"


@pytest.mark.parametrize(("language", "million"), [("id", "1.234.567,5"), ("en", "1,234,567.5")])
def test_plain_dates_and_numbers_follow_the_house(language, million):
    with translation.override(language):
        assert django_formats.date_format(date(2026, 11, 3)) == "3 November 2026"
        assert (
            django_formats.date_format(datetime(2026, 11, 3, 9, 5), "DATETIME_FORMAT")
            == "3 November 2026, 09.05"
        )
        grouped = django_formats.number_format(Decimal("1234567.5"), force_grouping=True)
        assert grouped == million
        assert django_formats.get_format("FIRST_DAY_OF_WEEK") == 1
        assert django_formats.get_format("DATE_INPUT_FORMATS")[0] == "%d/%m/%Y"
