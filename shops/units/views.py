"""Units of business."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from finance.ledger.models import BusinessUnit
from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from shops.units import queries
from shops.units.forms import UnitEditForm, UnitForm
from shops.units.services import units as service


@require_safe
@requires(Permission.PRODUCTS_READ)
def units(request: CoopRequest) -> HttpResponse:
    rows = queries.units_with_goods(request.cooperative)
    return render(
        request,
        "shops/units/units.html",
        {"units": rows, "page_tabs": tabs.shown(request, "goods")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COOPERATIVE_WRITE)
def open_unit(request: CoopRequest) -> HttpResponse:
    form = UnitForm(request.POST or None)
    if form.is_valid():
        try:
            unit = service.open_unit(
                cooperative=request.cooperative, name=form.cleaned_data["name"], by=request.user
            )
        except service.UnitRefused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("%(name)s is open.") % {"name": unit.name})
            return redirect("shops:units", request.cooperative.code)
    return render(
        request, "shops/units/unit_form.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COOPERATIVE_WRITE)
def edit(request: CoopRequest, unit_id: UUID) -> HttpResponse:
    unit = get_object_or_404(BusinessUnit.objects.of(request.cooperative), id=unit_id)
    if request.method == "POST":
        unit = service.held(unit)
    form = UnitEditForm(request.POST or None, unit=unit)
    if form.is_valid() and not form.is_stale(unit, form.before):
        try:
            service.edit(unit=unit, by=request.user, **form.cleaned_data)
        except service.UnitRefused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("shops:units", request.cooperative.code)
    context = {"form": form, "unit": unit}
    return render(
        request, "shops/units/unit_form.html", context, status=422 if form.is_bound else 200
    )
