"""Queries of batches."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from kkmp.imports.kinds import ImportKind
from kkmp.imports.models import BatchItem, BatchStatus, ImportBatch
from kkmp.registry.models import Cooperative


def batches(cooperative: Cooperative, kinds: Iterable[ImportKind]) -> QuerySet[ImportBatch]:
    """A cooperative's batches of these kinds, the latest first, without the files' content."""
    return (
        ImportBatch.objects.of(cooperative)
        .filter(kind__in=[kind.code for kind in kinds])
        .select_related("created_by")
        .defer("table_sealed", "choices_sealed")
        .order_by("-created_at", "-id")
    )


def undone_batch(cooperative: Cooperative, subject_id: UUID) -> ImportBatch | None:
    """The undone import that had added this row; None where there is none."""
    items = BatchItem.objects.of(cooperative).filter(subject_id=subject_id, is_new=True)
    batches = ImportBatch.objects.of(cooperative).filter(
        status=BatchStatus.UNDONE, id__in=items.values("batch_id")
    )
    return (
        batches.select_related("undone_by").defer("table_sealed", "choices_sealed").order_by("id")
    ).first()
