"""What stands in the books: journals, accounts with their balances, months."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncMonth

from finance.ledger import kinds
from finance.ledger.accounts import Code
from finance.ledger.models import Journal, Line
from finance.ledger.periods import Month
from finance.ledger.queries import _reversed, journals
from kkmp.lib.periods import add_months, month_end, month_of, months_between
from kkmp.registry.models import Cooperative


def opening_cash(cooperative: Cooperative) -> Journal | None:
    """The opening of cash and bank that stands, if it has been recorded."""
    recorded = journals(cooperative).filter(kind=kinds.OPENING_CASH)
    return recorded.exclude(_reversed(cooperative)).first()


@dataclass(frozen=True, slots=True)
class Clearing:
    """What the opening entries put on the clearing account, whole rupiah.

    Cash, bank and stock are what the cooperative had; savings are what it owed its members.
    """

    by_kind: dict[str, int]

    @property
    def had_idr(self) -> int:
        return sum(amount for amount in self.by_kind.values() if amount > 0)

    @property
    def owed_idr(self) -> int:
        return -sum(amount for amount in self.by_kind.values() if amount < 0)

    @property
    def left_idr(self) -> int:
        """Positive: more was there than is explained. Negative: money is still to be found."""
        return self.had_idr - self.owed_idr

    @property
    def missing_idr(self) -> int:
        """What is still to be found; zero if nothing is."""
        return max(-self.left_idr, 0)


def clearing(cooperative: Cooperative) -> Clearing:
    """What stands on the clearing account, by the kind of entry; reversals taken off."""
    rows = (
        Line.objects.of(cooperative)
        .filter(account__code=Code.OPENING_CLEARING)
        .order_by()
        .values("journal__kind")
        .annotate(amount_idr=Sum(F("credit_idr") - F("debit_idr")))
    )
    by_kind: dict[str, int] = {}
    for row in rows:
        kind = kinds.original(row["journal__kind"])
        by_kind[kind] = by_kind.get(kind, 0) + row["amount_idr"]
    return Clearing({kind: amount for kind, amount in sorted(by_kind.items()) if amount})


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
    rows = (
        Journal.objects.of(cooperative)
        .order_by()
        .values(month=TruncMonth("date"))
        .annotate(count=Count("pk"))
    )
    return {row["month"]: row["count"] for row in rows}
