"""Comparing cooperatives, fairly: over whole weeks and for each member, not by size."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kkmp.city.figures.queries.places import KelurahanStatus


class Order(TextChoices):
    """The figures by which the list may be ordered; the label says on the page what it means."""

    PER_MEMBER = "per_member", _("Turnover per member")
    GROWTH = "growth", _("Growth of turnover")
    MEMBERS = "members", _("New members")
    MEMBER_SHARE = "member_share", _("Share sold to members")


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the list. What cannot be compared yet is None and stands last."""

    rank: int | None
    status: KelurahanStatus
    per_member_idr: int | None
    growth: Fraction | None
    new_members: int
    member_share: Fraction | None


def rank(statuses: list[KelurahanStatus], *, order: Order, on: date) -> list[Place]:
    """The cooperatives that operate or report figures, best first; equal ones by code."""
    key = _KEYS[order]
    lines = [_line(s, on) for s in statuses if s.is_operating or s.reports]
    lines.sort(key=lambda line: (key(line) is None, -(key(line) or 0)))
    return [
        replace(line, rank=number) if key(line) is not None else line
        for number, line in enumerate(lines, start=1)
    ]


_KEYS: MappingProxyType[Order, Callable[[Place], Fraction | int | None]] = MappingProxyType(
    {
        Order.PER_MEMBER: lambda line: line.per_member_idr,
        Order.GROWTH: lambda line: line.growth,
        Order.MEMBERS: lambda line: line.new_members,
        Order.MEMBER_SHARE: lambda line: line.member_share,
    }
)


def _line(status: KelurahanStatus, on: date) -> Place:
    return Place(
        rank=None,
        status=status,
        per_member_idr=status.per_member_idr,
        growth=status.growth(on),
        new_members=status.recent.window_members,
        member_share=status.member_share,
    )
