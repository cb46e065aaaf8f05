"""Which months are open, and which is to be closed next."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from finance.ledger.models import Journal, JournalCount
from finance.months.models import Month
from kkmp.lib.periods import add_months, month_end, month_of, months_between
from kkmp.registry.models import Cooperative


@dataclass(frozen=True, slots=True)
class MonthStatus:
    month: date
    journals: int
    #: None while it is open.
    closed: Month | None

    @property
    def last_day(self) -> date:
        return month_end(self.month)


def months(cooperative: Cooperative, on: date) -> list[MonthStatus]:
    """Every month from the first journal to ``on``, the latest first."""
    counted = _journals_by_month(cooperative)
    if not counted:
        return []
    closed = {row.month: row for row in _closed(cooperative).select_related("closed_by")}
    span = months_between(min(counted), max(on, *counted))
    return [MonthStatus(m, counted.get(m, 0), closed.get(m)) for m in reversed(span)]


def month_to_close(cooperative: Cooperative) -> date | None:
    """The month whose turn it is: after the last closed one, else that of the first journal."""
    last = _closed(cooperative).first()
    if last is not None:
        return add_months(last.month, 1)
    first = Journal.objects.of(cooperative).order_by("date", "number").first()
    return None if first is None else month_of(first.date)


def _closed(cooperative: Cooperative) -> QuerySet[Month]:
    return Month.objects.of(cooperative).order_by("-month")


def _journals_by_month(cooperative: Cooperative) -> dict[date, int]:
    rows = JournalCount.objects.of(cooperative).order_by("month", "id")
    return dict(rows.values_list("month", "journals"))
