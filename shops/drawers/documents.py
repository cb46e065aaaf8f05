"""A closed shift on one sheet: what went through the drawer, and what was counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum

from shops.drawers import cash, queries
from shops.drawers.cash import Drawer, Flow
from shops.drawers.models import CashMovement, CountedCash, Shift
from shops.pricing.methods import Method


@dataclass(frozen=True, slots=True)
class MethodSum:
    """Payments of one method together.

    :param count: how many payments
    """

    method: Method
    count: int
    amount_idr: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """:param drawer: of what the expected cash consists"""

    shift: Shift
    drawer: Drawer
    sales: int
    returns: int
    paid: Sequence[MethodSum]
    refunded: Sequence[MethodSum]
    credits: Sequence[MethodSum]
    movements: Sequence[CashMovement]
    counts: Sequence[CountedCash]

    @property
    def paid_idr(self) -> int:
        return sum(one.amount_idr for one in self.paid)

    @property
    def refunded_idr(self) -> int:
        return sum(one.amount_idr for one in self.refunded)


def of(shift: Shift) -> Sheet:
    """The sheet of a shift that has been counted."""
    if shift.is_open:
        raise ValueError("nobody may know before the count what should be there")
    where = shift.cooperative_id
    counts = CountedCash.objects.of(where).filter(shift=shift)
    return Sheet(
        shift=shift,
        drawer=cash.cash_of(shift),
        sales=cash.documents_of(shift, Flow.SALES),
        returns=cash.documents_of(shift, Flow.REFUNDS),
        paid=_by_method(cash.payments_of(shift, Flow.SALES)),
        refunded=_by_method(cash.payments_of(shift, Flow.REFUNDS)),
        credits=_by_method(cash.payments_of(shift, Flow.CREDITS)),
        movements=list(movements(shift)),
        counts=list(counts.order_by("-denomination_idr", "id")),
    )


def movements(shift: Shift) -> QuerySet[CashMovement]:
    """What went into and out of the drawer beside sales, in its order."""
    return queries.movements(shift.cooperative).filter(shift=shift)


def _by_method(rows: QuerySet[Any]) -> list[MethodSum]:
    sums = rows.values("how").annotate(count=Count("id"), total_idr=Sum("brought_idr"))
    found = {row["how"]: row for row in sums.order_by("how")}
    return [
        MethodSum(method, found[method]["count"], found[method]["total_idr"])
        for method in Method
        if method in found
    ]
