"""Reading batches."""

from collections.abc import Iterable

from django.db.models import QuerySet

from kkmp.imports.kinds import ImportKind
from kkmp.imports.models import ImportBatch
from kkmp.registry.models import Cooperative


def batches(cooperative: Cooperative, kinds: Iterable[ImportKind]) -> QuerySet[ImportBatch]:
    """A cooperative's files of these kinds, the latest first, without what they hold."""
    return (
        ImportBatch.objects.of(cooperative)
        .filter(kind__in=[kind.code for kind in kinds])
        .select_related("created_by")
        .defer("table_sealed", "choices_sealed")
        .order_by("-created_at", "-id")
    )
