"""Links to the pages of one area, above each of them: its tabs.

A package registers its own in its module ``plugins``; the area is a name that the pages share.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django_stubs_ext import StrOrPromise

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest
from kkmp.registry.models import Cooperative


@dataclass(frozen=True, slots=True)
class Group:
    """Tabs about one subject. Where there are several, they stand in a row of their own."""

    label: StrOrPromise
    icon: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages.

    :param view: the page it opens; it is shown to those who may open it
    :param waiting: how many things wait there, asked with the cooperative
    :param group: None stands alone
    """

    view: str
    label: StrOrPromise
    icon: str
    permission: Permission
    waiting: Callable[[Cooperative], int] | None = None
    group: Group | None = None


_registered: dict[str, dict[str, tuple[int, Tab]]] = defaultdict(dict)


def register(area: str, tab: Tab, *, weight: int) -> None:
    """Add a tab to an area; adding it twice changes nothing.

    :param weight: the lightest stands first
    """
    _registered[area][tab.view] = (weight, tab)


def shown(request: CoopRequest, area: str) -> list[dict[str, Any]]:
    """The links for whoever asks; the one that the page's address lies under is current.

    Each link: ``label``, ``icon``, ``url``, ``current``, ``waiting``.
    """
    return [link for _tab, link in _links(request, area)]


def grouped(request: CoopRequest, area: str) -> list[dict[str, Any]]:
    """The links for whoever asks by groups, each group with its ``pages``.

    A group opens its first page, and tells what waits on all of its pages.
    """
    groups: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for tab, link in _links(request, area):
        groups[tab.group or Group(tab.label, tab.icon)].append(link)
    return [
        {
            "label": group.label,
            "icon": group.icon,
            "url": pages[0]["url"],
            "current": any(page["current"] for page in pages),
            "waiting": sum(page["waiting"] for page in pages),
            "pages": pages,
        }
        for group, pages in groups.items()
    ]


def _links(request: CoopRequest, area: str) -> list[tuple[Tab, dict[str, Any]]]:
    code = request.cooperative.code
    tabs = [tab for _weight, tab in sorted(_registered[area].values(), key=lambda each: each[0])]
    allowed = [
        (tab, reverse(tab.view, args=[code]))
        for tab in tabs
        if tab.permission in request.permissions
    ]
    under = (url for _tab, url in allowed if request.path.startswith(url))
    here = max(under, key=len, default="")
    return [
        (
            tab,
            {
                "label": tab.label,
                "icon": tab.icon,
                "url": url,
                "current": url == here,
                "waiting": tab.waiting(request.cooperative) if tab.waiting else 0,
            },
        )
        for tab, url in allowed
    ]
