"""What was said of payments that nobody saw arrive."""

from django.db.models import OuterRef, QuerySet, Subquery

from kkmp.registry.models import Cooperative
from shops.payments.models import Confirmation


def has_arrived(cooperative: Cooperative, key: str) -> Subquery:
    """What was said last of a row: true, false where it never came, None where nothing was.

    :param key: ``payment_id`` or ``credit_id``
    """
    return Subquery(said(cooperative, key).values("has_arrived")[:1])


def said(cooperative: Cooperative, key: str) -> QuerySet[Confirmation]:
    """All that was said of a row of the outer query, latest first."""
    rows = Confirmation.objects.of(cooperative).filter(**{key: OuterRef("pk")})
    return rows.order_by("-position")
