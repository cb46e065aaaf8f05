"""All figures together, as the page, the API and the file give them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.http import QueryDict

from kkmp.registry import queries as registry
from kkmp.registry.models import Cooperative
from members.figures.filters import FiguresFilter
from members.figures.queries.capital import Capital, capital
from members.figures.queries.groups import Group, groups
from members.figures.queries.growth import Month, growth
from members.register import queries as register_queries
from members.register.models import Member, Status


@dataclass(frozen=True, slots=True)
class Target:
    """How far the cooperative has come towards the members it wants; no filter narrows it.

    :param wanted: None where nothing is set for the day
    """

    members: int
    wanted: int | None

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.members, self.wanted) if self.wanted else None

    @property
    def missing(self) -> int | None:
        return None if self.wanted is None else max(self.wanted - self.members, 0)


@dataclass(frozen=True, slots=True)
class Figures:
    on: date
    target: Target
    groups: Sequence[Group]
    growth: Sequence[Month]
    capital: Capital


def found(data: QueryDict, cooperative: Cooperative, *, on: date, **options: Any) -> FiguresFilter:
    """The filter of the figures, over the cooperative's register.

    :param options: of :class:`~members.figures.filters.FiguresFilter`
    """
    return FiguresFilter(
        data,
        queryset=Member.objects.of(cooperative),
        cooperative=cooperative,
        on=on,
        **options,
    )


def figures(people: FiguresFilter, cooperative: Cooperative) -> Figures:
    """Every figure, by nine statements, however many people there are."""
    return Figures(
        people.on,
        target(cooperative, people.on),
        groups(people),
        growth(people),
        capital(people, cooperative),
    )


def target(cooperative: Cooperative, on: date) -> Target:
    try:
        wanted = registry.settings_on(cooperative, on).member_target
    except registry.NoSettings:
        wanted = None
    return Target(register_queries.funnel(cooperative)[Status.ACTIVE], wanted)
