"""Business days and months, and dates as people here write them.

A business day is the calendar day in Asia/Jakarta (UTC+7, no summer time). A month is its
first day, as a ``date``.
"""

import re
from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kkmp.lib.errors import DomainError

JAKARTA = ZoneInfo("Asia/Jakarta")
#: Years that a typed date may name; outside them it is a typing mistake.
YEARS = range(1900, 2200)
#: Nothing that is still written down began earlier.
YEARS_BACK = 50


class DateError(DomainError):
    """The text is no date; the message is fit to show beside the input."""


def business_day(at: datetime) -> date:
    """The calendar day in Asia/Jakarta at this moment; ``at`` carries its time zone."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at.astimezone(JAKARTA).date()


def month_of(day: date) -> date:
    """The first day of its month."""
    return date(day.year, day.month, 1)


def month_end(day: date) -> date:
    """The last day of its month."""
    return date(day.year, day.month, monthrange(day.year, day.month)[1])


def add_months(month: date, count: int) -> date:
    """The month ``count`` months later (earlier if negative), as its first day."""
    year, index = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(year, index + 1, 1)


def months_between(first: date, last: date) -> list[date]:
    """Every month from that of ``first`` to that of ``last``, both included, in order.

    Empty when ``last`` lies in an earlier month.
    """
    count = (last.year - first.year) * 12 + last.month - first.month
    return [add_months(first, step) for step in range(count + 1)]


def format_date(day: date) -> str:
    """``23 November 2026``, the month's name in the language being shown."""
    return date_format(day, "j F Y")


def format_month(month: date) -> str:
    """``November 2026``, in the language being shown."""
    return date_format(month, "F Y")


def parse_date(value: str | date, *, pivot: date | None = None) -> date:
    """Read a date as it is typed here or kept in a spreadsheet.

    Day before month, always: ``23 November 2026``, ``1 Agt 2026``, ``23/11/2026``,
    ``23-11-2026``, ``23.11.26``, ``23-Nov-26``; or ``2026-11-23``. Month names in Indonesian
    and English. A ``date`` is returned as it is; of a ``datetime`` the day (the business day,
    if it carries a time zone).

    :param pivot: two-digit years are the latest that are not after this day; without it they
        are refused
    :raises DateError: no such form, no such day (31/02), or a year outside 1900 to 2199
    """
    if isinstance(value, datetime):
        return value.date() if value.tzinfo is None else business_day(value)
    if isinstance(value, date):
        return value
    year, month, day = _parts(value)
    if len(year) == 2:
        return _latest(int(year), month, day, pivot)
    if int(year) not in YEARS:
        raise DateError(_("The year %(year)s cannot be right.") % {"year": year})
    found = _day_or_none(int(year), month, day)
    if found is None:
        raise DateError(no_such_day())
    return found


def parse_month(text: str, *, pivot: date | None = None) -> date:
    """Read a month as it is typed here or kept in a spreadsheet, as its first day.

    ``Maret 2026``, ``Mar-26``, ``2026-03``, ``03/2026``, ``3.2026``, or any day of it that
    :func:`parse_date` reads. Month names in Indonesian and English.

    :param pivot: as in :func:`parse_date`
    :raises DateError: no such form, no such month, or a year outside 1900 to 2199
    """
    written = text.strip().strip("'\"").strip().lower()
    if match := _MONTH_YEAR_FIRST.fullmatch(written):
        parts = f"1-{match[2]}-{match[1]}"
    elif match := _MONTH_FIRST.fullmatch(written):
        parts = f"1-{match[1]}-{match[2]}"
    elif match := _MONTH_NAMED.fullmatch(written):
        parts = f"1 {match[1]} {match[2]}"
    else:
        parts = text
    try:
        return month_of(parse_date(parts, pivot=pivot))
    except DateError as error:
        raise DateError(_("Write the month like 03/2026 or March 2026.")) from error


_MONTH_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.]?\s*(\d{1,2})", re.ASCII)
_MONTH_FIRST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})", re.ASCII)
_MONTH_NAMED = re.compile(r"([a-z]+)[-/.'\s]*(\d{4}|\d{2})", re.ASCII)

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[t ][\d:.]+)?", re.ASCII)
#: The time of day that a spreadsheet or another system puts behind a day.
_TIME = r"(?:,?\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*(?:[ap]m|wib))?)?"
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})\s*([-/.])\s*(\d{{1,2}})\s*\2\s*(\d{{4}}|\d{{2}}){_TIME}", re.ASCII
)
_NAMED = re.compile(rf"(\d{{1,2}})[-/.\s]*([a-z]+)[-/.\s]*(\d{{4}}|\d{{2}}){_TIME}", re.ASCII)

#: Names and abbreviations, Indonesian (old spellings too) and English, in the order of months.
_MONTH_NAMES = (
    "januari january jan",
    "februari pebruari february feb peb",
    "maret march mar mrt",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "agustus august agt ags agu aug agst",
    "september sept sep",
    "oktober october okt oct",
    "november nopember nov nop",
    "desember december des dec",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}


def _parts(text: object) -> tuple[str, int, int]:
    """Year as written, month and day, not yet known to exist."""
    written = text.strip().strip("'\"").strip().lower() if isinstance(text, str) else ""
    if match := _YEAR_FIRST.fullmatch(written):
        return match[1], int(match[3]), int(match[4])
    if match := _DAY_FIRST.fullmatch(written):
        return match[4], int(match[3]), int(match[1])
    if (match := _NAMED.fullmatch(written)) and match[2] in _MONTHS:
        return match[3], _MONTHS[match[2]], int(match[1])
    raise DateError(_("Write the date like 23/11/2026 or 23 November 2026."))


def _latest(short_year: int, month: int, day: int, pivot: date | None) -> date:
    if pivot is None:
        raise DateError(_("Write the year in four digits."))
    century = pivot.year - pivot.year % 100
    for start in (century, century - 100):
        found = _day_or_none(start + short_year, month, day)
        if found is not None and found <= pivot:
            return found
    raise DateError(no_such_day())


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def no_such_day() -> str:
    """What is said of 31/02."""
    return _("There is no such day in the calendar.")


def refuse_far(
    day: date | None,
    *,
    on: date,
    field: str,
    refusal: type[DomainError] = DateError,
    years: int = 1,
) -> None:
    """Dates have both ends: a slip in a year must not decide anything for a century.

    :param on: today
    :param years: how far ahead it may lie; what begins, begins within a year
    :raises DomainError: ``refusal``, beside its field, where the day lies farther ahead, or more
        than fifty years back
    """
    if day is None:
        return
    last, first = _same_day(on, years), _same_day(on, -YEARS_BACK)
    if not first <= day <= last:
        raise refusal(
            _("Look at the year: the day must lie between %(first)s and %(last)s.")
            % {"first": format_date(first), "last": format_date(last)},
            field=field,
        )


def refuse_late(day: date, *, on: date, years: int = 1) -> None:
    """:raises DateError: the day lies farther ahead of today, ``on``, than these years"""
    last = _same_day(on, years)
    if day > last:
        raise DateError(
            _("Look at the year: the day may be %(last)s at the latest.")
            % {"last": format_date(last)}
        )


def _same_day(day: date, years: int) -> date:
    """The day's date in another year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
