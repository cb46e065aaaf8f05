"""What the page shell shows: where we are, where else one may go, and the menu."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kkmp.access import queries
from kkmp.access.models import User
from kkmp.access.permissions import CITY_ROLES, Permission, Role
from kkmp.registry import queries as registry
from kkmp.registry.models import Cooperative, Regency


@dataclass(frozen=True)
class _Entry:
    label: Any
    icon: str
    view: str
    permission: Permission
    #: Whether it stands in the bar at the bottom of a phone.
    primary: bool = False
    #: Other pages that belong to this entry, with all below them, where no entry is theirs.
    also: tuple[str, ...] = ()


def _staff_menu() -> list[_Entry]:
    return [
        _Entry(_("Home"), "home", "cooperative:home", Permission.COOPERATIVE_READ, True),
        _Entry(
            _("Till"),
            "cash-register",
            "shops:till",
            Permission.SALES_SELL,
            primary=True,
            also=("shops:shift", "shops:return_find", "shops:sales"),
        ),
        _Entry(_("Members"), "users", "members:list", Permission.MEMBERS_READ, True),
        _Entry(
            _("Products"),
            "package",
            "shops:products",
            Permission.PRODUCTS_READ,
            primary=True,
            also=("shops:units",),
        ),
        _Entry(_("Sales"), "receipt", "shops:sales", Permission.SALES_READ),
        _Entry(_("Reports"), "chart-bar", "shops:reports", Permission.SALES_READ),
        _Entry(_("Shifts"), "clock-dollar", "shops:shifts", Permission.SHIFTS_READ),
        _Entry(
            _("Payments"),
            "qrcode",
            "shops:payments",
            Permission.PAYMENTS_READ,
            also=("shops:vouchers",),
        ),
        _Entry(_("Credit (bon)"), "address-book", "shops:credits", Permission.PAYMENTS_READ),
        _Entry(_("Books"), "book-2", "finance:trial_balance", Permission.BOOKS_READ, True),
        _Entry(_("Journals"), "notebook", "finance:journals", Permission.BOOKS_READ),
        _Entry(_("Import"), "table-import", "imports:list", Permission.MEMBERS_IMPORT),
        _Entry(_("Exports"), "table-export", "exports:log", Permission.EXPORTS_READ),
        _Entry(
            _("Cooperative"), "building-store", "cooperative:profile", Permission.COOPERATIVE_READ
        ),
    ]


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
    code = cooperative.code if cooperative else ""
    if cooperative:
        items = [
            (entry, reverse(entry.view, args=[code]))
            for entry in _staff_menu()
            if entry.permission in permissions
        ]
    elif getattr(request, "regency", None):
        items = [
            (
                _Entry(_("City"), "map-2", "city:home", Permission.CITY_READ, True),
                reverse("city:home"),
            )
        ]
    else:
        return []
    # The longest address that the page's own begins with is where we are.
    starts = {reverse(other, args=[code]): url for entry, url in items for other in entry.also}
    starts |= {url: url for _e, url in items}
    here = max((start for start in starts if request.path.startswith(start)), key=len, default="")
    return [
        {
            "label": entry.label,
            "icon": entry.icon,
            "url": url,
            "primary": entry.primary,
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
            assert holding.role == Role.ADMINISTRATOR
            url, label, current = reverse("admin:index"), _("Administration"), False
        places.setdefault(url, {"label": label, "url": url, "current": current})
    return list(places.values())
