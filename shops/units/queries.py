"""The units of business."""

from django.db.models import QuerySet

from finance.ledger.units import BusinessUnit
from kkmp.registry.models import Cooperative


def units(cooperative: Cooperative) -> QuerySet[BusinessUnit]:
    """Units of business, those in use first."""
    return BusinessUnit.objects.of(cooperative).order_by("-is_active", "name", "id")
