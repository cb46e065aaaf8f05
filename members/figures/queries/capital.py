"""What the people on the register have saved, by kind, now and at the end of each month."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from kkmp.lib.periods import add_months, month_end, month_of, months_between
from kkmp.registry.models import Cooperative
from members.figures.filters import FiguresFilter
from members.figures.queries.growth import MONTHS
from members.register.models import Member
from members.savings import queries
from members.savings.models import SavingsBalance, SavingsEntry, SavingsKind


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """One day's end: an amount for each kind, in the order of the kinds.

    :param until: the last day of a month, or the day of asking
    """

    until: date
    amounts_idr: Sequence[int]

    @property
    def total_idr(self) -> int:
        return sum(self.amounts_idr)


@dataclass(frozen=True, slots=True)
class Capital:
    """:param month_ends: oldest first; the last is now"""

    kinds: Sequence[SavingsKind]
    month_ends: Sequence[MonthEnd]

    @property
    def now(self) -> MonthEnd:
        return self.month_ends[-1]


def capital(found: FiguresFilter, cooperative: Cooperative, *, months: int = MONTHS) -> Capital:
    """Savings of the people found, whatever their status, by three statements.

    The past is found by taking away again from the balances what has moved since. It begins
    with the first month in which anything was saved.
    """
    people = found.qs if found.chosen() else None
    kinds = list(queries.kinds(cooperative))
    held = _held(cooperative, people)
    first = add_months(month_of(found.on), 1 - months)
    moved = _moved(cooperative, people, since=first)
    month_ends = []
    for month in reversed(months_between(first, found.on)):
        until = min(month_end(month), found.on)
        month_ends.append(MonthEnd(until, [held[kind.id] for kind in kinds]))
        for kind in kinds:
            held[kind.id] -= moved[month, kind.id]
        if not any(held.values()) and all(moved_month >= month for moved_month, _kind in moved):
            break
    used = [
        at
        for at, kind in enumerate(kinds)
        if kind.is_active or any(end.amounts_idr[at] for end in month_ends)
    ]
    return Capital(
        [kinds[at] for at in used],
        [MonthEnd(end.until, [end.amounts_idr[at] for at in used]) for end in reversed(month_ends)],
    )


def _held(cooperative: Cooperative, people: QuerySet[Member] | None) -> dict[UUID, int]:
    rows: Any = (
        SavingsBalance.objects.of(cooperative)
        .filter(_of(people))
        .values("kind_id")
        .annotate(total=Sum("balance_idr"))
        .order_by("kind_id")
    )
    return defaultdict(int, {row["kind_id"]: row["total"] for row in rows})


def _moved(
    cooperative: Cooperative, people: QuerySet[Member] | None, *, since: date
) -> dict[tuple[date, UUID], int]:
    rows: Any = (
        SavingsEntry.objects.of(cooperative)
        .filter(_of(people), date__gte=since)
        .values("kind_id", month=TruncMonth("date"))
        .annotate(total=Sum("amount_idr"))
        .order_by("month", "kind_id")
    )
    return defaultdict(int, {(row["month"], row["kind_id"]): row["total"] for row in rows})


def _of(people: QuerySet[Member] | None) -> Q:
    return Q() if people is None else Q(member__in=people.order_by().values("id"))
