"""How the administration looks: its name, its colours and its menu."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kkmp.access.administration import sidebar


def logo(_request: HttpRequest) -> str:
    return static("kkmp/img/logo.svg")


def favicon(_request: HttpRequest) -> str:
    return static("kkmp/img/favicon.svg")


def styles(_request: HttpRequest) -> str:
    return static("kkmp/css/admin.css")


def place(request: HttpRequest) -> str:
    """Below the name, beside the menu: whose books are open."""
    from kkmp.access.administration import cooperative_choice

    cooperative = cooperative_choice.chosen(request)
    if cooperative is None:
        return ""
    short = cooperative.name.rpartition("Merah Putih ")[2]
    return f"{short} ({cooperative.kelurahan.kecamatan.name})"


def account(_request: HttpRequest) -> list[dict[str, str]]:
    """One's own pages, which lie outside the administration."""
    return [
        {"title": _("My profile"), "link": reverse("profile")},
        {"title": _("Change password"), "link": reverse("account_change_password")},
        {"title": _("Two-step sign-in"), "link": reverse("mfa_index")},
    ]


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The start page: what needs attention."""
    from kkmp.access.administration import attention

    # It names people and says what became of them.
    may_read = request.user.has_perms(attention.PERMISSIONS)
    every = attention.found(timezone.now()) if may_read else []
    return context | {
        "urgent": [each for each in every if each.finding.count],
        "settled": [each for each in every if not each.finding.count],
    }


def navigation(_request: HttpRequest | None = None) -> list[dict[str, Any]]:
    """The menu: what the packages have registered."""
    return sidebar.groups()
