"""What needs an administrator's attention, for the start page. Packages above add their matters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django_stubs_ext import StrOrPromise

#: What is found is told to whoever may see people, and what became of them.
PERMISSIONS = ("access.view_user", "access.view_systemevent", "registry.view_cooperative")
#: So many are named; the rest are behind the link.
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One of those that are named, leading to its page."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """
    :param count: how many need attention; none is good news
    :param address: where all of them are found
    :param good: what is said where nothing needs attention
    """

    count: int
    lines: Sequence[Line] = ()
    address: str = ""
    good: str = ""

    @property
    def left_out(self) -> int:
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class Matter:
    title: StrOrPromise
    icon: str
    find: Callable[[datetime], Finding]


@dataclass(frozen=True, slots=True)
class Found:
    matter: Matter
    finding: Finding


_registered: dict[str, tuple[int, Matter]] = {}


def register(name: str, matter: Matter, *, weight: int) -> None:
    """Add a matter; adding it twice changes nothing.

    :param weight: the lightest stands first
    """
    _registered[name] = (weight, matter)


def found(at: datetime) -> list[Found]:
    """All matters; those that need attention stand first."""
    matters = [matter for _weight, matter in sorted(_registered.values(), key=lambda each: each[0])]
    every = [Found(matter, matter.find(at)) for matter in matters]
    return sorted(every, key=lambda each: not each.finding.count)
