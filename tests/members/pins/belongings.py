"""A member's PIN."""

from django.utils import timezone

from kkmp.access.permissions import Role
from members.pins.services import pins
from tests.guards.side import PIN, Side

WEIGHT = 41
PLAIN = "again pin"


def furnish(side: Side) -> None:
    ani, chair = side.shop.ani, side.staff[Role.CHAIR]
    pins.choose(member=ani, digits=PIN, has_seen_ktp=True, version=0, at=timezone.now(), by=chair)
