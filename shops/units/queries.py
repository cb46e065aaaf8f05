"""The units of business."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from finance.ledger.models import BusinessUnit
from kkmp.registry.models import Cooperative


@dataclass(frozen=True, slots=True)
class UnitWithGoods:
    """:param goods: how many products the unit has for sale"""

    unit: BusinessUnit
    goods: int


def units(cooperative: Cooperative) -> QuerySet[BusinessUnit]:
    """Units of business, those in use first."""
    return BusinessUnit.objects.of(cooperative).order_by("-is_active", "name", "id")


_counts: list[Callable[[Cooperative], dict[UUID, int]]] = []


def register_count(count: Callable[[Cooperative], dict[UUID, int]]) -> None:
    """Say how many things for sale each unit has, by its id."""
    if count not in _counts:
        _counts.append(count)


def units_with_goods(cooperative: Cooperative) -> list[UnitWithGoods]:
    """Units of business, each with how much it has for sale."""
    found = [count(cooperative) for count in _counts]
    return [
        UnitWithGoods(unit, sum(counts.get(unit.id, 0) for counts in found))
        for unit in units(cooperative)
    ]
