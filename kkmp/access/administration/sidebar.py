"""The administration's menu. A package registers the lines of its own pages in ``plugins``."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class Group(models.TextChoices):
    """What people come for, rather than where the code lies; in the menu's order."""

    START = "start", ""
    AREAS = "areas", _("Areas & cooperatives")
    USERS = "users", _("Users & roles")
    REFERENCE = "reference", _("Reference data")
    BOOKS = "books", _("Books & goods (read only)")
    TILLS = "tills", _("Tills & payments (read only)")
    TRAIL = "trail", _("Audit trail")


@dataclass(frozen=True, slots=True)
class Line:
    """
    :param view: the list of a kind of thing, ``"shops_sale"``, or the name of another page,
        ``"admin:trail"``
    :param icon: of Material Symbols
    """

    view: str
    label: StrOrPromise
    icon: str

    @property
    def link(self) -> str:
        return reverse(self.view if ":" in self.view else f"admin:{self.view}_changelist")


_registered: dict[str, tuple[Group, int, Line]] = {}


def register(group: Group, line: Line, *, weight: int) -> None:
    """Add a line; adding it twice changes nothing.

    :param weight: within its group; the lightest stands first
    """
    _registered[line.view] = (group, weight, line)


def groups() -> list[dict[str, Any]]:
    """The menu as the administration's templates take it."""
    found = []
    for group in Group:
        mine = [(weight, line) for of, weight, line in _registered.values() if of is group]
        if mine:
            lines = [line for _weight, line in sorted(mine, key=lambda each: each[0])]
            found.append(_group(group, lines))
    return found


def _group(group: Group, lines: list[Line]) -> dict[str, Any]:
    items = [
        {"title": capfirst(str(line.label)), "icon": line.icon, "link": line.link} for line in lines
    ]
    title = {"title": str(group.label), "separator": True} if group.label else {}
    return title | {"items": items}
