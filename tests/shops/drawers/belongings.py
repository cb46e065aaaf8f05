"""Shifts and cash that was moved."""

from kkmp.access.permissions import Role
from shops.models import CashMovement, Shift
from tests.guards.side import Side
from tests.shops.conftest import open_shift

WEIGHT = 60
KINDS = {"movement": (CashMovement, {}), "shift": (Shift, {})}
PLAIN = "acts_seen amount_idr counted_idr drawer float_idr kertas note reason step"


def furnish(side: Side) -> None:
    """The chair's shift stays open."""
    by = side.staff[Role.CHAIR]
    side.ids["open shift"] = open_shift(side.shop.unit, by, drawer=f"Laci {side.word}").pk
