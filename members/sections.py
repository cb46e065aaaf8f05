"""The pages of the members' part of the house, as the links above each of them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kkmp.access.permissions import Permission
from kkmp.access.sections import Section, links
from members.joining import queue


@dataclass(frozen=True, slots=True)
class Group:
    """Pages about one subject. Where there are several, they stand in a row of their own."""

    label: Any
    icon: str
    sections: tuple[Section, ...]


def _alone(section: Section) -> Group:
    return Group(section.label, section.icon, (section,))


#: What is used most comes first.
GROUPS = (
    _alone(Section("members:list", _("Register"), "users", Permission.MEMBERS_READ)),
    Group(
        _("New members"),
        "user-plus",
        (
            Section(
                "members:applications",
                _("Applications"),
                "inbox",
                Permission.MEMBERS_READ,
                queue.waiting_count,
            ),
            Section("members:funnel", _("Becoming members"), "filter", Permission.MEMBERS_READ),
        ),
    ),
    Group(
        _("Savings"),
        "pig-money",
        (
            Section(
                "members:dues", _("Mandatory savings"), "calendar-check", Permission.SAVINGS_READ
            ),
            Section("members:collect", _("Collect together"), "cash", Permission.SAVINGS_DEPOSIT),
            Section(
                "members:collected", _("Earlier collections"), "history", Permission.SAVINGS_READ
            ),
            Section(
                "members:arrears", _("Arrears"), "calendar-exclamation", Permission.SAVINGS_READ
            ),
            Section("members:kinds", _("Kinds of savings"), "pig-money", Permission.SAVINGS_READ),
        ),
    ),
    _alone(Section("members:exits", _("Leaving"), "door-exit", Permission.MEMBERS_READ)),
    Group(
        _("To print"),
        "printer",
        (
            Section("members:cards", _("Cards"), "id-badge-2", Permission.MEMBERS_READ),
            Section("members:registers", _("Books to print"), "books", Permission.MEMBERS_READ),
        ),
    ),
    _alone(Section("members:figures", _("Figures"), "chart-bar", Permission.MEMBERS_READ)),
    _alone(Section("members:officers", _("Officers"), "user-star", Permission.MEMBERS_READ)),
)


def shown(request: Any) -> list[dict[str, Any]]:
    """The links for whoever asks, by group; the one that the page's address lies under is current.

    A group opens its first page, and tells what waits on all of its pages.
    """
    found = links(request, (section for group in GROUPS for section in group.sections))
    return [
        {
            "label": group.label,
            "icon": group.icon,
            "url": pages[0]["url"],
            "current": any(page["current"] for page in pages),
            "waiting": sum(page["waiting"] for page in pages),
            "pages": pages,
        }
        for group in GROUPS
        if (pages := [found[each.view] for each in group.sections if each.view in found])
    ]
