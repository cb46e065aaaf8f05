"""The lowest balance that a member held of a kind in a month, which returns run on."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from kkmp.lib.periods import month_end, month_of
from kkmp.registry.models import Cooperative
from members.register.models import Member, Status
from members.savings.models import SavingsKind


@dataclass(frozen=True, slots=True)
class Lowest:
    """:param base_idr: the lowest of the balances at the month's start and at each day's end"""

    member: Member
    kind: SavingsKind
    base_idr: int


_LOWEST = """
    WITH days AS (
        SELECT e.member_id, e.kind_id, greatest(e.date, %(first)s::date - 1) AS day,
               sum(e.amount_idr)::bigint AS moved
        FROM members_savingsentry e
        WHERE e.cooperative_id = %(cooperative)s AND e.date <= %(last)s
          AND e.kind_id = ANY(%(kinds)s)
        GROUP BY 1, 2, 3
    ), running AS (
        SELECT member_id, kind_id, day,
               sum(moved) OVER (PARTITION BY member_id, kind_id ORDER BY day) AS balance
        FROM days
    )
    SELECT member_id, kind_id, min(balance)::bigint
    FROM running
    GROUP BY 1, 2
    -- Whoever held nothing when the month began had nothing as the lowest.
    HAVING min(day) < %(first)s::date AND min(balance) > 0
"""


def balances(cooperative: Cooperative, month: date) -> list[Lowest]:
    """Active members' lowest balances of a month in kinds that bear a return, by member number.

    :param month: any day of it
    """
    kinds = {
        kind.id: kind for kind in SavingsKind.objects.of(cooperative).filter(return_percent__gt=0)
    }
    if not kinds:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            _LOWEST,
            {
                "cooperative": cooperative.pk,
                "first": month_of(month),
                "last": month_end(month),
                "kinds": list(kinds),
            },
        )
        rows = cursor.fetchall()
    members = _active(cooperative, month)
    found = [
        Lowest(members[member_id], kinds[kind_id], base_idr)
        for member_id, kind_id, base_idr in rows
        if member_id in members
    ]
    return sorted(found, key=lambda one: (one.member.number or 0, one.kind.position, one.kind.code))


def _active(cooperative: Cooperative, month: date) -> dict[object, Member]:
    rows = (
        Member.objects.of(cooperative)
        .with_status(Status.ACTIVE)
        .filter(joined_on__lte=month_end(month))
        .select_related("party")
    )
    return {member.id: member for member in rows}
