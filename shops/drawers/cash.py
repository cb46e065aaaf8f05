"""What should be in a drawer, added up from what the shift did."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce

from shops.credit.models import CreditPayment
from shops.drawers.models import CashMovement, Shift
from shops.payments.models import SalePayment
from shops.pricing.methods import Method
from shops.returns.models import Refund

#: What a payment of credit brought, cash rounded.
RECEIVED = F("amount_idr") + F("rounding_idr")


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
    of = shift.cooperative_id
    cash = {"method": Method.CASH}
    return Drawer(
        float_idr=shift.float_idr,
        sales_idr=_sum(SalePayment.objects.of(of).filter(sale__shift=shift, **cash)),
        refunds_idr=-_sum(
            Refund.objects.of(of).filter(returned__shift=shift, payment__method=Method.CASH)
        ),
        credits_idr=_sum(CreditPayment.objects.of(of).filter(shift=shift, **cash), RECEIVED),
        moved_idr=_sum(CashMovement.objects.of(of).filter(shift=shift)),
    )


def expected_idr(shift: Shift) -> int:
    """What should lie in the drawer now, whole rupiah."""
    return cash_of(shift).expected_idr


def _sum(rows: QuerySet, amount: Any = "amount_idr") -> int:
    return int(rows.aggregate(total=Coalesce(Sum(amount), 0))["total"])
