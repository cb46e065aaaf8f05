"""Growth lines: how members, capital and turnover came to be what they are.

The last point is how things stood when yesterday ended: how they stand now, from
``CooperativeFigures``, without what today has changed. Those before it are found by taking each
day's change away again, so that no history is read beyond what is shown.
Run within :func:`kkmp.registry.scope.city`, or within the cooperative's own scope.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kkmp.registry.models import Cooperative, DayFigures, Regency

#: What is shown: half a year, by week.
WEEKS = 26
#: How many weeks before yesterday today lies.
_TODAY = -1


@dataclass(frozen=True, slots=True)
class Point:
    """A week: how things stood on its last day, and what was turned over in it."""

    until: date
    members: int
    capital_idr: int
    turnover_idr: int


def of_regency(
    regency: Regency, *, members: int, capital_idr: int, on: date, weeks: int = WEEKS
) -> list[Point]:
    """Weeks of whole days that end before ``on``, oldest first, from the first that moved.

    :param members: active members as they stand now
    :param capital_idr: principal and mandatory savings as they stand now
    """
    days = DayFigures.objects.filter(cooperative__kelurahan__kecamatan__regency=regency)
    return _points(days, members=members, capital_idr=capital_idr, on=on, weeks=weeks)


def of_cooperative(
    cooperative: Cooperative, *, members: int, capital_idr: int, on: date, weeks: int = WEEKS
) -> list[Point]:
    """The points of growth of one cooperative."""
    days = DayFigures.objects.of(cooperative)
    return _points(days, members=members, capital_idr=capital_idr, on=on, weeks=weeks)


def charts(points: list[Point]) -> dict[str, dict[str, Any]]:
    """The three charts of a page, as its JSON blocks."""
    labels = [date_format(point.until, "j M") for point in points]
    return {
        "members": _chart(
            "line", labels, _("Active members"), [p.members for p in points], "count"
        ),
        "capital": _chart(
            "line", labels, _("Members' capital"), [p.capital_idr for p in points], "idr", "gold"
        ),
        "turnover": _chart(
            "bar", labels, _("Turnover a week"), [p.turnover_idr for p in points], "idr", "blue"
        ),
    }


def _points(
    days: QuerySet[DayFigures], *, members: int, capital_idr: int, on: date, weeks: int
) -> list[Point]:
    start, last = on - timedelta(days=7 * weeks), on - timedelta(days=1)
    moved = _by_week(days.filter(date__gte=start, date__lte=on), last)
    today = moved.pop(_TODAY, (0, 0, 0))
    members, capital_idr = members - today[0], capital_idr - today[1]
    points = []
    for back in range(weeks):
        change = moved.get(back, (0, 0, 0))
        points.append(Point(last - timedelta(days=7 * back), members, capital_idr, change[2]))
        members, capital_idr = members - change[0], capital_idr - change[1]
        if back >= max(moved, default=-1):
            break
    return points[::-1]


def _by_week(days: QuerySet[DayFigures], last: date) -> dict[int, tuple[int, int, int]]:
    """Changes by how many weeks before ``last``: members, capital and turnover."""
    rows = (
        days.values("date")
        .order_by("date")
        .annotate(
            members=Sum("active_members"),
            capital=Sum(F("principal_idr") + F("mandatory_idr")),
            turnover=Sum(F("member_turnover_idr") + F("other_turnover_idr")),
        )
    )
    weeks: dict[int, tuple[int, int, int]] = {}
    for row in rows:
        back = (last - row["date"]).days // 7
        weeks[back] = _added(
            weeks.get(back, (0, 0, 0)), (row["members"], row["capital"], row["turnover"])
        )
    return weeks


def _added(one: Iterable[int], other: Iterable[int]) -> tuple[int, int, int]:
    members, capital, turnover = (int(a + b) for a, b in zip(one, other, strict=True))
    return members, capital, turnover


def _chart(
    kind: str, labels: list[str], label: str, values: list[int], unit: str, tone: str = "accent"
) -> dict[str, Any]:
    return {
        "type": kind,
        "labels": labels,
        "series": [{"label": label, "values": values, "tone": tone}],
        "unit": unit,
    }
