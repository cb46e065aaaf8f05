"""Mandatory savings of a member."""

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest
from kkmp.lib.clock import business_today
from members.dues.queries import grid
from members.dues.queries.arrears import Rules, paid_by
from members.register.models import Member
from members.register.panels import Panel, Place


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
        "members/dues/_dues_panel.html",
        {"row": row, "year": on.year, "open": months, "kind": kind},
        Place.MAIN,
    )
