"""One cooperative, as the city sees it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from kkmp.access.permissions import Permission
from kkmp.access.web import CityRequest, requires_city
from kkmp.city.cooperatives.queries import dossier
from kkmp.lib.clock import business_today
from kkmp.registry.models import Cooperative


@require_GET
@requires_city(Permission.CITY_READ)
def cooperative(request: CityRequest, cooperative_code: str) -> HttpResponse:
    """One cooperative as the city sees it: aggregates, and the ladder with its evidence."""
    shown = cooperative_here(request, cooperative_code)
    page = dossier.dossier_of(shown, business_today())
    page["may_verify"] = Permission.STAGE_VERIFY in request.permissions
    return render(request, "city/cooperatives/cooperative.html", page)


def cooperative_here(request: CityRequest, code: str) -> Cooperative:
    """A cooperative of the reader's regency, else 404."""
    places = Cooperative.objects.select_related("kelurahan__kecamatan__regency")
    return get_object_or_404(places, code=code, kelurahan__kecamatan__regency=request.regency)
