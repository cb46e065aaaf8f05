"""What a member's page shows of leaving: what is under way, what was, and the way to it."""

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest
from members.leaving import queries
from members.register.models import Member, Status
from members.register.panels import Panel, Place


def under_way(request: CoopRequest, member: Member) -> Panel | None:
    """The panel about a leaving, open or past, with the way back for a former member."""
    found = queries.of_member(member)
    may_readmit = _may_write(request) and member.status == Status.LEFT
    if not found and not may_readmit:
        return None
    context = {"exits": found, "member": member, "may_readmit": may_readmit}
    return Panel("members/leaving/_leaving.html", context, Place.MAIN)


def way_out(request: CoopRequest, member: Member) -> Panel | None:
    """The panel to record a leaving with, for those who may; none once it is recorded."""
    if not _may_write(request) or member.status == Status.LEFT:
        return None
    if any(exit.is_open for exit in queries.of_member(member)):
        return None
    return Panel("members/leaving/_way_out.html", {"member": member}, Place.END)


def _may_write(request: CoopRequest) -> bool:
    return Permission.MEMBERS_WRITE in request.permissions
