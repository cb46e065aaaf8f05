"""Vouchers as their pages show them: by batch, with what is left."""

from typing import Annotated, TypedDict

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django_stubs_ext import Annotations

from kkmp.registry.models import Cooperative
from shops.payments.models import SalePayment
from shops.vouchers.models import Voucher, VoucherBatch


class Left(TypedDict):
    """What is left on a batch, and ``usable``, on how many of its vouchers."""

    left_idr: int
    usable: int


def batches(
    cooperative: Cooperative,
) -> QuerySet[Annotated[VoucherBatch, Annotations[Left]]]:
    """Batches, latest first."""
    whole = Q(vouchers__left_idr__gt=0)
    return (
        VoucherBatch.objects.of(cooperative)
        .select_related("cooperative", "party", "by")
        .annotate(
            left_idr=Coalesce(Sum("vouchers__left_idr"), 0),
            usable=Count("vouchers", filter=whole),
        )
        .order_by("-date", "-id")
    )


def vouchers(cooperative: Cooperative) -> QuerySet[Voucher]:
    """Vouchers with their batch, by code."""
    return Voucher.objects.of(cooperative).select_related("batch").order_by("code", "id")


def left_idr(cooperative: Cooperative) -> int:
    """What all vouchers are still good for: the balance of their account."""
    left = Voucher.objects.of(cooperative).aggregate(sum=Coalesce(Sum("left_idr"), 0))
    return int(left["sum"])


def spent_idr(batch: VoucherBatch) -> int:
    """What was bought with a batch, less what came back."""
    paid = SalePayment.objects.of(batch.cooperative_id).filter(voucher__batch=batch)
    back = paid.aggregate(
        sum=Coalesce(Sum("refunds__amount_idr", filter=Q(refunds__paid_as="")), 0)
    )
    return int(paid.aggregate(sum=Coalesce(Sum("amount_idr"), 0))["sum"] - back["sum"])
