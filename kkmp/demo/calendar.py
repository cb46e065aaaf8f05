"""The reported situation of 18 October 2025, moved by whole weeks so that today's pages live."""

from dataclasses import dataclass
from datetime import date, timedelta

#: The day of the reports that the demo replays.
REPORTED = date(2025, 10, 18)


@dataclass(frozen=True)
class Calendar:
    """Days of the replay.

    Weekdays stay what they were, so the reported day falls within the last week; trade goes on
    from there to ``last``.

    :param last: the demo's last day, yesterday
    """

    last: date

    def moved(self, day: date) -> date:
        """Where a day of 2025 falls in the replay."""
        return day + timedelta(weeks=(self.last - REPORTED).days // 7)

    def days_from(self, first: date) -> list[date]:
        """Every day from ``first`` to the last, both included."""
        return [first + timedelta(days=n) for n in range((self.last - first).days + 1)]
