"""What a panel is; each stands in a module of this package, named after its subject."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from kkmp.access.web import CoopRequest
from members.register.models import Member


class Place(StrEnum):
    """Where on the page a panel stands."""

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
