"""Leaving: the list, the request, the decision and the payment."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finance.ledger.services import ledger
from kkmp.access import tabs
from kkmp.access.form_keys import OnceRequest, once
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib import confirmed_amounts
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from members.leaving import documents, forms, queries
from members.leaving.models import Exit
from members.leaving.services import exits, payouts, readmission
from members.register.loading import member_of

PAGE_SIZE = 25


@require_safe
@requires(Permission.MEMBERS_READ)
def listed(request: CoopRequest) -> HttpResponse:
    summary = queries.summary(request.cooperative)
    stage = request.GET.get("stage", "")
    if stage not in queries.STAGES:
        stage = "due" if summary.due and not summary.waiting else "waiting"
    pages = Paginator(queries.exits(request.cooperative, stage), PAGE_SIZE)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "kept_idr": queries.kept_idr(request.cooperative),
        "stage": stage,
        "tabs": [
            {"value": "waiting", "label": _("Waits for a decision"), "count": summary.waiting},
            {"value": "due", "label": _("To be paid"), "count": summary.due},
            {"value": "done", "label": _("Done"), "count": summary.done},
        ],
        "due_idr": summary.due_idr,
        "today": business_today(),
        "page_tabs": tabs.grouped(request, "members"),
    }
    return render(request, "members/leaving/exits.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MEMBERS_WRITE)
@once
def ask(request: OnceRequest, member_id: UUID) -> HttpResponse:
    member = member_of(request, member_id)
    initial = {"key": request.form_key, "asked_on": business_today()}
    form = forms.Request(request.POST or None, member=member, initial=initial)
    if form.is_valid():
        try:
            exit = exits.request(
                member=member, on=business_today(), by=request.user, **form.content()
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Recorded. Somebody else has to decide on it now."))
            return _to(request, exit)
    done = None if form.is_bound else queries.requested(request.cooperative, request.form_key)
    open_exits = [exit for exit in queries.of_member(member) if exit.is_open]
    context = {"member": member, "done": done or next(iter(open_exits), None)}
    return _form(request, "members/leaving/exit_ask.html", form, **context)


@require_safe
@requires(Permission.MEMBERS_READ)
def detail(request: CoopRequest, exit_id: UUID) -> HttpResponse:
    exit = _exit(request, exit_id)
    context = {
        "exit": exit,
        "member": exit.member,
        "statement": queries.statement(exit),
        "is_own": exit.is_open and exit.requested_by_id == request.user.pk,
        "undrawn": documents.undrawn(exit),
        "is_overdue": queries.is_overdue(exit, business_today()),
    }
    return render(request, "members/leaving/exit.html", context)


@require_POST
@requires(Permission.MEMBERS_WRITE)
def take_back(request: CoopRequest, exit_id: UUID) -> HttpResponse:
    exit = _exit(request, exit_id)
    try:
        exits.take_back(exit=exit, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The request is taken back."))
    return _to(request, exit)


@require_http_methods(["GET", "POST"])
@requires(Permission.MEMBERS_WRITE)
def heir(request: CoopRequest, exit_id: UUID) -> HttpResponse:
    exit = _exit(request, exit_id)
    if request.method == "POST":
        exit = payouts.held(exit)
    before = {name: getattr(exit, name) for name in forms.HeirCorrection.base_fields}
    form = forms.HeirCorrection(request.POST or None, initial=before)
    form.show(before)
    if form.is_valid() and not form.is_stale(exit, before):
        try:
            exits.correct_heir(exit=exit, heir=form.heir(), by=request.user)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Changes saved."))
            return _to(request, exit)
    return _form(request, "members/leaving/exit_heir.html", form, exit=exit)


@require_http_methods(["GET", "POST"])
@requires(Permission.MEMBERS_DECIDE)
@once
def decide(request: OnceRequest, exit_id: UUID) -> HttpResponse:
    exit = _exit(request, exit_id)
    if request.method == "GET" and not exit.is_open:
        return _to(request, exit)
    statement = queries.statement(exit)
    form = forms.Decision(
        request.POST or None,
        may_pay=Permission.SAVINGS_WITHDRAW in request.permissions,
        pays=statement.refund_idr > 0,
        initial={"key": request.form_key, "decided_on": business_today()},
    )
    confirmed_amounts.show(form, statement.refund_idr)
    if form.is_valid():
        try:
            exit = exits.decide(
                exit=exit,
                decision=form.decision(),
                key=form.cleaned_data["key"],
                shown_idr=form.cleaned_data["shown_idr"],
                on=business_today(),
                by=request.user,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            _say(request, exit, _("Decided. The register keeps the line."))
            return _to(request, exit)
    return _form(request, "members/leaving/exit_decide.html", form, exit=exit, statement=statement)


@require_http_methods(["GET", "POST"])
@requires(Permission.SAVINGS_WITHDRAW)
@once
def pay(request: OnceRequest, exit_id: UUID) -> HttpResponse:
    exit = _exit(request, exit_id)
    if request.method == "GET" and not exit.is_due:
        return _to(request, exit)
    form = forms.Payment(request.POST or None, initial={"key": request.form_key})
    confirmed_amounts.show(form, exit.refund_idr)
    if form.is_valid():
        try:
            exit = exits.pay(exit=exit, on=business_today(), by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            _say(request, exit, _("Paid out. Print the receipt and have it signed."))
            return _to(request, exit)
    is_early = exit.pay_on is not None and exit.pay_on > business_today()
    return _form(request, "members/leaving/exit_pay.html", form, exit=exit, is_early=is_early)


@require_http_methods(["GET", "POST"])
@requires(Permission.BOOKS_WRITE)
@once
def unpay(request: OnceRequest, exit_id: UUID) -> HttpResponse:
    exit = _exit(request, exit_id)
    if request.method == "GET" and exit.payment is None:
        return _to(request, exit)
    form = forms.PaymentCorrection(request.POST or None, initial={"key": request.form_key})
    if form.is_valid():
        try:
            exit = exits.unpay(exit=exit, on=business_today(), by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            _say(request, exit, _("The payment is undone; the money is owed again."))
            return _to(request, exit)
    return _form(request, "members/leaving/exit_unpay.html", form, exit=exit)


@require_POST
@requires(Permission.MEMBERS_WRITE)
def readmit(request: CoopRequest, member_id: UUID) -> HttpResponse:
    member = member_of(request, member_id)
    try:
        readmission.readmit(
            member=member,
            by_board=Permission.MEMBERS_DECIDE in request.permissions,
            on=business_today(),
            by=request.user,
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("%(name)s is an applicant again. The principal savings are paid anew.")
            % {"name": member.name},
        )
    return redirect("members:detail", request.cooperative.code, member.id)


def _exit(request: CoopRequest, exit_id: UUID) -> Exit:
    exit = get_object_or_404(queries.exits(request.cooperative), id=exit_id)
    exit.cooperative = exit.member.cooperative = request.cooperative
    return exit


def _to(request: CoopRequest, exit: Exit) -> HttpResponse:
    return redirect("members:exit", request.cooperative.code, exit.id)


def _say(request: CoopRequest, exit: Exit, done: str) -> None:
    if exit.is_repeat:
        messages.info(request, _("This was recorded already; it is not recorded twice."))
    else:
        messages.success(request, done)


def _form(request: CoopRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    reused = form.is_bound and form.has_error(NON_FIELD_ERRORS, ledger.KeyReused.code)
    context |= {"form": form, "is_key_reused": reused}
    return render(request, template, context, status=422 if form.is_bound else 200)
