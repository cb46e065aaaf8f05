"""What should be in a drawer, added up from what the shift did.

What sells, takes back or is paid lies in packages above this one. Each registers where its cash is
found, as a :class:`Source`, in its module ``plugins``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce

from shops.drawers.models import CashMovement, Shift
from shops.pricing.methods import Method


class Flow(StrEnum):
    """What money of a shift was for."""

    SALES = "sales"
    REFUNDS = "refunds"
    CREDITS = "credits"


@dataclass(frozen=True, slots=True)
class Source:
    """Queries for the payments of one flow of cash.

    :param rows: of a shift, with ``how`` (a :class:`Method`) and ``brought_idr``, positive
    :param documents: how many receipts the shift has of it; None where nobody asks
    """

    rows: Callable[[Shift], QuerySet[Any]]
    documents: Callable[[Shift], int] | None = None


_sources: dict[Flow, Source] = {}


def register(flow: Flow, source: Source) -> None:
    """Say where the payments of a flow are found."""
    _sources[flow] = source


@dataclass(frozen=True, slots=True)
class Drawer:
    """Cash of a shift by where it came from, whole rupiah; what went out is negative."""

    float_idr: int
    sales_idr: int
    refunds_idr: int
    credits_idr: int
    moved_idr: int

    @property
    def expected_idr(self) -> int:
        return (
            self.float_idr + self.sales_idr + self.refunds_idr + self.credits_idr + self.moved_idr
        )


def cash_of(shift: Shift) -> Drawer:
    """Four sums; call it with the shift's row held where a decision rests on it."""
    moved = CashMovement.objects.of(shift.cooperative_id).filter(shift=shift)
    return Drawer(
        float_idr=shift.float_idr,
        sales_idr=_cash(shift, Flow.SALES),
        refunds_idr=-_cash(shift, Flow.REFUNDS),
        credits_idr=_cash(shift, Flow.CREDITS),
        moved_idr=_sum(moved.annotate(brought_idr=F("amount_idr"))),
    )


def expected_idr(shift: Shift) -> int:
    """What should lie in the drawer now, whole rupiah."""
    return cash_of(shift).expected_idr


def payments_of(shift: Shift, flow: Flow) -> QuerySet[Any]:
    """Payments of a flow in every way to pay, with ``how`` and ``brought_idr``."""
    return _sources[flow].rows(shift)


def documents_of(shift: Shift, flow: Flow) -> int:
    """How many receipts of a flow a shift has."""
    count = _sources[flow].documents
    return count(shift) if count else 0


def acts_of(shift: Shift) -> int:
    """How often money went through a drawer; tells whether it did since somebody began to count."""
    moved = CashMovement.objects.of(shift.cooperative_id).filter(shift=shift).count()
    return moved + sum(source.rows(shift).count() for source in _sources.values())


def _cash(shift: Shift, flow: Flow) -> int:
    return _sum(payments_of(shift, flow).filter(how=Method.CASH))


def _sum(rows: QuerySet[Any]) -> int:
    return int(rows.aggregate(total=Coalesce(Sum("brought_idr"), 0))["total"])
