"""Officers and supervisors: who is in office, what the rules say, and the terms before."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kkmp.access import tabs
from kkmp.access.form_keys import OnceRequest, once
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from members.bodies import forms, queries
from members.bodies.models import Body, Officer
from members.bodies.services import boards
from members.bodies.services import officers as acts


@require_safe
@requires(Permission.MEMBERS_READ)
def listed(request: CoopRequest) -> HttpResponse:
    today = business_today()
    current = queries.in_office(request.cooperative, on=today)
    ids = [officer.id for officer in current]
    context = {
        "bodies": [
            {"body": body, "officers": [o for o in current if o.body == body]} for body in Body
        ],
        "warnings": boards.warnings(queries.seats(current), on=today),
        "others": queries.everybody(request.cooperative).exclude(id__in=ids),
        "today": today,
        "page_tabs": tabs.grouped(request, "members"),
    }
    return render(request, "members/bodies/officers.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MEMBERS_WRITE)
@once
def add(request: OnceRequest) -> HttpResponse:
    initial = {"key": request.form_key, "body": request.GET.get("body", Body.BOARD)}
    form = forms.NewOfficer(request.POST or None, cooperative=request.cooperative, initial=initial)
    if form.is_valid():
        try:
            officer = acts.add(
                cooperative=request.cooperative,
                term=form.term(),
                key=form.cleaned_data["key"],
                on=business_today(),
                by=request.user,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            return _saved(request, officer)
    return _form(request, form, _("Record an officer"))


@require_http_methods(["GET", "POST"])
@requires(Permission.MEMBERS_WRITE)
def edit(request: CoopRequest, officer_id: UUID) -> HttpResponse:
    officer = _officer(request, officer_id)
    if request.method == "POST":
        officer = acts.held(officer)
    form = forms.OfficerEdit(request.POST or None, officer=officer)
    if form.is_valid() and not form.is_stale(officer, form.before):
        try:
            acts.edit(
                officer=officer,
                term=form.term(),
                version=officer.version,
                on=business_today(),
                by=request.user,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            return _saved(request, officer)
    status = 409 if form.was_stale else None
    return _form(request, form, _("Change the data"), status=status, officer=officer)


@require_http_methods(["GET", "POST"])
@requires(Permission.MEMBERS_WRITE)
@once
def renew(request: OnceRequest, officer_id: UUID) -> HttpResponse:
    officer = _officer(request, officer_id)
    initial = forms.kept(officer) | {
        "key": request.form_key,
        "started_on": officer.term_ends_on,
        "term_ends_on": None,
        "decision_number": "",
    }
    form = forms.NewOfficer(request.POST or None, cooperative=request.cooperative, initial=initial)
    if form.is_valid():
        try:
            acts.renew(
                officer=officer,
                term=form.term(),
                key=form.cleaned_data["key"],
                on=business_today(),
                by=request.user,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            return _saved(request, officer)
    return _form(request, form, _("New term"), officer=officer)


@require_http_methods(["GET", "POST"])
@requires(Permission.MEMBERS_WRITE)
def end(request: CoopRequest, officer_id: UUID) -> HttpResponse:
    officer = _officer(request, officer_id)
    form = forms.End(request.POST or None, initial={"ended_on": business_today()})
    if form.is_valid():
        try:
            acts.end(officer=officer, on=business_today(), by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request, _("%(name)s is no longer in office.") % {"name": officer.name}
            )
            return redirect("members:officers", request.cooperative.code)
    context = {"form": form, "officer": officer}
    status = 422 if form.is_bound else 200
    return render(request, "members/bodies/officer_end.html", context, status=status)


def _officer(request: CoopRequest, officer_id: UUID) -> Officer:
    officer = get_object_or_404(queries.everybody(request.cooperative), id=officer_id)
    officer.cooperative = request.cooperative
    return officer


def _saved(request: CoopRequest, officer: Officer) -> HttpResponse:
    messages.success(request, _("Recorded: %(name)s.") % {"name": officer.name})
    return redirect("members:officers", request.cooperative.code)


def _form(
    request: CoopRequest,
    form: Form,
    title: str,
    *,
    status: int | None = None,
    officer: Officer | None = None,
) -> HttpResponse:
    context = {"form": form, "title": title, "officer": officer}
    status = status or (422 if form.is_bound else 200)
    return render(request, "members/bodies/officer.html", context, status=status)
