"""The books that are printed: members, savings, officers and supervisors."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.periods import DateError, parse_date
from members.bodies.models import Body, Officer
from members.leaving import queries as leaving_queries
from members.register import queries
from members.registers import documents
from members.registers import queries as registers_queries
from members.registers.services import disclosures


@require_safe
@requires(Permission.MEMBERS_READ)
def index(request: CoopRequest) -> HttpResponse:
    terms = Officer.objects.of(request.cooperative)
    former = leaving_queries.decided(request.cooperative).count()
    context = {
        "funnel": queries.funnel(request.cooperative),
        "former": former,
        "board": terms.filter(body=Body.BOARD).count(),
        "supervisors": terms.filter(body=Body.SUPERVISORS).count(),
        "today": business_today(),
        "undrawn": documents.undrawn(request.cooperative),
        "page_tabs": tabs.grouped(request, "members"),
    }
    return render(request, "members/registers/registers.html", context)


@require_safe
@requires(Permission.MEMBERS_EXPORT)
@never_cache
def members(request: CoopRequest) -> HttpResponse:
    """The members' statutory register as a PDF, without identity numbers."""
    lines, today = registers_queries.members(request.cooperative), business_today()
    pdf = documents.members_pdf(request.cooperative, lines, on=today)
    return _pdf(pdf, f"buku-daftar-anggota-{today}.pdf")


@require_POST
@requires(Permission.NIK_REVEAL)
@never_cache
def whole_members(request: CoopRequest) -> HttpResponse:
    """The members' statutory register with whole identity numbers; opening it is on record."""
    today = business_today()
    lines = disclosures.whole_register(cooperative=request.cooperative, by=request.user)
    pdf = documents.members_pdf(request.cooperative, lines, on=today)
    return _pdf(pdf, f"buku-daftar-anggota-nik-lengkap-{today}.pdf")


@require_safe
@requires(Permission.SAVINGS_READ)
@never_cache
def savings(request: CoopRequest) -> HttpResponse:
    try:
        on = _day(request.GET.get("on", ""))
    except DateError as refusal:
        messages.error(request, str(refusal))
        return redirect("members:registers", request.cooperative.code)
    lines = registers_queries.savings(request.cooperative, on=on)
    pdf = documents.savings_pdf(request.cooperative, lines, on=on)
    return _pdf(pdf, f"buku-simpanan-anggota-{on}.pdf")


@require_safe
@requires(Permission.MEMBERS_READ)
@never_cache
def board(request: CoopRequest) -> HttpResponse:
    return _body(request, Body.BOARD, "buku-daftar-pengurus")


@require_safe
@requires(Permission.MEMBERS_READ)
@never_cache
def supervisors(request: CoopRequest) -> HttpResponse:
    return _body(request, Body.SUPERVISORS, "buku-daftar-pengawas")


def _body(request: CoopRequest, of: Body, name: str) -> HttpResponse:
    terms, today = registers_queries.body(request.cooperative, of), business_today()
    pdf = documents.body_pdf(request.cooperative, of, terms, on=today)
    return _pdf(pdf, f"{name}-{today}.pdf")


def _day(text: str) -> date:
    """The day asked for; today where none is.

    :raises DateError: it is no day
    """
    return parse_date(text) if text else business_today()


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers: dict[str, Any] = {"Content-Disposition": content_disposition_header(False, name)}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
