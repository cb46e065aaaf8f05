"""Days that lists and reports are about: those mostly asked for, or from one to another."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from kkmp.lib.periods import format_date, month_of


@dataclass(frozen=True, slots=True)
class DateRange:
    """Business days, both included."""

    since: date
    until: date

    def __str__(self) -> str:
        if self.since == self.until:
            return format_date(self.since)
        words = {"since": format_date(self.since), "until": format_date(self.until)}
        return _("%(since)s to %(until)s") % words

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    def query(self) -> dict[str, str]:
        """The range as it stands in the query of an address."""
        return {"since": self.since.isoformat(), "until": self.until.isoformat()}

    def moved(self, times: int) -> "DateRange":
        """The range moved on by its own length ``times`` over; back where that is negative."""
        step = timedelta(days=self.days * times)
        return DateRange(self.since + step, self.until + step)


def chosen(given: dict[str, Any], *, on: date) -> DateRange:
    """The days that a form asks for; the day itself where it asks for none.

    One of the two alone is that day, or from it to the day itself. The earlier one comes first,
    whichever was written first.
    """
    since: date | None = given.get("since")
    until: date | None = given.get("until")
    if since and until:
        return DateRange(min(since, until), max(since, until))
    if since:
        return DateRange(since, max(since, on))
    return DateRange(until or on, until or on)


def usual(on: date) -> list[tuple[str, DateRange]]:
    """What is mostly asked for, each with its words; a week begins on Monday."""
    yesterday = on - timedelta(days=1)
    last_month = month_of(on) - timedelta(days=1)
    return [
        (_("Today"), DateRange(on, on)),
        (_("Yesterday"), DateRange(yesterday, yesterday)),
        (_("This week"), DateRange(on - timedelta(days=on.weekday()), on)),
        (_("This month"), DateRange(month_of(on), on)),
        (_("Last month"), DateRange(month_of(last_month), last_month)),
    ]
