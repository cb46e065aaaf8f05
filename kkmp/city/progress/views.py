"""The city's pages for its officers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from kkmp.access.permissions import Permission
from kkmp.access.web import CityRequest, requires_city
from kkmp.city.progress import forms, queries
from kkmp.lib.clock import business_today
from kkmp.lib.compressing import compressed
from kkmp.registry.models import Kecamatan


@require_GET
@compressed
@vary_on_headers("HX-Request")
@requires_city(Permission.CITY_READ)
def home(request: CityRequest) -> HttpResponse:
    """Progress to the target; htmx asks for the map or the ranking alone."""
    form, on = forms.Area(request.GET, regency=request.regency), business_today()
    order = forms.chosen_order(request.GET.get("order", ""))
    if request.htmx and request.htmx.target == "map":
        page = queries.city_map(request.regency, kecamatan=form.chosen, on=on)
        return render(request, "city/progress/_map.html", page | {"form": form})
    page = queries.city(request.regency, kecamatan=form.chosen, order=order, on=on)
    template = "city/progress/_ranking.html" if request.htmx else "city/progress/home.html"
    return render(request, template, page | {"form": form})


@require_GET
@compressed
@requires_city(Permission.CITY_READ)
def kecamatan(request: CityRequest, kecamatan_code: str) -> HttpResponse:
    area = get_object_or_404(Kecamatan, regency=request.regency, code=kecamatan_code)
    page = queries.area(area, request.regency, business_today())
    return render(request, "city/progress/kecamatan.html", page)
