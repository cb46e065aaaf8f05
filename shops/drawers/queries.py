"""Reads of shifts: whose they are, which drawers are free, and how the counts differed."""

from datetime import date
from typing import TypedDict
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from finance.ledger.models import BusinessUnit
from kkmp.access.models import User
from kkmp.access.permissions import Permission
from kkmp.lib.existing import present
from kkmp.registry.models import Cooperative
from shops.drawers import cash
from shops.drawers.cash import Flow
from shops.drawers.models import CashMovement, CountCorrection, Shift

#: How far back the differences are added up, days.
LOOK_BACK = 90


class Differences(TypedDict):
    """How the counts of one cashier came out.

    ``off`` is how many did not; ``short_idr`` and ``over_idr`` are both positive.
    """

    cashier_name: str
    cashier_key: UUID
    shifts: int
    off: int
    short_idr: int
    over_idr: int


def shifts(cooperative: Cooperative) -> QuerySet[Shift]:
    """Shifts with unit and people and the last word on their counts, latest first."""
    rows = Shift.objects.of(cooperative).select_related(
        "cooperative", "unit", "cashier", "closed_by"
    )
    return with_last_counts(cooperative, rows).order_by("-number", "id")


def with_last_counts(cooperative: Cooperative, rows: QuerySet[Shift]) -> QuerySet[Shift]:
    """Shifts of the query, each with what corrections of its count came to."""
    return rows.annotate(corrections_idr=Coalesce(_recounted(cooperative), 0))


def _recounted(cooperative: Cooperative) -> Subquery:
    more = CountCorrection.objects.of(cooperative).filter(shift=OuterRef("pk"))
    sums = more.order_by().values("shift").annotate(total=Sum("amount_idr"))
    return Subquery(sums.values("total"))


def readable(
    cooperative: Cooperative, user: User, permissions: frozenset[Permission]
) -> QuerySet[Shift]:
    """One's own, or everybody's for those who look after the shifts."""
    found = shifts(cooperative)
    if Permission.SHIFTS_READ in permissions:
        return found
    return found.filter(cashier=user.pk)


def closable(
    cooperative: Cooperative, user: User, permissions: frozenset[Permission]
) -> QuerySet[Shift]:
    """One's own while one sells, and everybody's for those who approve."""
    found = shifts(cooperative)
    if Permission.SALES_APPROVE in permissions:
        return found
    if Permission.SALES_SELL in permissions:
        return found.filter(cashier=user.pk)
    return found.none()


def open_shift_of(cooperative: Cooperative, cashier: User) -> Shift | None:
    """The shift that a cashier has open, with its unit; there is at most one."""
    return (
        Shift.objects.of(cooperative)
        .select_related("unit")
        .filter(cashier=cashier.pk, closed_at=None)
        .first()
    )


def latest_of(cooperative: Cooperative, cashier: User) -> Shift | None:
    """The cashier's latest shift, open or closed."""
    return shifts(cooperative).filter(cashier=cashier.pk).first()


def closed_with(cooperative: Cooperative, key: UUID | None) -> Shift | None:
    """The shift that was closed by a form with this key."""
    if key is None:
        return None
    return Shift.objects.of(cooperative).filter(closing_key=key).first()


def moved_with(cooperative: Cooperative, key: UUID | None) -> CashMovement | None:
    """The cash movement that was made by a form with this key."""
    if key is None:
        return None
    return CashMovement.objects.of(cooperative).filter(key=key).first()


def counted_idr(shift: Shift) -> int:
    """What a closed drawer held, corrections of the count included."""
    rows = CountCorrection.objects.of(shift.cooperative_id).filter(shift=shift)
    more = rows.aggregate(total=Coalesce(Sum("amount_idr"), 0))
    return present(shift.counted_idr, "it is closed") + int(more["total"])


def corrections(shift: Shift) -> QuerySet[CountCorrection]:
    """What was said of the count afterwards, in its order."""
    rows = CountCorrection.objects.of(shift.cooperative_id).filter(shift=shift)
    return rows.select_related("by").order_by("at", "id")


def movements(cooperative: Cooperative) -> QuerySet[CashMovement]:
    """What went into and out of drawers beside sales, with the shift it was of."""
    undoing = CashMovement.objects.of(cooperative).filter(reverses_id=OuterRef("pk"))
    rows = CashMovement.objects.of(cooperative).annotate(is_undone=Exists(undoing))
    return rows.select_related("shift__unit", "shift__cashier", "by").order_by("at", "id")


def counts_of(shift: Shift) -> dict[str, int]:
    """How many receipts and returns a shift has; no amounts, which the cashier must not know
    before counting."""
    return {
        "sales": cash.documents_of(shift, Flow.SALES),
        "returns": cash.documents_of(shift, Flow.REFUNDS),
    }


def suggested_drawer(unit: BusinessUnit, cashier: User) -> str:
    """The drawer that the cashier had last at this unit if it is free, else the first free one."""
    of_unit = Shift.objects.of(unit.cooperative_id).filter(unit=unit)
    taken = set(of_unit.filter(closed_at=None).values_list("drawer", flat=True))
    own = of_unit.filter(cashier=cashier.pk).order_by("-number", "id")
    last = own.values_list("drawer", flat=True).first()
    if last is not None and last not in taken:
        return str(last)
    names = (_("Drawer %(number)d") % {"number": number} for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def still_off(cooperative: Cooperative, since: date) -> list[int]:
    """What is too much at each shift closed since, or missing where it is negative.

    Shifts whose count has been put right are not among them.
    """
    gap = _last_gap(cooperative)
    closed = Shift.objects.of(cooperative).filter(closed_at__date__gte=since)
    rows = closed.annotate(gap=gap).exclude(gap=0).order_by("number", "id")
    return list(rows.values_list("gap", flat=True))


def differences(cooperative: Cooperative, since: date) -> list[Differences]:
    """Counts of closed shifts by cashier, worst first; by the last word on each."""
    gap = F("gap")
    rows = (
        Shift.objects.of(cooperative)
        .filter(closed_at__date__gte=since)
        .annotate(gap=_last_gap(cooperative))
        .values(cashier_name=F("cashier__name"), cashier_key=F("cashier_id"))
        .annotate(
            shifts=Count("id"),
            off=Count("id", filter=~Q(gap=0)),
            short_idr=Coalesce(Sum(-gap, filter=Q(gap__lt=0)), 0),
            over_idr=Coalesce(Sum(gap, filter=Q(gap__gt=0)), 0),
        )
        .order_by("-short_idr", "cashier_name", "cashier_key")
    )
    return list(rows)


def _last_gap(cooperative: Cooperative) -> CombinedExpression:
    """What was counted by the last word on it, less what should have been there."""
    return F("counted_idr") + Coalesce(_recounted(cooperative), 0) - F("expected_idr")
