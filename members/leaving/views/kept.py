"""Money that waits for somebody by name: the list, paying it out, and undoing a payment."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kkmp.access import tabs
from kkmp.access.form_keys import OnceRequest, once
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib import confirmed_amounts
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from members.leaving import forms, queries
from members.leaving.models import KeptMoney
from members.leaving.services import kept as service

PAGE_SIZE = 25


@require_safe
@requires(Permission.MEMBERS_READ)
def listed(request: CoopRequest) -> HttpResponse:
    pages = Paginator(queries.kept(request.cooperative), PAGE_SIZE)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "kept_idr": queries.kept_idr(request.cooperative),
        "page_tabs": tabs.grouped(request, "members"),
    }
    return render(request, "members/leaving/kept.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SAVINGS_WITHDRAW)
@once
def pay(request: OnceRequest, kept_id: UUID) -> HttpResponse:
    kept = _kept(request, kept_id)
    if request.method == "GET" and not kept.is_due:
        return _list(request)
    initial = {"key": request.form_key, "paid_to": kept.owed_to}
    form = forms.KeptPayment(request.POST or None, initial=initial)
    confirmed_amounts.show(form, kept.amount_idr)
    if form.is_valid():
        try:
            kept = service.pay(kept=kept, on=business_today(), by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            return _said(request, kept, _("Paid out. Have the receipt signed."))
    return _form(request, "members/leaving/kept_pay.html", form, kept)


@require_http_methods(["GET", "POST"])
@requires(Permission.BOOKS_WRITE)
@once
def unpay(request: OnceRequest, kept_id: UUID) -> HttpResponse:
    kept = _kept(request, kept_id)
    if request.method == "GET" and kept.is_due:
        return _list(request)
    form = forms.PaymentCorrection(request.POST or None, initial={"key": request.form_key})
    if form.is_valid():
        try:
            kept = service.unpay(
                kept=kept, on=business_today(), by=request.user, **form.cleaned_data
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            return _said(request, kept, _("The payment is undone; the money is owed again."))
    return _form(request, "members/leaving/kept_unpay.html", form, kept)


def _kept(request: CoopRequest, kept_id: UUID) -> KeptMoney:
    return get_object_or_404(queries.kept(request.cooperative), id=kept_id)


def _said(request: CoopRequest, kept: KeptMoney, done: str) -> HttpResponse:
    if kept.is_repeat:
        messages.info(request, _("This was recorded already; it is not recorded twice."))
    else:
        messages.success(request, done)
    return _list(request)


def _list(request: CoopRequest) -> HttpResponse:
    return redirect("members:kept", request.cooperative.code)


def _form(request: CoopRequest, template: str, form: Form, kept: KeptMoney) -> HttpResponse:
    context = {"form": form, "kept": kept}
    return render(request, template, context, status=422 if form.is_bound else 200)
