"""What one member's page shows beside savings and particulars: a panel a subject.

A panel is a function that takes the request and the member and returns a :class:`Panel`, or
None where there is nothing to show. It asks for what it shows itself. Apps above add theirs in
``AppConfig.ready``::

    panels.register(credit.panel)
"""

from kkmp.access.web import CoopRequest
from members.models import Member
from members.panels import dues, exits, imports, joining, papers
from members.panels.panel import Maker, Panel

__all__ = ["Maker", "Panel", "of", "register"]

#: In the order of the page.
_ours: tuple[Maker, ...] = (
    imports.taken_back,
    papers.elsewhere,
    exits.leaving_of,
    dues.dues,
    papers.papers,
    papers.links,
    joining.consent,
    joining.called_on,
)
_plugged_in: list[Maker] = []


def register(maker: Maker) -> None:
    """Add a panel below ours; adding it twice changes nothing."""
    if maker not in _plugged_in:
        _plugged_in.append(maker)


def of(request: CoopRequest, member: Member) -> list[Panel]:
    """The panels of a member's page for whoever looks at it."""
    makers = (*_ours, *_plugged_in)
    return [panel for make in makers if (panel := make(request, member)) is not None]
