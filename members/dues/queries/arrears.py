"""Who is behind with the mandatory savings and who is ahead: for all members in one statement.

:mod:`members.dues.schedule` reckons the months of one member; this module does the same in SQL.
The monthly amount changes seldom, so there are few periods with one amount each. For each period
the months in which the person was a member are counted and multiplied by the amount; the sum is
what is due. Nothing of this is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict, TypeVar

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Expression,
    F,
    FilteredRelation,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import (
    Cast,
    Coalesce,
    ExtractMonth,
    ExtractYear,
    Greatest,
    Least,
)
from django_stubs_ext import WithAnnotations

from kkmp.lib.existing import present
from kkmp.registry.models import Cooperative, CooperativeSettings
from members.dues.schedule import DuesStatus, Membership, Schedule, Tariff, schedule, status
from members.leaving.models import ExitLine
from members.register.models import Category, Member, MemberQuerySet, Status
from members.savings.models import SavingsBalance, SavingsKind, SavingsRole

_ZERO = Value(0, BigIntegerField())
#: Ages of arrears, in months that the oldest of them lies back: from and to.
AGES: dict[str, tuple[int, int | None]] = {"1-3": (1, 3), "4-6": (4, 6), "7": (7, None)}


M = TypeVar("M", bound=Member)


class Paid(TypedDict):
    """The column that :func:`active` and :func:`left` add to a member; whole rupiah."""

    paid_idr: int


class Owing(Paid):
    """The columns of somebody who may owe: paid, and due; each function says of which months."""

    due_idr: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What a cooperative asks a month, by category; and the kinds that count towards it."""

    tariffs: Mapping[str, Tariff]
    kinds: tuple[SavingsKind, ...]

    @classmethod
    def of(cls, cooperative: Cooperative) -> "Rules":
        rows = list(CooperativeSettings.objects.of(cooperative).order_by("valid_from", "id"))
        kinds = SavingsKind.objects.of(cooperative).filter(role=SavingsRole.MANDATORY)
        return cls(
            {
                category.value: Tariff(
                    tuple((row.valid_from, row.mandatory_of(category)) for row in rows)
                )
                for category in Category
            },
            tuple(kinds.order_by("position", "code", "id")),
        )

    def schedule(self, member: Member, paid_idr: int, *, until: date, on: date) -> Schedule:
        """The months of somebody who is or was a member."""
        return schedule(
            tariff=self.tariffs[member.category],
            membership=_membership(member),
            paid_idr=paid_idr,
            until=until,
            on=on,
        )

    def status(self, member: Member, paid_idr: int, *, on: date) -> DuesStatus:
        return status(
            tariff=self.tariffs[member.category],
            membership=_membership(member),
            paid_idr=paid_idr,
            on=on,
        )


@dataclass(frozen=True, slots=True)
class Arrears:
    """How many are behind, and by how much, of one age or all."""

    people: int
    total_idr: int


def active(
    cooperative: Cooperative, rules: Rules
) -> "MemberQuerySet[WithAnnotations[Member, Paid]]":
    """Active members with ``paid_idr``: what they hold of the mandatory savings."""
    people = Member.objects.of(cooperative).with_status(Status.ACTIVE)
    kinds = [kind.id for kind in rules.kinds]
    if len(kinds) == 1:
        # Most cooperatives have one such kind. Then each member has one balance or none, and a join
        # is enough.
        of_kind = Q(savings_balances__kind_id=kinds[0])
        joined = people.annotate(held=FilteredRelation("savings_balances", condition=of_kind))
        return joined.annotate(paid_idr=Coalesce(F("held__balance_idr"), _ZERO))
    held = SavingsBalance.objects.of(cooperative).filter(
        member_id=OuterRef("pk"), kind_id__in=kinds
    )
    return people.annotate(paid_idr=_sum(held.values("member_id"), "balance_idr"))


def left(cooperative: Cooperative, rules: Rules) -> "MemberQuerySet[WithAnnotations[Member, Paid]]":
    """Former members with ``paid_idr``: what they had paid in, and got back when they left."""
    given_back = ExitLine.objects.of(cooperative).filter(
        exit__member_id=OuterRef("pk"),
        exit__member_since=OuterRef("joined_on"),
        kind_id__in=[kind.id for kind in rules.kinds],
    )
    people = Member.objects.of(cooperative).with_status(Status.LEFT).filter(joined_on__isnull=False)
    return people.annotate(paid_idr=_sum(given_back.values("exit__member_id"), "amount_idr"))


def paid_by(member: Member, rules: Rules) -> int:
    """What one member has paid of mandatory savings; whole rupiah."""
    people = left if member.status == Status.LEFT else active
    found = people(member.cooperative, rules).filter(id=member.id)
    return found.values_list("paid_idr", flat=True).first() or 0


