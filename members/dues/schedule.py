"""What is due of mandatory savings, month by month, and which months the payments cover.

Nothing of it is stored: what is due follows from the month of joining and the dated amount, and
what is paid is the balance of the mandatory savings, which settles the oldest month first. So a
correction, an import or a changed amount needs no second book that could disagree. This module
asks no database; :mod:`members.dues.queries.arrears` does the same sums there, for everybody at
once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.errors import insist
from kkmp.lib.periods import add_months, month_of, months_between


class State(models.TextChoices):
    """How a month stands. ``AHEAD`` and ``LATER`` are months that have not begun."""

    PAID = "paid", _("Paid")
    PART = "part", _("Paid in part")
    DUE = "due", _("Not paid")
    AHEAD = "ahead", _("Paid ahead")
    LATER = "later", _("Not due yet")
    #: Before joining, after leaving, or in months for which nothing is asked.
    NOTHING = "nothing", _("Nothing due")


@dataclass(frozen=True, slots=True)
class Month:
    """One month of one member; ``month`` is its first day, amounts are whole rupiah."""

    month: date
    due_idr: int
    paid_idr: int
    state: State

    @property
    def open_idr(self) -> int:
        return self.due_idr - self.paid_idr


@dataclass(frozen=True, slots=True)
class Tariff:
    """What the members decided to ask a month, from a day on.

    A month costs what is in force on its first day; before the first decision, the first one.

    :param decided: day from which, and whole rupiah a month; oldest first
    """

    decided: tuple[tuple[date, int], ...] = ()

    def amount_idr(self, month: date) -> int:
        """What the month costs, as far as it is known now; 0 where nothing was ever decided."""
        amount_idr = self.decided[0][1] if self.decided else 0
        for start, decided_idr in self.decided:
            if start <= month:
                amount_idr = decided_idr
        return amount_idr

    def periods(self) -> Iterator[tuple[date | None, date | None, int]]:
        """The periods of one amount each: first month, last month (None without end), amount."""
        starts = [_first_whole_month(start) for start, _amount in self.decided]
        for at, (_start, amount_idr) in enumerate(self.decided):
            first = starts[at] if at else None
            last = add_months(starts[at + 1], -1) if at + 1 < len(starts) else None
            if first is None or last is None or first <= last:
                yield first, last, amount_idr


@dataclass(frozen=True, slots=True)
class Membership:
    """The time in which somebody owes dues: its first and last month count in full."""

    joined_on: date
    left_on: date | None = None

    def last_month(self, month: date) -> date:
        """The month asked for, or that of leaving if it is earlier."""
        return month if self.left_on is None else min(month, month_of(self.left_on))


@dataclass(frozen=True, slots=True)
class Schedule:
    """The months of a membership, oldest first.

    :param beyond_idr: paid beyond what these months cost
    """

    months: tuple[Month, ...]
    beyond_idr: int

    def year(self, year: int) -> list[Month]:
        """Twelve months; those of which nothing is due are there as well."""
        held = {month.month: month for month in self.months}
        firsts = [date(year, number, 1) for number in range(1, 13)]
        return [held.get(first, Month(first, 0, 0, State.NOTHING)) for first in firsts]

    def open(self) -> list[Month]:
        """Months that have begun and are not paid in full."""
        return [month for month in self.months if month.state in (State.DUE, State.PART)]


@dataclass(frozen=True, slots=True)
class DuesStatus:
    """What a member owes, and has paid ahead, on a day.

    :param arrears_idr: open of the months that are over
    :param open_idr: arrears, and what is open of the current month
    :param ahead_idr: paid for months that have not begun
    :param oldest: the oldest month that is over and not paid in full
    :param behind: how many months back that one lies; 1 is last month, 0 nobody is behind
    """

    arrears_idr: int
    open_idr: int
    ahead_idr: int
    oldest: date | None
    behind: int


def schedule(
    *, tariff: Tariff, membership: Membership, paid_idr: int, until: date, on: date
) -> Schedule:
    """Lay what was paid over the months up to ``until``, the oldest first.

    :param paid_idr: whole rupiah, not negative
    :param until: any day of the last month asked for, which may lie ahead
    :param on: the day it is; months after its month have not begun
    """
    insist(paid_idr >= 0, "a balance is never below zero")
    left_idr, now, found = paid_idr, month_of(on), []
    for month in months_between(membership.joined_on, membership.last_month(month_of(until))):
        due_idr = tariff.amount_idr(month)
        covered_idr = min(due_idr, left_idr)
        left_idr -= covered_idr
        found.append(Month(month, due_idr, covered_idr, _state(month, due_idr, covered_idr, now)))
    return Schedule(tuple(found), left_idr)


def status(*, tariff: Tariff, membership: Membership, paid_idr: int, on: date) -> DuesStatus:
    """What somebody owes, or has paid ahead, on a day."""
    held = schedule(tariff=tariff, membership=membership, paid_idr=paid_idr, until=on, on=on)
    now = month_of(on)
    late = [month for month in held.open() if month.month < now]
    return DuesStatus(
        arrears_idr=sum(month.open_idr for month in late),
        open_idr=sum(month.open_idr for month in held.open()),
        ahead_idr=held.beyond_idr,
        oldest=late[0].month if late else None,
        behind=len(months_between(late[0].month, now)) - 1 if late else 0,
    )


def _state(month: date, due_idr: int, paid_idr: int, now: date) -> State:
    if due_idr == 0:
        return State.NOTHING
    if month > now:
        return State.AHEAD if paid_idr else State.LATER
    if paid_idr == due_idr:
        return State.PAID
    return State.PART if paid_idr else State.DUE


def _first_whole_month(day: date) -> date:
    """The first month that begins on the day or later."""
    return day if day.day == 1 else add_months(day, 1)
