"""The till: a page that keeps its basket on the device and sells through the API."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib import qr
from kkmp.lib.clock import business_today
from shops.drawers import open_shift
from shops.goods import queries as goods_queries
from shops.settings.queries import settings_of
from shops.till import queries as till_queries
from shops.till import shelf
from shops.till.setup import setup
from shops.units import queries as units_queries


# The camera's decoder is WebAssembly, where the browser brings none of its own.
@csp_update({"script-src": [SELF, "'wasm-unsafe-eval'"]})
@require_safe
@requires(Permission.SALES_SELL)
def till(request: CoopRequest) -> HttpResponse:
    units = [unit for unit in goods_queries.units_with_goods(request.cooperative) if unit.is_active]
    if not units:
        return render(request, "shops/no_unit.html")
    shift = open_shift.open_shift_of(request.cooperative, request.user)
    unit = _unit(units, request.GET.get("unit") or (shift.unit.code if shift else ""))
    settings = settings_of(request.cooperative)
    context = {
        "units": units,
        "unit": unit,
        "shift": shift,
        "is_elsewhere": shift is not None and shift.unit_id != unit.id,
        "settings": settings,
        "qris": qr.svg(settings.qris_payload) if settings.qris_payload else "",
        "goods": shelf.till_goods(request.cooperative, unit, on=business_today()),
        "setup": setup(request, unit=unit.code, shift=shift, settings=settings),
    }
    return render(request, "shops/till/till.html", context)


def _unit(units: list[Any], wanted: str) -> Any:
    """The one asked for or that of the shift, else the one with the most goods."""
    largest = max(units, key=lambda unit: unit.goods)
    return next((unit for unit in units if unit.code == wanted), largest)


@require_safe
@requires(Permission.SALES_SELL)
def goods(request: CoopRequest) -> JsonResponse:
    """Prices, stock and shift of now, for a till whose own have grown old.

    The token comes along: whoever signs in again in another window has a new one.
    """
    unit = get_object_or_404(
        units_queries.units(request.cooperative), code=request.GET.get("unit", "")
    )
    shift = open_shift.open_shift_of(request.cooperative, request.user)
    return JsonResponse(
        {
            "goods": shelf.till_goods(request.cooperative, unit, on=business_today()),
            "has_shift": shift is not None and shift.unit_id == unit.id,
            "csrf": get_token(request),
        }
    )


@require_safe
@requires(Permission.MEMBERS_FIND)
def members(request: CoopRequest) -> JsonResponse:
    """Members by number, name or phone; the answer holds number and name and nothing else."""
    found = shelf.find_members(request.cooperative, request.GET.get("q", ""))
    return JsonResponse(
        {"members": [{"id": m.id, "number": m.number, "name": m.name} for m in found]}
    )


@require_safe
@requires(Permission.SALES_SELL)
def receipts(request: CoopRequest) -> HttpResponse:
    """Receipts that this cashier has made today, to print one again."""
    own = till_queries.sales(request.cooperative).filter(
        cashier=request.user.pk, date=business_today()
    )
    return render(request, "shops/till/till_receipts.html", {"sales": own})
