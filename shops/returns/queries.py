"""Reads of what came back."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Prefetch, QuerySet, Sum, Value, When

from kkmp.access.models import User
from kkmp.access.permissions import Permission
from kkmp.registry.models import Cooperative
from shops.drawers.models import Shift
from shops.payments.models import Refund
from shops.returns.models import ReturnedLine, SaleReturn
from shops.till.models import Sale, SaleLine


def returns(cooperative: Cooperative) -> QuerySet[SaleReturn]:
    """Returns with their sale, goods, money and people, latest first."""
    lines = ReturnedLine.objects.of(cooperative).select_related("line")
    refunds = Refund.objects.of(cooperative).select_related("payment")
    return (
        SaleReturn.objects.of(cooperative)
        .select_related(
            "cooperative", "sale__unit", "sale__member", "sale__cashier", "by", "approved_by"
        )
        .prefetch_related(
            Prefetch("lines", lines.order_by("line__position", "id")),
            Prefetch("refunds", refunds.order_by("payment__position", "id")),
        )
        .order_by("-number", "id")
    )


def readable(
    cooperative: Cooperative, user: User, permissions: frozenset[Permission]
) -> QuerySet[SaleReturn]:
    """One's own, or all for those who see the sales."""
    found = returns(cooperative)
    if Permission.SALES_READ in permissions:
        return found
    return found.filter(by=user.pk)


def made_with(cooperative: Cooperative, key: UUID | None) -> SaleReturn | None:
    """The return that was made by a form with this key."""
    if key is None:
        return None
    return SaleReturn.objects.of(cooperative).filter(key=key).first()


def of_sale(sale: Sale) -> list[SaleReturn]:
    """What has come back of a sale, in its order."""
    return list(returns(sale.cooperative).filter(sale=sale).order_by("number", "id"))


def can_come_back(sale: Sale) -> bool:
    """Whether anything of the sale is left with the buyer."""
    lines = SaleLine.objects.of(sale.cooperative_id).filter(sale=sale)
    sold = lines.aggregate(many=Sum("quantity"))["many"]
    back = ReturnedLine.objects.of(sale.cooperative_id).filter(line__sale=sale)
    return bool((back.aggregate(many=Sum("quantity"))["many"] or Decimal(0)) < sold)


def shown(sale: Sale) -> dict[str, Any]:
    """What a page of the sale says of it: ``came_back`` with ``returns`` and ``is_left``."""
    return {"came_back": {"returns": of_sale(sale), "is_left": can_come_back(sale)}}


def refunds_in(shift: Shift) -> QuerySet[Refund]:
    """What a shift paid back: ``how`` and ``brought_idr``, positive."""
    rows = Refund.objects.of(shift.cooperative_id).filter(returned__shift=shift)
    how = Case(When(paid_as="cash", then=Value("cash")), default=F("payment__method"))
    return rows.annotate(how=how, brought_idr=F("amount_idr") + F("rounding_idr"))


def count_in(shift: Shift) -> int:
    """How many returns a shift took."""
    return SaleReturn.objects.of(shift.cooperative_id).filter(shift=shift).count()
