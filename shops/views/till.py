"""The till: a page that keeps its basket on the device and sells through the API."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from shops import queries
from shops.till_setup import setup


@require_safe
@requires(Permission.SALES_SELL)
def till(request: CoopRequest) -> HttpResponse:
    units = [unit for unit in queries.units_with_goods(request.cooperative) if unit.is_active]
    if not units:
        return render(request, "shops/no_unit.html")
    wanted = request.GET.get("unit")
    largest = max(units, key=lambda unit: unit.goods)
    unit = next((unit for unit in units if unit.code == wanted), largest)
    goods = queries.till_goods(request.cooperative, unit, on=business_today())
    told = setup(request.cooperative, unit.code, request.user)
    context = {"units": units, "unit": unit, "goods": goods, "setup": told}
    return render(request, "shops/till.html", context)


@require_safe
@requires(Permission.SALES_SELL)
def goods(request: CoopRequest) -> JsonResponse:
    """Prices and stock of now, for a till whose own have grown old."""
    unit = get_object_or_404(queries.units(request.cooperative), code=request.GET.get("unit", ""))
    return JsonResponse(
        {"goods": queries.till_goods(request.cooperative, unit, on=business_today())}
    )


@require_safe
@requires(Permission.MEMBERS_FIND)
def members(request: CoopRequest) -> JsonResponse:
    """Members by number, name or phone; the answer holds number and name and nothing else."""
    found = queries.find_members(request.cooperative, request.GET.get("q", ""))
    return JsonResponse(
        {"members": [{"id": m.id, "number": m.number, "name": m.name} for m in found]}
    )


@require_safe
@requires(Permission.SALES_SELL)
def receipts(request: CoopRequest) -> HttpResponse:
    """Receipts that this cashier has made today, to print one again."""
    own = queries.sales(request.cooperative).filter(cashier=request.user.pk, date=business_today())
    return render(request, "shops/till_receipts.html", {"sales": own})
