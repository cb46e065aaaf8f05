"""What the books say of one member: every query names the member's party."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import TruncMonth

from finance.ledger.accounts import Code
from finance.ledger.models import Line
from kkmp.lib.periods import add_months, month_of, months_between
from kkmp.lib.phone import format_phone
from members.register.models import Member

LATEST = 10
#: Months that are listed one by one.
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """:param amount_idr: zero where there was nothing"""

    month: date
    amount_idr: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A line of the books as it concerns the member; negative where it was taken back."""

    date: date
    amount_idr: int


def masked_phone(phone: str) -> str:
    """``0812-•••-001``: enough for its owner to know it; empty where there is none."""
    shown = format_phone(phone) if phone else ""
    return f"{re.split('[- ]', shown)[0]}-•••-{phone[-3:]}" if shown else ""


_NET = F("credit_idr") - F("debit_idr")


def lines(member: Member, account: Code) -> QuerySet[Line]:
    """A member's lines of an account."""
    rows = Line.objects.of(member.cooperative_id)
    return rows.filter(party_id=member.party_id, account__code=account)


def sum_idr(rows: QuerySet[Line]) -> int:
    return int(rows.aggregate(total=Sum(_NET))["total"] or 0)


def moved(rows: QuerySet[Line]) -> list[Moved]:
    """The latest lines, newest first."""
    latest = rows.annotate(net=_NET).order_by("-date", "-id").values_list("date", "net")
    return [Moved(*row) for row in latest[: LATEST * 2]]


def by_month(rows: QuerySet[Line], on: date) -> list[Month]:
    """The last months since the first with anything in it, newest first; none if none has."""
    first = add_months(month_of(on), 1 - MONTHS)
    months = rows.filter(date__gte=first).annotate(month=TruncMonth("date")).order_by("month")
    return _filled(dict(months.values_list("month").annotate(net=Sum(_NET))), on)


def _filled(sums: dict[date, int], on: date) -> list[Month]:
    months = reversed(months_between(min(sums), on)) if sums else []
    return [Month(month, sums.get(month, 0)) for month in months]
