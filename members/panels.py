"""What one member's page shows beside savings and particulars: a panel a subject.

A panel is a function that takes the request and the member and returns a :class:`Panel`, or
None where there is nothing to show. It asks for what it shows itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kkmp.access.web import CoopRequest
from members import exit_panel
from members.models import Member


@dataclass(frozen=True, slots=True)
class Panel:
    """:param context: of its template, as ``panel``"""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[CoopRequest, Member], Panel | None]

#: In the order of the page.
PANELS: tuple[Maker, ...] = (exit_panel.panel,)


def of(request: CoopRequest, member: Member) -> list[Panel]:
    """The panels of a member's page for whoever looks at it."""
    return [panel for make in PANELS if (panel := make(request, member)) is not None]
