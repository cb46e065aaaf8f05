"""A closed shift on one sheet: what went through the drawer, and what was counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from shops.credit.models import CreditPayment
from shops.drawers import cash
from shops.drawers.cash import Drawer
from shops.drawers.models import CashMovement, CountedCash, Shift
from shops.payments.models import SalePayment
from shops.pricing.methods import Method
from shops.returns.models import Refund, SaleReturn
from shops.till.models import Sale


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
    assert not shift.is_open, "nobody may know before the count what should be there"
    where = shift.cooperative_id
    counts = CountedCash.objects.of(where).filter(shift=shift)
    return Sheet(
        shift=shift,
        drawer=cash.cash_of(shift),
        sales=Sale.objects.of(where).filter(shift=shift).count(),
        returns=SaleReturn.objects.of(where).filter(shift=shift).count(),
        paid=_by_method(SalePayment.objects.of(where).filter(sale__shift=shift)),
        refunded=_by_method(
            Refund.objects.of(where)
            .filter(returned__shift=shift)
            .annotate(method=F("payment__method"))
        ),
        credits=_by_method(CreditPayment.objects.of(where).filter(shift=shift), cash.RECEIVED),
        movements=list(movements(shift)),
        counts=list(counts.order_by("-denomination_idr", "id")),
    )


def movements(shift: Shift) -> QuerySet[CashMovement]:
    """What went into and out of the drawer beside sales, in its order."""
    rows = CashMovement.objects.of(shift.cooperative_id).filter(shift=shift)
    return rows.select_related("by").order_by("at", "id")


def _by_method(rows: QuerySet[Any], amount: Any = "amount_idr") -> list[MethodSum]:
    sums = rows.values("method").annotate(count=Count("id"), total_idr=Sum(amount))
    found = {row["method"]: row for row in sums.order_by("method")}
    return [
        MethodSum(method, found[method]["count"], found[method]["total_idr"])
        for method in Method
        if method in found
    ]
