"""The city's acts on a cooperative's ladder: verify a step, withdraw it, read its document.

The city reads all cooperatives and writes in one: each act opens the scope of the cooperative
it concerns within the request's transaction.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kkmp.access.permissions import Permission
from kkmp.access.web import CityRequest, requires_city
from kkmp.city.cooperatives import evidence, forms
from kkmp.city.cooperatives.services import ladder
from kkmp.city.cooperatives.services.ladder import StepRefused
from kkmp.city.cooperatives.views.city import cooperative_here
from kkmp.lib.clock import business_today
from kkmp.registry import scope
from kkmp.registry.models import StageStep


@require_POST
@requires_city(Permission.STAGE_VERIFY)
def verify(request: CityRequest, cooperative_code: str, step_id: UUID) -> HttpResponse:
    cooperative = cooperative_here(request, cooperative_code)
    with scope.cooperative(cooperative.pk):
        step = get_object_or_404(StageStep.objects.of(cooperative), id=step_id)
        try:
            ladder.verify(step=step, on=business_today(), by=request.user)
        except StepRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Verified. The map follows at once."))
    return redirect("city:cooperative", cooperative.code)


@require_http_methods(["GET", "POST"])
@requires_city(Permission.STAGE_VERIFY)
def withdraw(request: CityRequest, cooperative_code: str, step_id: UUID) -> HttpResponse:
    cooperative = cooperative_here(request, cooperative_code)
    form = forms.Withdrawal(request.POST or None)
    with scope.cooperative(cooperative.pk):
        step = get_object_or_404(StageStep.objects.of(cooperative), id=step_id, withdrawn_on=None)
        if form.is_valid():
            try:
                ladder.withdraw(
                    step=step, on=business_today(), by=request.user, **form.cleaned_data
                )
            except StepRefused as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                messages.success(request, _("Withdrawn. It stays on record with the reason."))
                return redirect("city:cooperative", cooperative.code)
    page = {"form": form, "step": step, "cooperative": cooperative}
    return render(
        request, "city/cooperatives/withdraw.html", page, status=422 if form.is_bound else 200
    )


@require_GET
@requires_city(Permission.STAGE_VERIFY)
def document(request: CityRequest, cooperative_code: str, step_id: UUID) -> HttpResponse:
    """A step's document. Deeds name people, so only who verifies reads them, and it is noted."""
    cooperative = cooperative_here(request, cooperative_code)
    with scope.cooperative(cooperative.pk):
        steps = StageStep.objects.of(cooperative).exclude(document="")
        step = get_object_or_404(steps, id=step_id)
        return evidence.download(ladder.open_document(step=step, by=request.user), cooperative)
