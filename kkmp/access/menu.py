"""The menu's entries. A package registers its own in its module ``plugins``."""

from dataclasses import dataclass
from enum import StrEnum

from django_stubs_ext import StrOrPromise

from kkmp.access.permissions import Permission


class Area(StrEnum):
    """The pages on which a menu stands: those of a cooperative, or of the city."""

    COOPERATIVE = "cooperative"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu, shown to those who may open it.

    :param is_primary: whether it stands in the bar at the bottom of a phone
    :param is_alone: whether it is shown as current on its own page only, and on none below it
    :param also: other pages that belong to it, with all below them, where no entry is theirs
    """

    view: str
    label: StrOrPromise
    icon: str
    permission: Permission
    is_primary: bool = False
    is_alone: bool = False
    also: tuple[str, ...] = ()


_registered: dict[Area, dict[str, tuple[int, Entry]]] = {area: {} for area in Area}


def register(entry: Entry, *, weight: int, area: Area = Area.COOPERATIVE) -> None:
    """Add an entry; adding it twice changes nothing.

    :param weight: the lightest stands first
    """
    _registered[area][entry.view] = (weight, entry)


def entries(area: Area) -> list[Entry]:
    """The entries of an area's menu, in their order."""
    by_weight = sorted(_registered[area].values(), key=lambda each: each[0])
    return [entry for _weight, entry in by_weight]
