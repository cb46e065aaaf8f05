"""Working the funnel: who stands where for how long, and how many become members."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, TypedDict

from django.db.models import (
    Aggregate,
    BigIntegerField,
    Case,
    CharField,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncMonth
from django_stubs_ext import WithAnnotations

from kkmp.lib.periods import add_months, month_of
from kkmp.registry.models import Cooperative
from members.joining.models import Contact
from members.register.models import Member, MemberQuerySet, Status, StatusChange
from members.register.services.membership import CANDIDATES
from members.savings.models import SavingsBalance, SavingsRole

#: Days at a step: fresh up to six, old from thirty-one.
FRESH_DAYS, OLD_DAYS = 7, 30
AGES = ("fresh", "waiting", "old")
MONTHS = 6


class Median(Aggregate):
    """The middle value, one that occurs."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(slots=True)
class Line:
    """How many candidates there are at a step or in an RW.

    :param columns: ages, or steps
    """

    key: str
    label: Any
    columns: tuple[str, ...]
    total: int = 0
    by: dict[str, int] = field(default_factory=dict)

    def add(self, column: str, people: int) -> None:
        self.total += people
        self.by[column] = self.by.get(column, 0) + people

    @property
    def cells(self) -> list[tuple[str, int]]:
        """Every column with its people, zero included."""
        return [(column, self.by.get(column, 0)) for column in self.columns]


@dataclass(frozen=True, slots=True)
class Conversion:
    """How many of the people who came in during a month became members.

    :param month: its first day; None for all months together
    :param median_days: from coming in to membership; None where nobody became a member
    """

    month: date | None
    came: int
    joined: int
    median_days: int | None

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.joined, self.came) if self.came else None


class Step(TypedDict):
    """What :func:`candidates` bring along."""

    #: The day of their last step.
    since: date
    #: How long ago that was, as the filter names it.
    age: str
    #: Of the principal; whole rupiah.
    paid_idr: int
    #: The last contact, and its channel.
    called_on: date | None
    called_by: str | None


def candidates(
    cooperative: Cooperative, *, on: date
) -> "MemberQuerySet[WithAnnotations[Member, Step]]":
    """People who are not members yet, at their steps."""
    theirs = {"member_id": OuterRef("pk")}
    steps = StatusChange.objects.of(cooperative).filter(**theirs).order_by("-on", "-id")
    calls = Contact.objects.of(cooperative).filter(**theirs).order_by("-on", "-id")
    held = SavingsBalance.objects.of(cooperative).filter(**theirs)
    paid = held.filter(kind__role=SavingsRole.PRINCIPAL).values("balance_idr")
    people = Member.objects.of(cooperative).with_status(*CANDIDATES)
    return people.annotate(
        since=Coalesce(Subquery(steps.values("on")[:1]), F("applied_on")),
        age=_age(on),
        paid_idr=Coalesce(Subquery(paid[:1], output_field=BigIntegerField()), Value(0)),
        called_on=Subquery(calls.values("on")[:1]),
        called_by=Subquery(calls.values("channel")[:1]),
    )


def summary(cooperative: Cooperative, *, on: date) -> tuple[list[Line], list[Line]]:
    """Candidates counted by step and age, and by RW and step."""
    steps = {status.value: Line(status.value, status.label, AGES) for status in CANDIDATES}
    places: dict[str, Line] = {}
    columns = tuple(steps)
    people: QuerySet[Any] = candidates(cooperative, on=on)
    rows = people.values("status", "rw", "age")
    for row in rows.annotate(people=Count("id")).order_by("rw", "status", "age"):
        steps[row["status"]].add(row["age"], row["people"])
        place = places.setdefault(row["rw"], Line(row["rw"], row["rw"], columns))
        place.add(row["status"], row["people"])
    # Those whose RW is not known come last.
    return list(steps.values()), sorted(places.values(), key=lambda line: (not line.key, line.key))


def conversion(cooperative: Cooperative, *, on: date, months: int = MONTHS) -> list[Conversion]:
    """How many people of each month became members, latest month first; then of all months.

    People who were members before they stood here, as in a list that was taken over, never were
    in the funnel.
    """
    first = add_months(month_of(on), 1 - months)
    came = _came_in(cooperative, first, on)
    found = {
        row["month"]: _conversion(row["month"], row)
        for row in _counted(came.annotate(month=TruncMonth("applied_on")).values("month"))
    }
    listed = [add_months(first, number) for number in reversed(range(months))]
    by_month = [found.get(month) or Conversion(month, 0, 0, None) for month in listed]
    everybody = came.aggregate(**_MEASURES)
    return [*by_month, _conversion(None, everybody)]


def _age(on: date) -> Case:
    return Case(
        When(since__gt=on - timedelta(days=FRESH_DAYS), then=Value("fresh")),
        When(since__gte=on - timedelta(days=OLD_DAYS), then=Value("waiting")),
        default=Value("old"),
        output_field=CharField(),
    )


def _came_in(cooperative: Cooperative, first: date, last: date) -> QuerySet[Member]:
    taken_over = StatusChange.objects.of(cooperative).filter(
        member_id=OuterRef("pk"), before="", after=Status.ACTIVE
    )
    came = Member.objects.of(cooperative).filter(applied_on__gte=first, applied_on__lte=last)
    return came.filter(~Exists(taken_over))


_TOOK = ExpressionWrapper(F("joined_on") - F("applied_on"), output_field=DurationField())
_MEASURES: dict[str, Any] = {
    "came": Count("id"),
    "joined": Count("id", filter=Q(joined_on__isnull=False)),
    "took": Median(_TOOK, output_field=DurationField()),
}


def _counted(rows: QuerySet[Any]) -> QuerySet[Any]:
    counted: QuerySet[Any] = rows.annotate(**_MEASURES)
    return counted.order_by("month")


def _conversion(month: date | None, row: dict[str, Any]) -> Conversion:
    took = row["took"]
    return Conversion(month, row["came"], row["joined"], None if took is None else took.days)
