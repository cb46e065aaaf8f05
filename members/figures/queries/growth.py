"""How many became members and how many left, month by month.

Counted from the register: a member joined on the day that the register gives, also where the
list was taken over later from a spreadsheet. Of somebody who came back, the present membership
counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from kkmp.lib.periods import add_months, month_end, month_of, months_between
from members.figures.filters import FiguresFilter
from members.register.models import Status

#: What is shown: a year.
MONTHS = 12
_MOVES = ("joined", "left")


@dataclass(frozen=True, slots=True)
class Month:
    """:param members: at the end of the month, or now
    :param joined_link: what to put into the register's address to see who joined
    """

    month: date
    joined: int
    left: int
    members: int
    joined_link: Mapping[str, str]
    left_link: Mapping[str, str]

    @property
    def net(self) -> int:
        return self.joined - self.left


def growth(found: FiguresFilter, *, months: int = MONTHS) -> list[Month]:
    """The last months, oldest first, this one included, from the first that had members; by one
    statement. The status is no filter here.
    """
    first = add_months(month_of(found.on), 1 - months)
    span = months_between(first, found.on)
    sums: dict[str, Any] = {"members": Count("id", filter=Q(status=Status.ACTIVE))}
    for at, month in enumerate(span):
        days = (month, month_end(month))
        was_member = Q(joined_on__isnull=False)
        sums[f"joined_{at}"] = Count("id", filter=Q(joined_on__range=days))
        sums[f"left_{at}"] = Count("id", filter=Q(left_on__range=days) & was_member)
    counts = found.qs.aggregate(**sums)
    return _months(found, span, counts)


def _months(found: FiguresFilter, span: Sequence[date], counts: Mapping[str, int]) -> list[Month]:
    """Backwards from the members there are now."""
    members, made = counts["members"], []
    for at in reversed(range(len(span))):
        month = Month(
            span[at],
            counts[f"joined_{at}"],
            counts[f"left_{at}"],
            members,
            _joined_link(found, span[at]),
            _days(found.chosen(), "left", span[at], month_end(span[at])),
        )
        made.append(month)
        members -= month.net
        if not members and not any(counts[f"{move}_{b}"] for move in _MOVES for b in range(at)):
            break
    return made[::-1]


def _joined_link(found: FiguresFilter, month: date) -> dict[str, str]:
    """The month, cut to the days of joining in the filter."""
    found.form.is_valid()
    chosen = found.form.cleaned_data
    first = max(month, chosen.get("joined_since") or month)
    last = min(month_end(month), chosen.get("joined_until") or month_end(month))
    return _days(found.chosen(), "joined", first, last)


def _days(chosen: Mapping[str, str], name: str, first: date, last: date) -> dict[str, str]:
    days = {f"{name}_since": first.isoformat(), f"{name}_until": last.isoformat()}
    return {**chosen, **days}
