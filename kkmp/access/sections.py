"""Links to the pages of one part of the house, above each of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest


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


def links(request: CoopRequest, sections: Iterable[Section]) -> dict[str, dict[str, Any]]:
    """The links for whoever asks, by view; the one that the page's address lies under is current.

    Each link: ``label``, ``icon``, ``url``, ``current``, ``waiting``.
    """
    code = request.cooperative.code
    allowed = [
        (section, reverse(section.view, args=[code]))
        for section in sections
        if section.permission in request.permissions
    ]
    under = (url for _section, url in allowed if request.path.startswith(url))
    here = max(under, key=len, default="")
    return {
        section.view: {
            "label": section.label,
            "icon": section.icon,
            "url": url,
            "current": url == here,
            "waiting": section.waiting(request.cooperative) if section.waiting else 0,
        }
        for section, url in allowed
    }
