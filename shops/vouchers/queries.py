"""Vouchers as their pages show them: by batch, with what is left."""

from typing import Annotated, TypedDict
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django_stubs_ext import Annotations

from finance.ledger.models import Journal
from kkmp.registry.models import Cooperative
from shops.payments.models import SalePayment
from shops.vouchers.models import Voucher, VoucherBatch, VoucherPosting


class Left(TypedDict):
    """What is left on a batch, and ``usable``, on how many of its vouchers."""

    left_idr: int
    usable: int
    is_taken_back: bool


class Undone(TypedDict):
    """The number of the journal that undid it, or None."""

    undone: int | None


def batches(
    cooperative: Cooperative,
) -> QuerySet[Annotated[VoucherBatch, Annotations[Left]]]:
    """Batches, latest first."""
    whole = Q(vouchers__left_idr__gt=0)
    undone = Journal.objects.of(cooperative).filter(reverses_id=OuterRef("journal_id"))
    return (
        VoucherBatch.objects.of(cooperative)
        .select_related("cooperative", "party", "by")
        .annotate(
            left_idr=Coalesce(Sum("vouchers__left_idr"), 0),
            usable=Count("vouchers", filter=whole),
            is_taken_back=Exists(undone),
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


def spent_by_voucher(batch: VoucherBatch) -> dict[UUID, int]:
    """What was bought with each voucher that was used, less what came back."""
    paid = SalePayment.objects.of(batch.cooperative_id).filter(voucher__batch=batch)
    used = dict(paid.order_by("voucher_id").values_list("voucher_id").annotate(Sum("amount_idr")))
    back = paid.filter(refunds__paid_as="").order_by("voucher_id").values_list("voucher_id")
    for voucher_id, amount_idr in back.annotate(Sum("refunds__amount_idr")):
        used[voucher_id] -= amount_idr
    return used


def postings(batch: VoucherBatch) -> QuerySet[Annotated[VoucherPosting, Annotations[Undone]]]:
    """What was paid for a batch and what was ended of it, latest first."""
    return all_postings(batch.cooperative).filter(batch=batch)


def all_postings(
    cooperative: Cooperative,
) -> QuerySet[Annotated[VoucherPosting, Annotations[Undone]]]:
    """What was paid for all batches and what was ended of them, latest first."""
    undone = Journal.objects.of(cooperative).filter(reverses_id=OuterRef("journal_id"))
    return (
        VoucherPosting.objects.of(cooperative)
        .select_related("batch__cooperative", "batch__party", "journal", "by")
        .annotate(undone=Subquery(undone.values("number")))
        .order_by("-date", "-id")
    )


def is_taken_back(batch: VoucherBatch) -> bool:
    """Whether the issue was undone."""
    rows = Journal.objects.of(batch.cooperative_id)
    return rows.filter(reverses_id=batch.journal_id).exists()
