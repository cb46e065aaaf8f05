"""Counting every figure again from members, savings and sales, and comparing.

Run within :func:`kkmp.registry.scope.cooperative`: one transaction, one cooperative.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from kkmp.registry.models import Cooperative, CooperativeFigures, DayFigures
from kkmp.registry.models.figures import MEASURES
from members.figures.queries import counters as members
from members.register.services import marks
from shops.reports.queries import counters as shops
from shops.reports.services import counters as reports
from shops.settling.services import arrivals

#: Business day and code of the unit of business, which is empty for membership and savings.
Day = tuple[date, str]
Measures = dict[str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """One counter that is not what the rows add up to.

    ``day`` is None for how the cooperative stands; ``is_fixable`` is False where the register
    itself contradicts its own history, which no counter can mend.
    """

    cooperative: Cooperative
    day: date | None
    unit: str
    measure: str
    counted: int | date | None
    kept: int | date | None
    is_fixable: bool = True


@transaction.atomic
def compare(*, cooperative: Cooperative) -> list[Difference]:
    """Every difference between the counters and the rows, days first and oldest first.

    The cooperative's counter is locked until the end of the transaction: whoever changes a
    figure needs it, so that nothing moves between two counts.
    """
    held = CooperativeFigures.objects.of(cooperative).select_for_update().first()
    counted, kept = _counted(cooperative), _kept(cooperative)
    found = [
        Difference(cooperative, day, unit, name, counted[day, unit][name], kept[day, unit][name])
        for day, unit in sorted(counted.keys() | kept.keys())
        for name in MEASURES
        if counted[day, unit][name] != kept[day, unit][name]
    ]
    for name, value in _totals(counted).items():
        there = getattr(held, name) if held else _nothing(name)
        if there != value:
            found.append(Difference(cooperative, None, "", name, value, there))
    totals = _totals(counted)
    for name, value in members.figures_now(cooperative).items():
        if totals[name] != value:
            found.append(
                Difference(cooperative, None, "", name, value, totals[name], is_fixable=False)
            )
    return found + _shop(cooperative) + _marks(cooperative)


def _shop(cooperative: Cooperative) -> list[Difference]:
    """Days of which reports or awaited payments are not as sold, with how many rows are not so."""
    return [
        Difference(cooperative, one.day, "", one.table, one.counted, one.kept)
        for one in (*reports.differences(cooperative), *arrivals.differences(cooperative))
    ]


def _marks(cooperative: Cooperative) -> list[Difference]:
    """How many identity marks are missing, and how many are of nobody; both should be zero."""
    names = ("identity_marks_missing", "identity_marks_left_over")
    return [
        Difference(cooperative, None, "", name, 0, len(found))
        for name, found in zip(names, marks.differences(cooperative), strict=True)
        if found
    ]


@transaction.atomic
def fix(*, cooperative: Cooperative) -> None:
    """Write the counted figures; rows that should not be there become zero.

    Identity marks are set and cleared as the register has it.
    """
    reports.hold(cooperative)
    marks.put_right(cooperative)
    reports.rebuild(cooperative)
    arrivals.rebuild(cooperative)
    held = CooperativeFigures.objects.of(cooperative).select_for_update().first()
    counted, kept = _counted(cooperative), _kept(cooperative)
    rows = {(row.date, row.unit): row for row in DayFigures.objects.of(cooperative)}
    for day, unit in sorted(counted.keys() | kept.keys()):
        row = rows.get((day, unit)) or DayFigures(cooperative=cooperative, date=day, unit=unit)
        _set(row, counted[day, unit])
    if held or counted:
        _set(held or CooperativeFigures(cooperative=cooperative), _totals(counted))


def _set(row: CooperativeFigures | DayFigures, values: dict[str, Any]) -> None:
    for name in values:
        setattr(row, name, values[name])
    row.save()


def _counted(cooperative: Cooperative) -> defaultdict[Day, Measures]:
    """What the rows add up to, by day and unit; days that cancel out are left out."""
    days = _empty()
    for day, moves in members.figures_by_day(cooperative).items():
        for name, value in moves.items():
            days[day, ""][name] += int(value)
    for row in shops.figures_by_day(cooperative):
        key = (row["date"], row["unit"])
        for name in MEASURES:
            days[key][name] += int(row.get(name, 0))
    return days


def _kept(cooperative: Cooperative) -> defaultdict[Day, Measures]:
    days = _empty()
    for row in DayFigures.objects.of(cooperative).order_by("date", "unit", "id"):
        days[row.date, row.unit] = {name: getattr(row, name) for name in MEASURES}
    return days


def _totals(counted: dict[Day, Measures]) -> dict[str, Any]:
    """The sum of all days, and the last of them with a sale."""
    held: dict[str, Any] = dict.fromkeys(MEASURES, 0)
    for values in counted.values():
        for name in MEASURES:
            held[name] += values[name]
    sold = [day for (day, _unit), values in counted.items() if values["sales"] > 0]
    return held | {"last_sale_on": max(sold, default=None)}


def _empty() -> defaultdict[Day, Measures]:
    return defaultdict(lambda: dict.fromkeys(MEASURES, 0))


def _nothing(name: str) -> int | None:
    return None if name == "last_sale_on" else 0
