"""The page for everybody: totals, the map and the sources; no personal data."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET, require_safe
from django.views.decorators.vary import vary_on_headers

from kkmp.access.web import AnybodyRequest, public
from kkmp.city.progress import forms
from kkmp.city.public import queries
from kkmp.lib.clock import business_today
from kkmp.lib.compressing import compressed
from kkmp.registry import scope
from kkmp.registry.models import Regency

_A_DAY = 24 * 60 * 60


@require_GET
@compressed
@vary_on_headers("HX-Request", "Cookie")
@public
def progress(request: AnybodyRequest) -> HttpResponse:
    regency = Regency.objects.order_by("code").first()
    if regency is None:
        return render(request, "city/public/no_regency.html")
    form, on = forms.Area(request.GET, regency=regency), business_today()
    with scope.city():
        page = queries.public(regency, kecamatan=form.chosen, on=on)
    template = "city/progress/_map.html" if request.htmx else "city/public/progress.html"
    response = render(
        request,
        template,
        page | {"form": form, "regency": regency, "list_template": "city/public/_list.html"},
    )
    # A browser may keep it for a minute. Shared caches may not: the page carries a CSRF cookie.
    patch_cache_control(response, private=True, max_age=60)
    return response


@require_safe
@public
def robots(_request: AnybodyRequest) -> HttpResponse:
    """What search engines may keep: the city's page and the ways to join, and nothing else."""
    rules = ("User-agent: *", "Allow: /$", "Allow: /gabung/", "Allow: /static/", "Disallow: /")
    response = HttpResponse("\n".join(rules) + "\n", content_type="text/plain")
    patch_cache_control(response, public=True, max_age=_A_DAY)
    return response


@require_safe
@public
def favicon(_request: AnybodyRequest) -> HttpResponse:
    """Leads to the icon; browsers ask for it at this address before they read a page."""
    response = redirect(static("kkmp/img/favicon.svg"), permanent=True)
    patch_cache_control(response, public=True, max_age=_A_DAY)
    return response
