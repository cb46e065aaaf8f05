"""What is still open of a buyer's credit, where payments cover the oldest first; and its age."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

#: The most days in each age of a debt but the last, which is everything older.
BOUNDS = (30, 60, 90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """A purchase on credit, less what was returned of it.

    :param number: the number of the sale's receipt; None where the debt came from no sale
    """

    id: UUID
    on: date
    due_on: date
    amount_idr: int
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """A purchase on credit and what is left to pay of it; positive."""

    bought: Bought
    open_idr: int

    def is_overdue(self, on: date) -> bool:
        return self.bought.due_on < on


@dataclass(frozen=True, slots=True)
class Ages:
    """Open amounts by days since the purchase: up to 30, up to 60, up to 90, and older."""

    fresh_idr: int = 0
    second_idr: int = 0
    third_idr: int = 0
    old_idr: int = 0

    @property
    def total_idr(self) -> int:
        return self.fresh_idr + self.second_idr + self.third_idr + self.old_idr

    def __add__(self, other: "Ages") -> "Ages":
        return Ages(
            self.fresh_idr + other.fresh_idr,
            self.second_idr + other.second_idr,
            self.third_idr + other.third_idr,
            self.old_idr + other.old_idr,
        )


def still_open(bought: Iterable[Bought], paid_idr: int) -> list[Open]:
    """The purchases that payments do not cover in full, oldest first.

    :param paid_idr: everything that was ever paid; more than was bought leaves nothing open
    """
    found = []
    left_idr = paid_idr
    for one in sorted(bought, key=lambda one: (one.on, one.id)):
        covered_idr = min(max(left_idr, 0), one.amount_idr)
        left_idr -= covered_idr
        if one.amount_idr > covered_idr:
            found.append(Open(one, one.amount_idr - covered_idr))
    return found


def ages(found: Sequence[Open], *, on: date) -> Ages:
    """The sum that is open in each age on a day."""
    sums = [0] * (len(BOUNDS) + 1)
    for one in found:
        days = (on - one.bought.on).days
        sums[sum(days > bound for bound in BOUNDS)] += one.open_idr
    return Ages(*sums)


def overdue_idr(found: Sequence[Open], *, on: date) -> int:
    """The sum whose due date has passed."""
    return sum(one.open_idr for one in found if one.is_overdue(on))


def oldest_due(found: Sequence[Open]) -> date | None:
    """The earliest due date; None where nothing is open."""
    return min((one.bought.due_on for one in found), default=None)
