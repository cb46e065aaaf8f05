"""A cashier's shift: open it, move cash, count and close; and how the counts differed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from finance.ledger.models import BusinessUnit
from finance.ledger.services import ledger
from kkmp.access.form_keys import OnceRequest, once
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.documents import undrawn_in
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import answer_with, refuse
from shops.drawers import cash, documents
from shops.drawers import queries as drawers_queries
from shops.drawers.forms import CountDrawer, MoveCash, OpenShift, Recount, Undoing
from shops.drawers.models import Shift
from shops.drawers.services import corrections, movements, probing
from shops.drawers.services import shifts as service
from shops.units import queries

PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SALES_SELL)
@once
def shift_open(request: OnceRequest) -> HttpResponse:
    code, units = (
        request.cooperative.code,
        queries.units(request.cooperative).filter(is_active=True),
    )
    unit = units.filter(code=request.GET.get("unit", "")).first() or units.first()
    if unit is None:
        return render(request, "shops/units/no_unit.html")
    if request.method != "POST" and service.open_of(request.cooperative, request.user):
        return redirect("shops:shift", code)
    form = OpenShift(request.POST or None, units=units, initial=_opening(request, unit))
    if form.is_valid():
        try:
            shift = service.open_shift(
                cooperative=request.cooperative,
                at=timezone.now(),
                by=request.user,
                **form.cleaned_data,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your shift is open. You can sell now."))
            return _to_till(code, shift)
    return _page(request, "shops/drawers/shift_open.html", form, units=units)


@require_safe
@requires(Permission.SALES_SELL)
def shift(request: CoopRequest) -> HttpResponse:
    """The cashier's own; what should be in the drawer is not told before the count."""
    row = service.open_of(request.cooperative, request.user)
    if row is None:
        last = drawers_queries.latest_of(request.cooperative, request.user)
        return render(request, "shops/drawers/shift_none.html", {"last": last})
    context = {"shift": row, "movements": documents.movements(row)}
    return render(request, "shops/drawers/shift.html", context | drawers_queries.counts_of(row))


class _JudgedRequest(OnceRequest):
    """A request whose amount has been judged."""

    asked_too_often: probing.AskedTooOften | None


def _judge(request: _JudgedRequest) -> None:
    """Set ``request.asked_too_often``; an amount that is too large stays counted."""
    request.asked_too_often = None
    form = MoveCash(request.POST)
    if request.method != "POST" or not form.is_valid():
        return
    asked = {name: form.cleaned_data[name] for name in ("reason", "amount_idr")}
    asked["sent_under"] = form.cleaned_data["key"]
    try:
        probing.judge(cooperative=request.cooperative, at=timezone.now(), by=request.user, **asked)
    except probing.AskedTooOften as refusal:
        request.asked_too_often = refusal


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SALES_SELL, before=_judge)
@once
def shift_move(request: _JudgedRequest) -> HttpResponse:
    code, row = request.cooperative.code, service.open_of(request.cooperative, request.user)
    done = request.method != "POST" and drawers_queries.moved_with(
        request.cooperative, request.form_key
    )
    if row is None or done:
        return redirect("shops:shift", code)
    initial = {"key": request.form_key, "reason": request.GET.get("reason")}
    form = MoveCash(request.POST or None, initial=initial)
    if request.asked_too_often is not None:
        refuse(form, request.asked_too_often)
    elif form.is_valid():
        try:
            movements.move_cash(shift=row, at=timezone.now(), by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Written down and in the books."))
            return redirect("shops:shift", code)
    is_short = form.is_bound and form.has_error("amount_idr", service.DrawerShort.code)
    return _page(request, "shops/drawers/shift_move.html", form, shift=row, is_short=is_short)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SALES_SELL)
@once
def shift_close(request: OnceRequest) -> HttpResponse:
    """Count and close one's own shift."""
    row = drawers_queries.closed_with(request.cooperative, _sent_key(request))
    row = row or service.open_of(request.cooperative, request.user)
    if row is None:
        return redirect("shops:shift", request.cooperative.code)
    return _close(request, row)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SALES_APPROVE)
@once
def shift_close_other(request: OnceRequest, shift_id: UUID) -> HttpResponse:
    """Close a shift that somebody left open."""
    found = drawers_queries.closable(request.cooperative, request.user, request.permissions)
    return _close(request, get_object_or_404(found, id=shift_id))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BOOKS_WRITE)
@once
def movement_undo(request: OnceRequest, movement_id: UUID) -> HttpResponse:
    """Undo money that was put into a drawer or taken out only on paper."""
    movement = get_object_or_404(drawers_queries.movements(request.cooperative), id=movement_id)
    form = Undoing(request.POST or None, initial={"key": request.form_key})
    if form.is_valid():
        try:
            corrections.undo(
                movement=movement, at=timezone.now(), by=request.user, **form.cleaned_data
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Undone. The books changed with it."))
            return redirect("shops:shift_summary", request.cooperative.code, movement.shift_id)
    return _page(request, "shops/drawers/movement_undo.html", form, movement=movement)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BOOKS_WRITE)
