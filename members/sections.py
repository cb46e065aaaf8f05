"""The pages of the members' part of the house, as the links above each of them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kkmp.access.permissions import Permission


@dataclass(frozen=True, slots=True)
class Section:
    """:param view: the page it opens; it is shown to those who may open it"""

    view: str
    label: Any
    icon: str
    permission: Permission


SECTIONS = (
    Section("members:list", _("Register"), "users", Permission.MEMBERS_READ),
    Section("members:dues", _("Mandatory savings"), "calendar-check", Permission.SAVINGS_READ),
    Section("members:arrears", _("Arrears"), "calendar-exclamation", Permission.SAVINGS_READ),
    Section("members:collect", _("Collect together"), "cash", Permission.SAVINGS_DEPOSIT),
)


def shown(request: Any) -> list[dict[str, Any]]:
    """The links for whoever asks; the one that the page's address lies under is current."""
    allowed = [s for s in SECTIONS if s.permission in request.permissions]
    links = [(s, reverse(s.view, args=[request.cooperative.code])) for s in allowed]
    here = max((url for _s, url in links if request.path.startswith(url)), key=len, default="")
    return [
        {"label": s.label, "icon": s.icon, "url": url, "current": url == here} for s, url in links
    ]
