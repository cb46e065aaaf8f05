"""Confirmations: whether payments that the cashier cannot see have arrived."""

from django.db.models import OuterRef, QuerySet, Subquery

from kkmp.registry.models import Cooperative
from shops.payments.models import Confirmation


def has_arrived(cooperative: Cooperative, key: str) -> Subquery:
    """The last confirmation of a row: true, false where it never came, None where there is none.

    :param key: ``payment_id``, ``credit_id`` or ``savings_id``
    """
    return Subquery(confirmations(cooperative, key).values("has_arrived")[:1])


def confirmations(cooperative: Cooperative, key: str) -> QuerySet[Confirmation]:
    """All confirmations of a row of the outer query, latest first."""
    rows = Confirmation.objects.of(cooperative).filter(**{key: OuterRef("pk")})
    return rows.order_by("-position")
