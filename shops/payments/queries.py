"""What was said of payments that nobody saw arrive."""

from django.db.models import (
    OuterRef,
    QuerySet,
    Subquery,
)

from shops.payments.models import Confirmation


def has_arrived(key: str) -> Subquery:
    """What was said last of a row: true, false where it never came, None where nothing was.

    :param key: ``payment_id`` or ``credit_id``
    """
    return Subquery(_said(key).values("has_arrived")[:1])


def _said(key: str) -> QuerySet[Confirmation]:
    rows = Confirmation.objects.filter(
        **{"cooperative_id": OuterRef("cooperative_id"), key: OuterRef("pk")}
    )
    return rows.order_by("-position")
