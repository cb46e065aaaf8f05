"""How values look on pages. Built into every template; nothing to load.

Each filter writes an en dash for None (and for what is not there), because nothing known is not
zero. English readers see English numbers, ``4,512`` and ``12.5%``.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django import template

from kkmp.lib import money, periods
from kkmp.lib import phone as phones
from kkmp.lib import quantity as quantities

register = template.Library()

#: What stands where there is no value.
DASH = "–"


@register.filter
def rupiah(amount_idr: int | None) -> str:
    """``Rp1.250.000``"""
    return DASH if _absent(amount_idr) else money.format_rupiah(int(amount_idr or 0))


@register.filter
def number(value: int | float | Decimal | None, places: int = 0) -> str:
    """``1.234``; ``places`` decimals after a comma, rounded half up (``|number:1``)."""
    return DASH if _absent(value) else _decimal(Decimal(str(value)), places)


@register.filter
def quantity(value: Decimal | int | None) -> str:
    """``125,5``: up to three decimals, no trailing zeros."""
    return DASH if _absent(value) else quantities.format_quantity(value or 0)


@register.filter
def percent(share: int | float | Decimal | Fraction | None, places: int = 1) -> str:
    """A share as ``12,5%``: 1 is ``100%``, and decimals that are all zero are left out."""
    if share is None or share == "":
        return DASH
    exact = Fraction(str(share)) * 100
    text = _decimal(Decimal(money.round_half_up(exact * 10**places)).scaleb(-places), places)
    return text.removesuffix(money.decimal_mark() + "0" * places) + "%"


@register.filter
def date_long(day: date | datetime | None) -> str:
    """``23 November 2026``; of a moment, the business day it falls on."""
    return DASH if day is None or day == "" else periods.format_date(_day(day))


@register.filter
def month_long(day: date | datetime | None) -> str:
    """``November 2026``"""
    return DASH if day is None or day == "" else periods.format_month(_day(day))


@register.filter
def time_wib(at: datetime | None) -> str:
    """``14.30 WIB``, whatever time zone the moment carries."""
    return DASH if at is None or at == "" else f"{at.astimezone(periods.JAKARTA):%H.%M} WIB"


@register.filter
def phone(value: str | None) -> str:
    """``0818-9782-5707``"""
    return phones.format_phone(value) if value else DASH


def _absent(value: object) -> bool:
    return value is None or value == ""


def _day(day: date | datetime) -> date:
    return periods.business_day(day) if isinstance(day, datetime) else day


def _decimal(value: Decimal, places: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _point, decimals = f"{abs(rounded):f}".partition(".")
    sign = "-" if rounded < 0 else ""
    mark = money.decimal_mark() if decimals else ""
    return f"{sign}{money.group_thousands(int(whole))}{mark}{decimals}"
