"""What of a buyer's credit is still open when the oldest is paid first, and how old it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

#: Days up to which a debt counts as of one age; what is older comes last.
BOUNDS = (30, 60, 90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """Something that was put on credit, less what came back of it.

    :param number: of the sale's receipt; None where no sale caused it
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
    """What is open by days since it was bought: up to 30, 60 and 90, and older."""

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
    """What payments leave open, oldest first.

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
    """Sort what is open by its age on a day."""
    sums = [0] * (len(BOUNDS) + 1)
    for one in found:
        days = (on - one.bought.on).days
        sums[sum(days > bound for bound in BOUNDS)] += one.open_idr
    return Ages(*sums)


def overdue_idr(found: Sequence[Open], *, on: date) -> int:
    """What should have been paid by now."""
    return sum(one.open_idr for one in found if one.is_overdue(on))


def oldest_due(found: Sequence[Open]) -> date | None:
    """The day by which the first of it has to be paid; None where nothing is open."""
    return min((one.bought.due_on for one in found), default=None)