@once
def shift_recount(request: OnceRequest, shift_id: UUID) -> HttpResponse:
    """Say what a closed drawer really held."""
    closed = drawers_queries.shifts(request.cooperative).exclude(closed_at=None)
    row = get_object_or_404(closed, id=shift_id)
    form = Recount(request.POST or None, initial={"key": request.form_key})
    if form.is_valid():
        try:
            corrections.correct_count(
                shift=row, at=timezone.now(), by=request.user, **form.cleaned_data
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Corrected. The books changed with it."))
            return redirect("shops:shift_summary", request.cooperative.code, row.id)
    counted_idr = drawers_queries.counted_idr(row)
    return _page(request, "shops/drawers/recount.html", form, shift=row, counted_idr=counted_idr)


@require_safe
@requires(Permission.COOPERATIVE_READ)
def shift_summary(request: CoopRequest, shift_id: UUID) -> HttpResponse:
    """The closing sheet; of an open shift it says only whose it is, and no amounts."""
    found = drawers_queries.readable(request.cooperative, request.user, request.permissions)
    row = get_object_or_404(found, id=shift_id)
    if row.is_open and row.cashier == request.user:
        return redirect("shops:shift", request.cooperative.code)
    sheet = None if row.is_open else documents.sheet_of(row)
    context = {
        "shift": row,
        "sheet": sheet,
        "corrections": drawers_queries.corrections(row),
        "undrawn": undrawn_in(documents.content(sheet)) if sheet else [],
        "papers": documents.PAPERS,
    }
    return render(request, "shops/drawers/shift_summary.html", context)


@require_safe
@requires(Permission.COOPERATIVE_READ)
def shift_pdf(request: CoopRequest, shift_id: UUID) -> HttpResponse:
    """The closing sheet as PDF, for the roll or the sheet that the address names."""
    found = drawers_queries.readable(request.cooperative, request.user, request.permissions)
    row = get_object_or_404(found.exclude(closed_at=None), id=shift_id)
    asked = request.GET.get("kertas", "")
    paper = asked if asked in documents.PAPERS else "a4"
    name = content_disposition_header(False, f"laporan-tutup-kas-{row.number}-{paper}.pdf")
    return HttpResponse(
        documents.pdf(documents.sheet_of(row), paper),
        content_type="application/pdf",
        headers={"Content-Disposition": name, "Cache-Control": "no-store"},
    )


@require_safe
@requires(Permission.SHIFTS_READ)
def shifts(request: CoopRequest) -> HttpResponse:
    since = business_today() - timedelta(days=drawers_queries.LOOK_BACK)
    found = drawers_queries.shifts(request.cooperative)
    context = {
        "open": found.filter(closed_at=None),
        "page": Paginator(found.exclude(closed_at=None), PAGE).get_page(request.GET.get("page")),
        "differences": drawers_queries.differences(request.cooperative, since),
        "days": drawers_queries.LOOK_BACK,
    }
    return render(request, "shops/drawers/shifts.html", context)


def _opening(request: OnceRequest, unit: BusinessUnit) -> dict[str, Any]:
    last = drawers_queries.latest_of(request.cooperative, request.user)
    return {
        "key": request.form_key,
        "unit": unit,
        "drawer": drawers_queries.suggested_drawer(unit, request.user),
        "float_idr": last.float_idr if last else None,
    }


def _to_till(code: str, shift: Shift) -> HttpResponse:
    return redirect(reverse("shops:till", args=[code], query={"unit": shift.unit.code}))


def _close(request: OnceRequest, row: Shift) -> HttpResponse:
    """Count first, look at the sum, then close: two steps, so that nobody closes by a slip."""
    if request.method != "POST" and not row.is_open:
        return redirect("shops:shift_summary", request.cooperative.code, row.id)
    initial = {"key": request.form_key, "acts_seen": cash.acts_of(row)}
    form, step = CountDrawer(request.POST or None, initial=initial), "count"
    if form.is_valid():
        counted, step = form.counted(), request.POST.get("step", "check")
        if step == "check" and counted is None:
            form.add_error(None, _("Count the money first. Write 0 where there is none."))
        elif step == "close":
            note, key = form.cleaned_data["note"], form.cleaned_data["key"]
            act = {"note": note, "key": key, "at": timezone.now(), "by": request.user}
            act["acts_seen"] = form.cleaned_data["acts_seen"]
            try:
                service.close(shift=row, counted=counted, **act)
            except service.CountedTooEarly as refusal:
                refuse(form, refusal)
                answer_with(form, "acts_seen", str(cash.acts_of(row)))
                step = "count"
            except DomainError as refusal:
                refuse(form, refusal)
            else:
                return redirect("shops:shift_summary", request.cooperative.code, row.id)
    return _counting(request, row, form, step)


def _counting(request: CoopRequest, row: Shift, form: CountDrawer, step: str) -> HttpResponse:
    is_sum = step != "count" and form.is_valid()
    context = {"shift": row, "is_own": row.cashier == request.user, "counted": form.counted()}
    template = "shops/drawers/shift_check.html" if is_sum else "shops/drawers/shift_close.html"
    return _page(request, template, form, **context)


def _sent_key(request: OnceRequest) -> UUID | None:
    """The key of the form that is sent, or of the one that is opened again."""
    form = CountDrawer(request.POST or None)
    form.is_valid()
    return getattr(form, "cleaned_data", {}).get("key") or request.form_key


def _page(request: CoopRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    reused = form.is_bound and form.has_error(NON_FIELD_ERRORS, ledger.KeyReused.code)
    context |= {"form": form, "fresh_url": request.path if reused else ""}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, context, status=status)
