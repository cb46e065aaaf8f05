"""How the administration looks: its name, its colours and its menu."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _


def logo(_request: HttpRequest) -> str:
    return static("kkmp/img/logo.svg")


def favicon(_request: HttpRequest) -> str:
    return static("kkmp/img/favicon.svg")


def styles(_request: HttpRequest) -> str:
    return static("kkmp/css/admin.css")


def place(request: HttpRequest) -> str:
    """Below the name, beside the menu: whose books are open."""
    from kkmp.access.administration import choice

    cooperative = choice.chosen(request)
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


def dashboard(_request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The start page: what needs attention."""
    from kkmp.access.administration import attention

    every = attention.found(timezone.now())
    return context | {
        "urgent": [each for each in every if each.finding.count],
        "settled": [each for each in every if not each.finding.count],
    }


def navigation(_request: HttpRequest | None = None) -> list[dict[str, Any]]:
    """The menu, by what people come for rather than by where the code lies."""
    return [
        {
            "items": [
                {"title": _("Start"), "icon": "home", "link": reverse("admin:index")},
            ],
        },
        _group(
            _("Areas & cooperatives"),
            (_("Regencies"), "location_city", "registry_regency"),
            (_("Kecamatan"), "map", "registry_kecamatan"),
            (_("Kelurahan"), "holiday_village", "registry_kelurahan"),
            (_("Cooperatives"), "storefront", "registry_cooperative"),
        ),
        _group(
            _("Users & roles"),
            (_("Users"), "group", "access_user"),
            (_("Roles held"), "badge", "access_roleholding"),
            (_("API tokens"), "key", "access_apitoken"),
            (_("Signed-in devices"), "devices", "access_device"),
        ),
        _group(
            _("Reference data"),
            (_("Published figures"), "newspaper", "city_reportedfigure"),
        ),
        _of_the_chosen(),
        _group(
            _("Tills & payments (read only)"),
            (_("Sales"), "receipt_long", "shops_sale"),
            (_("Returns"), "assignment_return", "shops_salereturn"),
            (_("Shifts"), "point_of_sale", "shops_shift"),
            (_("Credit of members"), "credit_score", "shops_creditterms"),
            (_("Payments of credits"), "payments", "shops_creditpayment"),
            (_("Confirmations of payments"), "fact_check", "shops_confirmation"),
            (_("Settlements"), "account_balance", "shops_settlement"),
            (_("Vouchers"), "confirmation_number", "shops_voucherbatch"),
            (_("Settings of the tills"), "settings", "shops_tillsettings"),
            (_("Unknown codes"), "barcode", "shops_unknowncode"),
        ),
        _trail(),
    ]


def _trail() -> dict[str, Any]:
    group = _group(
        _("Audit trail"),
        (_("Events in the cooperative"), "history", "access_auditevent"),
        (_("Events of the system"), "manage_history", "access_systemevent"),
    )
    everywhere = {
        "title": _("All cooperatives"),
        "icon": "travel_explore",
        "link": reverse("admin:trail"),
    }
    return group | {"items": [everywhere, *group["items"]]}


def _of_the_chosen() -> dict[str, Any]:
    group = _group(
        _("Books & goods (read only)"),
        (_("Amounts and target"), "tune", "registry_cooperativesettings"),
        (_("Stage steps"), "stairs", "registry_stagestep"),
        (_("Members"), "groups", "members_member"),
        (_("PINs of members"), "pin", "members_memberpin"),
        (_("PINs for savings"), "pin", "members_memberpin"),
        (_("Kinds of savings"), "category", "members_savingskind"),
        (_("Savings entries"), "savings", "members_savingsentry"),
        (_("Accounts and balances"), "account_tree", "finance_account"),
        (_("Journals"), "menu_book", "finance_journal"),
        (_("Units of business"), "store", "finance_businessunit"),
        (_("Product categories"), "shelves", "shops_category"),
        (_("Products and stock"), "inventory_2", "shops_product"),
    )
    choose = {
        "title": _("Choose a cooperative"),
        "icon": "swap_horiz",
        "link": reverse("admin:choose_cooperative"),
    }
    return group | {"items": [choose, *group["items"]]}


def _group(title: str, *pages: tuple[str, str, str]) -> dict[str, Any]:
    return {
        "title": title,
        "separator": True,
        "items": [
            {"title": capfirst(label), "icon": icon, "link": reverse(f"admin:{name}_changelist")}
            for label, icon, name in pages
        ],
    }
