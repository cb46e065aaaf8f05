"""What a member's own page shows, which opens by a link: a part a subject.

A part is a function that takes what is asked for and returns a :class:`Part`, or None where there
is nothing to show. It reads what it shows itself, and nothing of anybody else. Each package
registers its own in its module ``plugins``::

    own_page.register(dues, weight=20)
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from members.register.models import Member


@dataclass(frozen=True, slots=True)
class Asked:
    """
    :param number: of the page of what is divided into pages, as the address has it
    """

    member: Member
    on: date
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """
    :param context: of its template, as ``part``
    :param styles: files of style that it needs beside the page's own
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    styles: tuple[str, ...] = ()


Maker = Callable[[Asked], Part | None]

_registered: dict[Maker, int] = {}


def register(maker: Maker, *, weight: int) -> None:
    """Add a part; adding it twice changes nothing.

    :param weight: the lightest stands first
    """
    _registered[maker] = weight


def parts_for(asked: Asked) -> list[Part]:
    """The parts of a member's own page, from the first to the last."""
    makers = sorted(_registered, key=_registered.__getitem__)
    return [part for make in makers if (part := make(asked)) is not None]
