"""What a member's page shows of leaving: what is under way, what was, and the way to it."""

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest
from members import leaving
from members.models import Member, Status
from members.panels.panel import Panel


def leaving_of(request: CoopRequest, member: Member) -> Panel | None:
    """Shown where somebody leaves or has left, and to those who may record it."""
    found = leaving.of_member(member)
    has_left = member.status == Status.LEFT
    may_write = Permission.MEMBERS_WRITE in request.permissions
    may_ask = may_write and not has_left and not any(exit.is_open for exit in found)
    if not found and not may_write:
        return None
    context = {
        "exits": found,
        "member": member,
        "may_ask": may_ask,
        "may_readmit": may_write and has_left,
    }
    return Panel("members/_leaving.html", context)
