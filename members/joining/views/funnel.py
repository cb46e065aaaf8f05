"""The funnel worked: who waits at which step, whom to write to, and what has come of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_stubs_ext import WithAnnotations

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.phone import wa_link_of
from members.joining import forms, notices, whatsapp
from members.joining.filters import CandidateFilter
from members.joining.models import Channel
from members.joining.queries import funnel as reads
from members.joining.queries import queue
from members.joining.queries import terms as costs
from members.joining.queries.funnel import Step
from members.joining.queries.terms import Terms
from members.joining.services import consents, contacts
from members.joining.views.applications import form_url
from members.register import queries
from members.register.loading import member_of
from members.register.models import Member
from members.register.services import leaving_open

PAGE_SIZE = 20


@require_safe
@requires(Permission.MEMBERS_READ)
@vary_on_headers("HX-Request")
def funnel(request: CoopRequest) -> HttpResponse:
    here, on = request.cooperative, business_today()
    found = CandidateFilter(
        request.GET,
        queryset=reads.candidates(here, on=on),
        cooperative=here,
        rws=queries.rws(here),
    )
    pages = Paginator(found.qs.order_by("since", "name", "id"), PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    context: dict[str, Any] = {"filter": found, "page": page, "rows": _rows(request, page, on)}
    if request.htmx:
        return render(request, "members/joining/_funnel_rows.html", context)
    steps, places = reads.summary(here, on=on)
    context |= {
        "steps": steps,
        "places": places,
        "status": request.GET.get("status", ""),
        "conversion": reads.conversion(here, on=on),
        "waiting": queue.waiting_count(here),
        "page_tabs": tabs.grouped(request, "members"),
    }
    return render(request, "members/joining/funnel.html", context)


@require_POST
@requires(Permission.MEMBERS_WRITE)
def contact(request: CoopRequest, member_id: UUID) -> HttpResponse:
    member = member_of(request, member_id)
    form = forms.Calling(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        call = {name: given[name] for name in ("purpose", "channel", "note")}
        try:
            contacts.note(member=member, on=business_today(), by=request.user, **call)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Noted: %(name)s was contacted.") % {"name": member.name})
        if url_has_allowed_host_and_scheme(given["next"], allowed_hosts={request.get_host()}):
            return redirect(given["next"])
    return redirect("members:detail", request.cooperative.code, member.id)


@require_POST
@requires(Permission.MEMBERS_WRITE)
def consent(request: CoopRequest, member_id: UUID) -> HttpResponse:
    member = member_of(request, member_id)
    form = forms.Consenting(request.POST)
    if form.is_valid():
        try:
            consents.record(
                member=member,
                notice_version=notices.CURRENT,
                at=timezone.now(),
                by=request.user,
                **form.cleaned_data,
            )
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Written down."))
    return redirect("members:detail", request.cooperative.code, member.id)


def _rows(
    request: CoopRequest, people: "Iterable[WithAnnotations[Member, Step]]", on: date
) -> list[dict[str, Any]]:
    """Each candidate with days at the step, what is to be paid, and a message that is ready."""
    url = form_url(request)
    ordinary = {one.category.value: one for one in costs.on(request.cooperative, on)}
    rows = []
    people = list(people)
    leaving = leaving_open.reasons_by_member(
        request.cooperative.pk, [person.id for person in people]
    )
    for person in people:
        person.cooperative = request.cooperative
        terms: Terms | None = ordinary.get(person.category) or next(iter(ordinary.values()), None)
        text = whatsapp.to_candidate(
            person,
            terms=terms,
            paid_idr=person.paid_idr,
            has_nik=person.nik_hash is not None,
            form_url=url,
        )
        link = "" if person.id in leaving else wa_link_of(person.phone, text)
        rows.append(
            {
                "member": person,
                "days": (on - person.since).days,
                "open_idr": max(terms.principal_idr - person.paid_idr, 0) if terms else None,
                "whatsapp": link,
                "channel": Channel.WHATSAPP
                if link
                else Channel.CALL
                if person.phone
                else Channel.VISIT,
                "called_by": Channel(person.called_by).label if person.called_by else "",
            }
        )
    return rows
