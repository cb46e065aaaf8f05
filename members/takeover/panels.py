"""What an import has done to a person."""

from kkmp.access.web import CoopRequest
from kkmp.imports import queries as imports
from members.register.models import Member, Status
from members.register.panels import Panel, Place


def taken_back(request: CoopRequest, member: Member) -> Panel | None:
    """A notice that somebody has left because the import that registered them was undone."""
    if member.status != Status.LEFT:
        return None
    batch = imports.undone_batch(request.cooperative, member.id)
    return (
        Panel("members/takeover/_taken_back.html", {"batch": batch}, Place.TOP) if batch else None
    )
