"""The register: finding, adding and changing people, and their way to membership."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from kkmp.access.once import OnceRequest, once
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from members import forms, panels, queries, saved, sections
from members.filters import MemberFilter
from members.models.members import Member, Status
from members.models.saved import ViewPage
from members.services import membership, savings

PAGE_SIZE = 25
HISTORY_SIZE = 20


@require_safe
@requires(Permission.MEMBERS_READ)
@vary_on_headers("HX-Request")
def members(request: CoopRequest) -> HttpResponse:
    people = queries.with_savings(Member.objects.of(request.cooperative))
    found = MemberFilter(
        request.GET,
        queryset=people,
        cooperative=request.cooperative,
        on=business_today(),
        rws=queries.rws(request.cooperative),
        agencies=queries.agencies(request.cooperative),
    )
    pages = Paginator(queries.in_order(found.qs), PAGE_SIZE)
    counts = queries.funnel(request.cooperative)
    context = {
        "filter": found,
        "page": pages.get_page(request.GET.get("page")),
        "tabs": [{"value": "", "label": _("All"), "count": sum(counts.values())}]
        + [{"value": s.value, "label": s.label, "count": counts[s.value]} for s in Status],
        "status": request.GET.get("status", ""),
        "saved": saved.above(request, ViewPage.REGISTER),
        "sections": sections.shown(request),
    }
    return render(request, "members/_rows.html" if request.htmx else "members/list.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MEMBERS_WRITE)
@once
def add(request: OnceRequest) -> HttpResponse:
    form = forms.Registration(
        request.POST or None, cooperative=request.cooperative, initial={"key": request.form_key}
    )
    if request.method == "POST" and form.ready(on=business_today()):
        try:
            member = membership.register(
                cooperative=request.cooperative,
                particulars=form.particulars(),
                status=Status(form.cleaned_data["status"]),
                key=form.cleaned_data["key"],
                on=business_today(),
                by=request.user,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("%(name)s is on the register.") % {"name": member.name})
            return redirect("members:detail", request.cooperative.code, member.id)
    done = None if form.is_bound else queries.registered(request.cooperative, request.form_key)
    context = {"form": form, "done": done}
    return render(request, "members/register.html", context, status=_status(form))


@require_safe
@requires(Permission.MEMBERS_READ)
@never_cache
def detail(request: CoopRequest, member_id: UUID) -> HttpResponse:
    member = _member(request, member_id)
    pages = Paginator(queries.entries(member), HISTORY_SIZE)
    held = queries.holdings(member, on=business_today())
    found = panels.of(request, member)
    context = {
        "member": member,
        "holdings": [holding for holding in held if holding.is_shown],
        "can_withdraw": any(h.balance_idr and h.kind.is_withdrawable for h in held),
        "total_idr": sum(holding.balance_idr for holding in held),
        "path": queries.path_to_membership(member, held, on=business_today()),
        "page": pages.get_page(request.GET.get("page")),
        "steps": queries.steps(member),
        "panels": found,
        "placed": panels.placed(found),
    }
    return render(request, "members/detail.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MEMBERS_WRITE)
def edit(request: CoopRequest, member_id: UUID) -> HttpResponse:
    member = _member(request, member_id)
    form = forms.Edit(request.POST or None, member=member)
    if request.method == "POST" and form.ready(on=business_today()):
        try:
            membership.edit(
                member=member,
                particulars=form.particulars(),
                version=form.cleaned_data["version"],
                on=business_today(),
                by=request.user,
            )
        except membership.EditConflict:
            form.rebase()
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Changes saved."))
            return redirect("members:detail", request.cooperative.code, member.id)
    status = 409 if form.conflicts is not None else _status(form)
    return render(request, "members/edit.html", {"form": form, "member": member}, status=status)


@require_POST
@requires(Permission.MEMBERS_WRITE)
def move(request: CoopRequest, member_id: UUID) -> HttpResponse:
    member = _member(request, member_id)
    form = forms.Move(request.POST)
    if form.is_valid():
        try:
            to = Status(form.cleaned_data["to"])
            member = membership.move(member=member, to=to, on=business_today(), by=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            status = member.get_status_display()
            messages.success(request, _("Status changed to: %(status)s.") % {"status": status})
    return redirect("members:detail", request.cooperative.code, member.id)


@require_POST
@requires(Permission.MEMBERS_WRITE)
def admit(request: CoopRequest, member_id: UUID) -> HttpResponse:
    member = _member(request, member_id)
    try:
        member = savings.admit(member=member, on=business_today(), by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s is a member now.") % {"name": member.name})
    return redirect("members:detail", request.cooperative.code, member.id)


@require_POST
@requires(Permission.NIK_REVEAL)
@never_cache
def reveal_nik(request: CoopRequest, member_id: UUID) -> HttpResponse:
    """The number, for this one answer: it is not kept by any cache."""
    member = _member(request, member_id)
    context = {"member": member, "nik": membership.reveal_nik(member=member, by=request.user)}
    return render(request, "members/_nik.html" if request.htmx else "members/nik.html", context)


def _member(request: CoopRequest, member_id: UUID) -> Member:
    # The cooperative in hand, so that nothing has to fetch it again.
    member = get_object_or_404(Member.objects.of(request.cooperative), id=member_id)
    member.cooperative = request.cooperative
    return member


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200
