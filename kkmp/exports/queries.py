"""Jobs of one person, and the log of all that was taken out."""

from django.db.models import QuerySet

from kkmp.access.models import AuditEvent, User
from kkmp.exports.models import ExportJob
from kkmp.exports.services.jobs import EXPORT, FETCH
from kkmp.registry.models import Cooperative


def jobs(cooperative: Cooperative, user: User) -> QuerySet[ExportJob]:
    """What one person has asked for, latest first, without the files themselves."""
    found = ExportJob.objects.of(cooperative).filter(created_by=user)
    return found.defer("content_sealed").order_by("-created_at", "id")


def log(cooperative: Cooperative) -> QuerySet[AuditEvent]:
    """Who took out what and fetched its file, latest first."""
    events = AuditEvent.objects.of(cooperative).filter(action__in=[EXPORT, FETCH])
    # Said so that the index without sales is used.
    events = events.exclude(action="sale.sell")
    return events.select_related("actor").order_by("-at", "-id")
