"""A cooperative's own pages of itself: its home, its papers, its settings and its ladder."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.city.cooperatives import evidence, forms
from kkmp.city.cooperatives.queries import dossier, home, work
from kkmp.city.cooperatives.services import ladder, profile
from kkmp.city.cooperatives.services.ladder import StepRefused
from kkmp.city.figures.queries import places
from kkmp.lib.clock import business_today
from kkmp.lib.forms import refuse
from kkmp.registry.models import CooperativeSettings, Stage, StageStep


@require_GET
@requires(Permission.COOPERATIVE_READ)
def overview(request: CoopRequest) -> HttpResponse:
    """The cooperative's home; those at the till see sales and nothing else."""
    return render(request, "city/cooperatives/coop_home.html", _home(request))


@require_GET
@requires(Permission.COOPERATIVE_READ)
def details(request: CoopRequest) -> HttpResponse:
    """Papers, what the members decided, and the ladder with its evidence."""
    here, on = request.cooperative, business_today()
    page = {
        "cooperative": here,
        "settings": places.settings_of(here, on),
        "decisions": CooperativeSettings.objects.of(here).order_by("-valid_from", "id"),
        "ladder": dossier.ladder(places.steps_of(here)),
        "status": places.status_of(here, on),
        "may_write": Permission.COOPERATIVE_WRITE in request.permissions,
        "may_open": Permission.MEMBERS_READ in request.permissions,
        "on": on,
    }
    return render(request, "city/cooperatives/coop_profile.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.COOPERATIVE_WRITE)
def edit(request: CoopRequest) -> HttpResponse:
    here = profile.held(request.cooperative) if request.method == "POST" else request.cooperative
    before = {name: getattr(here, name) for name in profile.Particulars.__dataclass_fields__}
    form = forms.ChangedProfile(request.POST or None, initial=before)
    form.show(before)
    if form.is_valid() and not form.is_stale(here, before):
        particulars = profile.Particulars(**form.cleaned_data)
        try:
            profile.edit(
                cooperative=here, particulars=particulars, today=business_today(), by=request.user
            )
        except profile.ParticularsRefused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("cooperative:profile", here.code)
    status = 422 if form.is_bound else 200
    return render(request, "city/cooperatives/coop_edit.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@requires(Permission.COOPERATIVE_WRITE)
def decide(request: CoopRequest) -> HttpResponse:
    here = request.cooperative
    form = forms.Decision(request.POST or None, initial=_amounts(request))
    if form.is_valid():
        try:
            profile.decide(
                cooperative=here, today=business_today(), by=request.user, **form.cleaned_data
            )
        except profile.SettingsRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Saved. The amounts change on that day."))
            return redirect("cooperative:profile", here.code)
    status = 422 if form.is_bound else 200
    return render(request, "city/cooperatives/coop_decide.html", {"form": form}, status=status)


@require_POST
@requires(Permission.COOPERATIVE_WRITE)
def withdraw_decision(request: CoopRequest, settings_id: UUID) -> HttpResponse:
    """Amounts of the wrong year, which have not begun, are taken back."""
    here = request.cooperative
    settings = get_object_or_404(CooperativeSettings.objects.of(here), id=settings_id)
    try:
        profile.withdraw(settings=settings, today=business_today(), by=request.user)
    except profile.SettingsRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn. The amounts before stay in force."))
    return redirect("cooperative:profile", here.code)


@require_http_methods(["GET", "POST"])
@requires(Permission.COOPERATIVE_WRITE)
def record_step(request: CoopRequest) -> HttpResponse:
    here = request.cooperative
    form = forms.Step(
        request.POST or None,
        request.FILES or None,
        open_stages=_open_stages(request),
        initial={"stage": request.GET.get("stage")},
    )
    if form.is_valid():
        try:
            ladder.record(
                cooperative=here, today=business_today(), by=request.user, **form.cleaned_data
            )
        except StepRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Recorded."))
            return redirect("cooperative:profile", here.code)
    status = 422 if form.is_bound else 200
    return render(request, "city/cooperatives/coop_step.html", {"form": form}, status=status)


@require_GET
@requires(Permission.MEMBERS_READ)
def document(request: CoopRequest, step_id: UUID) -> HttpResponse:
    """A step's document. Deeds name people, so it takes a role that may read members."""
    steps = StageStep.objects.of(request.cooperative).exclude(document="")
    step = get_object_or_404(steps, id=step_id)
    step = ladder.open_document(step=step, by=request.user)
    return evidence.download(step, request.cooperative)


def _home(request: CoopRequest) -> dict[str, Any]:
    here, allowed, on = request.cooperative, request.permissions, business_today()
    figures, days = home.figures(here), home.days(here, on)
    sees_all = Permission.MEMBERS_READ in allowed
    return {
        "on": on,
        "today": days[-1],
        "yesterday": days[-2],
        "chart": home.chart(days) if figures.last_sale_on else None,
        "figures": figures,
        "capital_idr": figures.principal_idr + figures.mandatory_idr,
        "sees_all": sees_all,
        "may_sell": Permission.SALES_SELL in allowed,
        "settings": places.settings_of(here, on) if sees_all else None,
        "waiting": home.waiting_people(here) if sees_all else 0,
        "work": work.waiting(here, allowed, on=on),
        "tasks": home.checklist(here, figures, allowed) if sees_all else [],
    }


def _amounts(request: CoopRequest) -> dict[str, Any]:
    present = places.settings_of(request.cooperative, business_today())
    names = ("principal_idr", "mandatory_idr", "member_target", *profile.OTHERS)
    return {name: getattr(present, name) for name in names} if present else {}


def _open_stages(request: CoopRequest) -> list[Stage]:
    """Stages that may still be recorded."""
    return [r.stage for r in dossier.ladder(places.steps_of(request.cooperative)) if not r.step]
