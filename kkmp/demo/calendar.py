"""The days of the reports of 2025, moved by whole weeks, so that the demo ends yesterday."""

from dataclasses import dataclass
from datetime import date, timedelta

#: The day of the report that the demo reproduces.
REPORTED = date(2025, 10, 18)


@dataclass(frozen=True)
class Calendar:
    """Moves days of 2025 to days of the demo.

    Weekdays stay the same, so the day of the report falls into the last week of the demo; trade
    goes on from there to ``last``.

    :param last: the demo's last day, yesterday
    """

    last: date

    def moved(self, day: date) -> date:
        """The day of the demo that stands for a day of 2025."""
        return day + timedelta(weeks=(self.last - REPORTED).days // 7)

    def days_from(self, first: date) -> list[date]:
        """Every day from ``first`` to the last, both included."""
        return [first + timedelta(days=n) for n in range((self.last - first).days + 1)]
