"""The pages about goods, as the links above each of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kkmp.access.permissions import Permission
from shops import queries


@dataclass(frozen=True, slots=True)
class Section:
    """One of the pages; it is shown to those who may open it."""

    view: str
    label: Any
    icon: str
    permission: Permission
    #: How many things wait there, asked with the cooperative.
    waiting: Callable[[Any], int] | None = None


def _noted(cooperative: Any) -> int:
    return queries.unknown_codes(cooperative).count()


SECTIONS = (
    Section("shops:products", _("Products"), "package", Permission.PRODUCTS_READ),
    Section("shops:categories", _("Categories"), "palette", Permission.PRODUCTS_READ),
    Section("shops:rules", _("Subsidised goods"), "scale", Permission.PRODUCTS_READ),
    Section("shops:unknown_codes", _("Unknown codes"), "barcode", Permission.PRODUCTS_READ, _noted),
    Section("shops:units", _("Units of business"), "building-store", Permission.PRODUCTS_READ),
    Section("shops:till_settings", _("Till settings"), "settings", Permission.TILL_WRITE),
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
