"""What the page shell shows: where we are, where else one may go, and the menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kkmp.access import menu, queries
from kkmp.access.menu import Area
from kkmp.access.models import User
from kkmp.access.permissions import CITY_ROLES, Permission, Role
from kkmp.lib.errors import insist
from kkmp.registry import queries as registry
from kkmp.registry.models import Cooperative, Regency


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context variable ``shell`` of every page."""
    user: User | None = getattr(request, "user", None)
    if user is not None and not user.is_authenticated:
        user = None
    cooperative = getattr(request, "cooperative", None)
    regency = getattr(request, "regency", None)
    permissions: frozenset[Permission] = getattr(request, "permissions", frozenset())
    return {
        "shell": {
            "cooperative": cooperative,
            "regency": regency,
            "area": "staff" if cooperative else "city" if regency else "public",
            "nav": _nav(request, permissions),
            "places": _places(user, cooperative, regency) if user else [],
            "demo": registry.is_demo(),
            "user": user,
            "permissions": {str(permission) for permission in permissions},
        }
    }


def _nav(request: HttpRequest, permissions: frozenset[Permission]) -> list[dict[str, Any]]:
    cooperative: Cooperative | None = getattr(request, "cooperative", None)
    place = [cooperative.code] if cooperative else []
    area = Area.COOPERATIVE if cooperative else Area.CITY
    if not cooperative and not getattr(request, "regency", None):
        return []
    items = [
        (entry, reverse(entry.view, args=place))
        for entry in menu.entries(area)
        if entry.permission in permissions
    ]
    # The longest address that the page's own begins with is where we are.
    starts = {reverse(other, args=place): url for entry, url in items for other in entry.also}
    starts |= {url: url for entry, url in items if not entry.is_alone or url == request.path}
    here = max((start for start in starts if request.path.startswith(start)), key=len, default="")
    return [
        {
            "label": entry.label,
            "icon": entry.icon,
            "url": url,
            "primary": entry.is_primary,
            "active": url == starts.get(here),
        }
        for entry, url in items
    ]


def _places(
    user: User, cooperative: Cooperative | None, regency: Regency | None
) -> list[dict[str, Any]]:
    """One line a place, however many roles are held there."""
    places: dict[str, dict[str, Any]] = {}
    for holding in queries.places_of(user):
        if holding.cooperative:
            url = reverse("cooperative:home", args=[holding.cooperative.code])
            label, current = holding.cooperative.name, holding.cooperative == cooperative
        elif holding.role in CITY_ROLES:
            url, label, current = reverse("city:home"), str(holding.regency), bool(regency)
        else:
            insist(holding.role == Role.ADMINISTRATOR, "only administrators have no place")
            url, label, current = reverse("admin:index"), _("Administration"), False
        places.setdefault(url, {"label": label, "url": url, "current": current})
    return list(places.values())