def behind(
    people: "MemberQuerySet[WithAnnotations[Member, Paid]]", rules: Rules, *, on: date
) -> "MemberQuerySet[WithAnnotations[Member, Owing]]":
    """People who owe something for the months that are over; ``due_idr`` is of these months."""
    return people.annotate(due_idr=due(rules, through=_month(on) - 1)).filter(
        due_idr__gt=F("paid_idr")
    )


def ahead(
    people: "MemberQuerySet[WithAnnotations[Member, Paid]]", rules: Rules, *, on: date
) -> "MemberQuerySet[WithAnnotations[Member, Owing]]":
    """People who have paid for months that have not begun."""
    return people.annotate(due_idr=due(rules, through=_month(on))).filter(due_idr__lt=F("paid_idr"))


def by_arrears(people: MemberQuerySet[M], rules: Rules, *, on: date) -> MemberQuerySet[M]:
    """Members ordered by what is open of the months that are over, the largest first."""
    return people.order_by(F("paid_idr") - due(rules, through=_month(on) - 1), "name", "id")


def open_now(
    people: "MemberQuerySet[WithAnnotations[Member, Paid]]", rules: Rules, *, on: date
) -> "MemberQuerySet[WithAnnotations[Member, Owing]]":
    """Members with ``due_idr``, of all months that have begun."""
    return people.annotate(due_idr=due(rules, through=_month(on)))


def aged(people: MemberQuerySet[M], rules: Rules, age: str, *, on: date) -> MemberQuerySet[M]:
    """The people of :func:`behind` whose oldest open month is of this age; see :data:`AGES`."""
    first, last = AGES[age]
    people = people.filter(paid_idr__lt=due(rules, through=_month(on) - first))
    if last is not None:
        people = people.filter(paid_idr__gte=due(rules, through=_month(on) - last - 1))
    return people


def arrears(people: MemberQuerySet[Any], rules: Rules, *, on: date) -> dict[str, Arrears]:
    """How many people of :func:`behind` owe how much, for each age; all of them under ``""``."""
    oldest = Case(
        *(
            When(paid_idr__lt=due(rules, through=_month(on) - first), then=Value(age))
            for age, (first, _last) in reversed(AGES.items())
        )
    )
    rows = people.order_by().annotate(oldest=oldest).values("oldest")
    sums = rows.annotate(people=Count("id"), open_idr=Sum(F("due_idr") - F("paid_idr")))
    found = {row["oldest"]: Arrears(row["people"], int(row["open_idr"])) for row in sums}
    by_age = {age: found.get(age, Arrears(0, 0)) for age in AGES}
    everybody = Arrears(
        sum(one.people for one in by_age.values()), sum(one.total_idr for one in by_age.values())
    )
    return {"": everybody, **by_age}


def first_year(cooperative: Cooperative) -> int | None:
    """The year in which the first member joined."""
    joined = Member.objects.of(cooperative).aggregate(first=Min("joined_on"))["first"]
    return joined.year if joined else None


def due(rules: Rules, *, through: int) -> Expression:
    """What is due of an active member from joining to a month; whole rupiah.

    :param through: number of the month, as :func:`_month` counts
    """
    last = Value(through, IntegerField())
    ordinary, extraordinary = (rules.tariffs[c.value] for c in Category)
    if ordinary == extraordinary:
        return _due(ordinary, last)
    return Case(
        When(category=Category.EXTRAORDINARY, then=_due(extraordinary, last)),
        default=_due(ordinary, last),
    )


def _due(tariff: Tariff, last: Expression) -> Expression:
    total: Expression = _ZERO
    for start, end, amount_idr in tariff.periods():
        joined = _month_of("joined_on")
        begin = Greatest(joined, Value(_month(start), IntegerField())) if start else joined
        finish = Least(last, Value(_month(end), IntegerField())) if end else last
        months = Greatest(finish - begin + 1, Value(0, IntegerField()))
        total += Cast(months, BigIntegerField()) * Value(amount_idr, BigIntegerField())
    return total


def _sum(rows: QuerySet[Any], amount: str) -> Coalesce:
    sums = rows.order_by().annotate(total=Sum(amount)).values("total")
    return Coalesce(Subquery(sums, output_field=BigIntegerField()), _ZERO)


def _month(day: date) -> int:
    """The number of the month, counted from the year 0."""
    return day.year * 12 + day.month


def _month_of(field: str) -> Cast:
    return Cast(ExtractYear(field) * 12 + ExtractMonth(field), IntegerField())


def _membership(member: Member) -> Membership:
    joined_on = present(member.joined_on, "only members owe")
    return Membership(joined_on, member.left_on if member.status == Status.LEFT else None)
