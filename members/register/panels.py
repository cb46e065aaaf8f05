"""What one member's page shows beside savings and particulars: a panel a subject.

A panel is a function that takes the request and the member and returns a :class:`Panel`, or
None where there is nothing to show. It asks for what it shows itself. Each package registers its
own in its module ``plugins``::

    panels.register(panels.dues, weight=40)
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from kkmp.access.web import CoopRequest
from members.register.models import Member


class Place(StrEnum):
    """The part of the page in which a panel stands."""

    #: Across the page, above all else: what has to be noticed.
    TOP = "top"
    #: In the wide column, above the deposits.
    MAIN = "main"
    #: Beside them, below the particulars.
    SIDE = "side"
    #: At the very end: what is done once in the life of a membership.
    END = "end"


@dataclass(frozen=True, slots=True)
class Panel:
    """:param context: of its template, as ``panel``"""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    place: Place = Place.SIDE


Maker = Callable[[CoopRequest, Member], Panel | None]

_registered: dict[Maker, int] = {}


def register(maker: Maker, *, weight: int) -> None:
    """Add a panel; adding it twice changes nothing.

    :param weight: panels of one place stand in this order, the lightest first
    """
    _registered[maker] = weight


def panels_for(request: CoopRequest, member: Member) -> list[Panel]:
    """The panels of a member's page for whoever looks at it."""
    makers = sorted(_registered, key=_registered.__getitem__)
    return [panel for make in makers if (panel := make(request, member)) is not None]


def placed(found: list[Panel]) -> dict[str, list[Panel]]:
    """The panels by their places; a place without panels is there and empty."""
    return {place.value: [panel for panel in found if panel.place == place] for place in Place}
