"""A member's own page."""

from django.utils import timezone

from kkmp.access.permissions import Role
from members.models import MemberLink
from members.papers.services import links
from tests.guards.side import Side

WEIGHT = 40
KINDS = {"link": (MemberLink, {})}
ADDRESSES = {("own:page", "token"): "own page"}
PLAIN = "days paper part rw since which"


def furnish(side: Side) -> None:
    ani, chair = side.shop.ani, side.staff[Role.CHAIR]
    link = links.issue(member=ani, days=30, at=timezone.now(), by=chair)
    side.ids["own page"] = links.token(link)
