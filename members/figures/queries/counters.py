"""What membership and savings moved, counted from their rows; the city's counters must agree."""

from collections import defaultdict
from datetime import date

from django.db.models import (
    Count,
    Sum,
)

from kkmp.registry.models import Cooperative
from members.register.models import Member, Status, StatusChange
from members.savings.models import SavingsBalance, SavingsEntry, SavingsRole
from members.savings.services.passbook import MEASURES


def figures_by_day(cooperative: Cooperative) -> dict[date, dict[str, int]]:
    """What membership and savings have moved, by business day, added up from the rows.

    The names are those of :data:`~kkmp.registry.models.figures.MEASURES`; days on which
    everything cancels out are left out. The counters must say the same.
    """
    days: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    changes = StatusChange.objects.of(cooperative)
    for sign, side in ((1, "after"), (-1, "before")):
        rows = changes.filter(**{side: Status.ACTIVE}).values("on").annotate(people=Count("id"))
        for change in rows.order_by("on"):
            days[change["on"]]["active_members"] += sign * change["people"]
    moved = SavingsEntry.objects.of(cooperative).values("date", "kind__role")
    for row in moved.annotate(total=Sum("amount_idr")).order_by("date", "kind__role"):
        days[row["date"]][MEASURES[SavingsRole(row["kind__role"])]] += row["total"]
    return {
        day: moves
        for day, sums in sorted(days.items())
        if (moves := {name: change for name, change in sums.items() if change})
    }


def figures_now(cooperative: Cooperative) -> dict[str, int]:
    """How members and savings stand now, counted from the register and the balances."""
    now = dict.fromkeys(["active_members", *MEASURES.values()], 0)
    active = Member.objects.of(cooperative).with_status(Status.ACTIVE)
    now["active_members"] = active.count()
    held = SavingsBalance.objects.of(cooperative).values("kind__role")
    for row in held.annotate(total=Sum("balance_idr")).order_by("kind__role"):
        now[MEASURES[SavingsRole(row["kind__role"])]] += row["total"]
    return now
