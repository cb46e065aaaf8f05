"""The pages of the members' part of the house, as the links above each of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kkmp.access.permissions import Permission
from members import queue


@dataclass(frozen=True, slots=True)
class Section:
    """One of the pages.

    :param view: the page it opens; it is shown to those who may open it
    :param waiting: how many things wait there, asked with the cooperative
    """

    view: str
    label: Any
    icon: str
    permission: Permission
    waiting: Callable[[Any], int] | None = None


SECTIONS = (
    Section("members:list", _("Register"), "users", Permission.MEMBERS_READ),
    Section("members:kinds", _("Kinds of savings"), "pig-money", Permission.SAVINGS_READ),
    Section("members:figures", _("Figures"), "chart-bar", Permission.MEMBERS_READ),
    Section("members:cards", _("Cards"), "id-badge-2", Permission.MEMBERS_READ),
    Section(
        "members:applications",
        _("Applications"),
        "inbox",
        Permission.MEMBERS_READ,
        queue.waiting_count,
    ),
    Section("members:funnel", _("Becoming members"), "filter", Permission.MEMBERS_READ),
)


def shown(request: Any) -> list[dict[str, Any]]:
    """The links for whoever asks; the one that the page's address lies under is current."""
    allowed = [s for s in SECTIONS if s.permission in request.permissions]
    links = [(s, reverse(s.view, args=[request.cooperative.code])) for s in allowed]
    here = max((url for _s, url in links if request.path.startswith(url)), key=len, default="")
    return [
        {
            "label": s.label,
            "icon": s.icon,
            "url": url,
            "current": url == here,
            "waiting": s.waiting(request.cooperative) if s.waiting else 0,
        }
        for s, url in links
    ]
