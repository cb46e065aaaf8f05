"""What one member's page shows beside savings and particulars: a panel a subject.

A panel is a function that takes the request and the member and returns a :class:`Panel`, or
None where there is nothing to show. It asks for what it shows itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kkmp.access.web import CoopRequest
from kkmp.imports import queries as imports
from members.models import Member, Status


@dataclass(frozen=True, slots=True)
class Panel:
    """:param context: of its template, as ``panel``"""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[CoopRequest, Member], Panel | None]


def taken_back(request: CoopRequest, member: Member) -> Panel | None:
    """Why somebody has left who never was here: the file that brought them was undone."""
    if member.status != Status.LEFT:
        return None
    batch = imports.undone_batch(request.cooperative, member.id)
    return Panel("members/_taken_back.html", {"batch": batch}) if batch else None


#: In the order of the page.
PANELS: tuple[Maker, ...] = (taken_back,)


def of(request: CoopRequest, member: Member) -> list[Panel]:
    """The panels of a member's page for whoever looks at it."""
    return [panel for make in PANELS if (panel := make(request, member)) is not None]
