"""The data that a till loads from one address: cooperative, cashier, shift and goods."""

from typing import Any
from uuid import UUID

from django.contrib.messages import get_messages
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from finance.models import BusinessUnit
from kkmp.access import page_owner
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest
from kkmp.lib import qr
from kkmp.lib.clock import business_today
from shops.drawers import queries as drawers_queries
from shops.settings.queries import settings_of
from shops.till import shelf
from shops.units import queries as unit_queries

#: Stands in an address for the id of a row, which the till puts in its place.
PLACEHOLDER = UUID(int=0)
#: Parts of the till's page that differ by cooperative and by whoever is signed in.
PIECES = ("side", "top", "head", "foot", "bottom")


def till_data(request: CoopRequest, *, wanted: str) -> dict[str, Any]:
    """Goods, prices, settings, cashier and open shift, in values that JSON knows.

    :param wanted: code of the unit of business to sell for; if empty, the unit of the open
        shift, else the unit with the most goods
    """
    found = unit_queries.units_with_goods(request.cooperative)
    units = [row for row in found if row.unit.is_active]
    shift = drawers_queries.open_shift_of(request.cooperative, request.user)
    unit = _unit(units, wanted or (shift.unit.code if shift else "")) if units else None
    goods = _goods(request, unit)
    is_here = shift is not None and unit is not None and shift.unit_id == unit.id
    context = {
        "units": [row.unit for row in units],
        "unit": unit,
        "shift": shift,
        "is_elsewhere": shift is not None and not is_here,
        "here": reverse("shops:till", args=[request.cooperative.code]),
    }
    return {
        "language": get_language(),
        "cooperative": request.cooperative.code,
        "unit": unit.code if unit else "",
        "cashier": str(request.user.pk),
        "cashierName": str(request.user),
        "openedFor": page_owner.mark(request.user),
        "hasShift": is_here,
        # Each sale names the shift, so that none is sold into a shift that the page does not show.
        "shift": str(shift.id) if shift is not None and is_here else None,
        "mayDiscount": Permission.SALES_DISCOUNT in request.permissions,
        **_settings(request),
        "goods": goods,
        "addresses": _addresses(request),
        # The token changes when somebody signs in again in another window.
        "csrf": get_token(request),
        "notes": [{"text": str(m), "level": m.level_tag} for m in get_messages(request)],
        "pieces": _pieces(request, context, is_empty=not goods),
    }


def _unit(units: list[unit_queries.UnitWithGoods], wanted: str) -> BusinessUnit:
    largest = max(units, key=lambda row: row.goods)
    return next((row.unit for row in units if row.unit.code == wanted), largest.unit)


def _goods(request: CoopRequest, unit: BusinessUnit | None) -> list[dict[str, Any]]:
    if unit is None:
        return []
    return shelf.till_goods(
        request.cooperative,
        unit,
        on=business_today(),
        may_wholesale=Permission.SALES_WHOLESALE in request.permissions,
    )


def _settings(request: CoopRequest) -> dict[str, Any]:
    settings = settings_of(request.cooperative)
    return {
        "step": settings.cash_step_idr,
        "qris": qr.svg(settings.qris_payload) if settings.qris_payload else "",
        "bankAccount": settings.bank_account,
    }


def _addresses(request: CoopRequest) -> dict[str, str]:
    code = request.cooperative.code
    return {
        "sell": reverse("api-sales"),
        "members": reverse("shops:till_members", args=[code]),
        "unknown": reverse("shops:unknown_code_note", args=[code]),
        "receipts": reverse("shops:till_receipts", args=[code]),
        "shift": reverse("shops:shift_open", args=[code]),
        "credit": reverse("api-credit", args=[PLACEHOLDER]),
        "pin": reverse("api-member-pin", args=[PLACEHOLDER]),
        "vouchers": reverse("api-vouchers"),
        "receipt": reverse("shops:till_receipt", args=[code, PLACEHOLDER]),
        "photo": reverse("shops:product_photo", args=[code, PLACEHOLDER]),
        "placeholder": str(PLACEHOLDER),
    }


def _pieces(request: CoopRequest, context: dict[str, Any], *, is_empty: bool) -> dict[str, str]:
    """What stands around the till, drawn by the same templates as on every page of the staff."""
    pieces = {
        name: render_to_string(f"shops/till/pieces/{name}.html", context, request)
        for name in PIECES
    }
    notice = ""
    if is_empty:
        name = "nothing" if context["unit"] else "no_unit"
        notice = render_to_string(f"shops/till/pieces/{name}.html", context, request)
    return pieces | {"notice": notice}
