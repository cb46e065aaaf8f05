"""The pages of the till, which keeps its basket on the device and sells through the API."""

from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from kkmp.access import queries as access
from kkmp.access.permissions import Permission, permissions_of
from kkmp.access.web import CoopRequest, SignedInRequest, public, requires, signed_in
from kkmp.lib import keyset
from kkmp.lib.clock import business_today
from kkmp.lib.page_language import of_one_language
from members.register import queries as register_queries
from members.register.services import leaving_open
from shops.till import queries as till_queries
from shops.till import setup
from shops.till import shell as till_shell

#: How many of the own receipts are on one page.
RECEIPTS = 50


def _mark(_request: HttpRequest, language: str) -> str:
    return till_shell.page(language).mark


# Browsers without a decoder of barcodes get one in WebAssembly.
@of_one_language
@csp_update({"script-src": [SELF, "'wasm-unsafe-eval'"]})
@require_safe
@public
@cache_control(public=True, no_cache=True)
@condition(etag_func=_mark)
def shell(_request: HttpRequest, language: str) -> HttpResponse:
    """The till's page without anybody's data; a browser that has it asks only if it changed."""
    page = till_shell.page(language)
    return HttpResponse(page.content)


@require_safe
@signed_in
@cache_control(private=True, no_store=True)
def places(request: SignedInRequest) -> JsonResponse:
    """The cooperatives where somebody may sell, for a till that was opened without one."""
    found = {
        each.cooperative.code: each.cooperative.name
        for each in access.places_of(request.user)
        if each.cooperative and Permission.SALES_SELL in permissions_of([each.role])
    }
    told = [{"code": code, "name": name} for code, name in found.items()]
    return JsonResponse({"places": told})


@require_safe
@requires(Permission.SALES_SELL)
def till(request: CoopRequest) -> HttpResponse:
    """Leads from the cooperative's own pages to the till."""
    query = {"koperasi": request.cooperative.code}
    if unit := request.GET.get("unit"):
        query["unit"] = unit
    return redirect(f"{till_shell.address()}?{urlencode(query)}")


@require_safe
@requires(Permission.SALES_SELL)
@cache_control(private=True, no_store=True)
def data(request: CoopRequest) -> JsonResponse:
    """The till's data; it loads them when it is opened and when they are too old."""
    return JsonResponse(setup.till_data(request, wanted=request.GET.get("unit", "")))


@require_safe
@requires(Permission.MEMBERS_FIND)
def members(request: CoopRequest) -> JsonResponse:
    """Members found by number, name or phone: id, number and name, and why nobody buys in it."""
    found = register_queries.find_members(request.cooperative, request.GET.get("q", ""))
    leaving = leaving_open.reasons_by_member(
        request.cooperative.pk, [member.id for member in found]
    )
    return JsonResponse(
        {
            "members": [
                {"id": m.id, "number": m.number, "name": m.name, "leaving": leaving.get(m.id, "")}
                for m in found
            ]
        }
    )


@require_safe
@requires(Permission.SALES_SELL)
def receipts(request: CoopRequest) -> HttpResponse:
    """The receipts of this cashier today, to print one again."""
    own = till_queries.sales(request.cooperative).filter(
        cashier=request.user.pk, date=business_today()
    )
    page = keyset.page(own, ("-number",), size=RECEIPTS, given=request.GET.get("page"))
    return render(request, "shops/till/till_receipts.html", {"page": page})
