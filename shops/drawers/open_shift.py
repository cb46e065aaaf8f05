"""The shift that a cashier has open."""

from typing import Any

from kkmp.registry.models import Cooperative
from shops.drawers.models import Shift


def open_shift_of(cooperative: Cooperative, cashier: Any) -> Shift | None:
    """The shift that a cashier has open, with its unit; there is at most one."""
    return (
        Shift.objects.of(cooperative)
        .select_related("unit")
        .filter(cashier=cashier.pk, closed_at=None)
        .first()
    )
