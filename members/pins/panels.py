"""What a member's page shows of the PIN for savings."""

from django.utils import timezone

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest
from members.pins import queries
from members.pins.services import pins
from members.register.models import Member
from members.register.panels import Panel


def pin(request: CoopRequest, member: Member) -> Panel | None:
    """Whether there is one, each time it was set, and the way to setting another."""
    history = list(queries.history(member))
    if not member.is_active and not history:
        return None
    in_force = next((one for one in history if one.ended_on is None), None)
    may_set = Permission.SAVINGS_PIN in request.permissions and member.is_active
    context = {
        "history": history,
        "in_force": in_force,
        "tried": pins.tried(member.id, at=timezone.now()) if in_force else None,
        "may_set": may_set,
    }
    return Panel("members/pins/_pin.html", context)
