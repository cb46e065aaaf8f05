"""What one member's page shows beside savings and particulars: a panel a subject.

A panel is a function that takes the request and the member and returns a :class:`Panel`, or
None where there is nothing to show. It asks for what it shows itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest
from kkmp.lib.clock import business_today
from members import grid
from members.models import Member
from members.standings import Rules, paid_by


@dataclass(frozen=True, slots=True)
class Panel:
    """:param context: of its template, as ``panel``"""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[CoopRequest, Member], Panel | None]


def dues(request: CoopRequest, member: Member) -> Panel | None:
    """Mandatory savings of this year, and what is open; of members only."""
    if not member.is_active or Permission.SAVINGS_READ not in request.permissions:
        return None
    rules, on = Rules.of(request.cooperative), business_today()
    paid_idr = paid_by(member, rules)
    row = grid.row(rules, member, paid_idr, grid.Words.of(on.year), on=on)
    months = rules.schedule(member, paid_idr, until=on, on=on).open()
    kind = rules.kinds[0] if rules.kinds else None
    return Panel(
        "members/_dues_panel.html", {"row": row, "year": on.year, "open": months, "kind": kind}
    )


#: In the order of the page.
PANELS: tuple[Maker, ...] = (dues,)


def of(request: CoopRequest, member: Member) -> list[Panel]:
    """The panels of a member's page for whoever looks at it."""
    return [panel for make in PANELS if (panel := make(request, member)) is not None]
