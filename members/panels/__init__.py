"""What one member's page shows beside savings and particulars: a panel a subject.

A panel is a function that takes the request and the member and returns a :class:`Panel`, or
None where there is nothing to show. It asks for what it shows itself. Apps above add theirs in
``AppConfig.ready``::

    panels.register(credit.panel)
"""

from kkmp.access.web import CoopRequest
from members.dues import panels as dues_panels
from members.joining import panels as joining_panels
from members.leaving import panels
from members.papers import panels as papers_panels
from members.register.models import Member
from members.register.panels import Maker, Panel, Place
from members.takeover import panels as takeover_panels

__all__ = ["Maker", "Panel", "Place", "of", "placed", "register"]

#: In the order of the page, in each of its places.
_ours: tuple[Maker, ...] = (
    takeover_panels.taken_back,
    papers_panels.elsewhere,
    panels.under_way,
    dues_panels.dues,
    papers_panels.papers,
    joining_panels.called_on,
    papers_panels.links,
    joining_panels.consent,
    panels.way_out,
)
_plugged_in: list[Maker] = []


def register(maker: Maker) -> None:
    """Add a panel below ours in its place; adding it twice changes nothing."""
    if maker not in _plugged_in:
        _plugged_in.append(maker)


def of(request: CoopRequest, member: Member) -> list[Panel]:
    """The panels of a member's page for whoever looks at it."""
    makers = (*_ours, *_plugged_in)
    return [panel for make in makers if (panel := make(request, member)) is not None]


def placed(found: list[Panel]) -> dict[str, list[Panel]]:
    """The same by their places; a place without panels is there and empty."""
    return {place.value: [panel for panel in found if panel.place == place] for place in Place}
