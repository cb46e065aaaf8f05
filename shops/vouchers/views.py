"""Vouchers and donation packages: handing them out, printing them, ending what has expired."""

from typing import Annotated, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_stubs_ext import Annotations

from kkmp.access import tabs
from kkmp.access.form_keys import OnceRequest, once
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib import confirmed_amounts
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from shops.payments.forms import Key, Reason
from shops.vouchers import documents, queries
from shops.vouchers.forms import VoucherOrder, VoucherPayment
from shops.vouchers.models import VoucherBatch
from shops.vouchers.services import vouchers as service
from shops.vouchers.services import ways_back

PAGE = 50


@require_safe
@requires(Permission.SALES_READ)
def vouchers(request: CoopRequest) -> HttpResponse:
    rows = queries.batches(request.cooperative)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "left_idr": queries.left_idr(request.cooperative),
        "today": business_today(),
        "page_tabs": tabs.shown(request, "paying"),
    }
    return render(request, "shops/vouchers/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CREDIT_WRITE)
@once
def issue(request: OnceRequest) -> HttpResponse:
    form = VoucherOrder(request.POST or None, initial={"key": request.form_key})
    if form.is_valid():
        try:
            batch = service.issue(
                cooperative=request.cooperative,
                ordered=form.ordered(),
                key=form.cleaned_data["key"],
                on=business_today(),
                by=request.user,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The vouchers are made. Print them and hand them over."))
            return redirect("shops:voucher_batch", request.cooperative.code, batch.id)
    done = None
    if request.form_key and not form.is_bound:
        done = queries.batches(request.cooperative).filter(key=request.form_key).first()
    context = {"form": form, "done": done}
    return render(
        request, "shops/vouchers/issue.html", context, status=422 if form.is_bound else 200
    )


@require_safe
@requires(Permission.SALES_READ)
def batch(request: CoopRequest, batch_id: UUID) -> HttpResponse:
    one = _batch(request, batch_id)
    rows = queries.vouchers(request.cooperative).filter(batch=one)
    spent_idr = queries.spent_idr(one)
    total_idr = one.value_idr * one.count
    ended_idr = 0 if one.is_taken_back else total_idr - spent_idr - one.left_idr
    context = {
        "batch": one,
        "postings": queries.postings(one),
        "may_take_back": one.left_idr == total_idr,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "total_idr": total_idr,
        "spent_idr": spent_idr,
        "ended_idr": ended_idr,
        "owed_idr": service.owed_idr(one),
        "undrawn": documents.undrawn(one),
        "has_expired": one.valid_until < business_today(),
        # Whoever knows a code can spend it, so those who only read see its end.
        "sees_codes": Permission.CREDIT_WRITE in request.permissions,
    }
    return render(request, "shops/vouchers/batch.html", context)


@require_safe
@requires(Permission.CREDIT_WRITE)
@never_cache
def sheets(request: CoopRequest, batch_id: UUID) -> HttpResponse:
    one = _batch(request, batch_id)
    rows = queries.vouchers(request.cooperative).filter(batch=one, left_idr__gt=0)
    if not rows:
        messages.error(request, _("Nothing is left on these vouchers."))
        return redirect("shops:voucher_batch", request.cooperative.code, one.id)
    name = content_disposition_header(False, f"voucher-{one.date:%Y%m%d}.pdf")
    return HttpResponse(
        documents.voucher_sheets(one, list(rows)),
        content_type="application/pdf",
        headers={"Content-Disposition": name},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CREDIT_WRITE)
@once
def end(request: OnceRequest, batch_id: UUID) -> HttpResponse:
    one = _batch(request, batch_id)
    form = Key(request.POST or None, initial={"key": request.form_key})
    confirmed_amounts.show(form, one.left_idr)
    if form.is_valid():
        try:
            service.end(batch=one, on=business_today(), by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Ended. What was left is other income now."))
            return redirect("shops:voucher_batch", request.cooperative.code, one.id)
    return _form(request, "shops/vouchers/end.html", form, one)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CREDIT_WRITE)
@once
def receive(request: OnceRequest, batch_id: UUID) -> HttpResponse:
    one = _batch(request, batch_id)
    owed_idr = service.owed_idr(one)
    form = VoucherPayment(
        request.POST or None, initial={"key": request.form_key, "amount_idr": owed_idr or None}
    )
    if form.is_valid():
        try:
            service.receive(batch=one, on=business_today(), by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Recorded."))
            return redirect("shops:voucher_batch", request.cooperative.code, one.id)
    return _form(request, "shops/vouchers/receive.html", form, one, owed_idr=owed_idr)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BOOKS_WRITE)
@once
def take_back(request: OnceRequest, batch_id: UUID) -> HttpResponse:
    """Undo an issue: ordered by mistake, for another amount, or for nobody."""
    one = _batch(request, batch_id)
    form = Reason(request.POST or None, initial={"key": request.form_key})
    if form.is_valid():
        try:
            ways_back.take_back(
                batch=one, on=business_today(), by=request.user, **form.cleaned_data
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The vouchers are taken back; nobody can spend them."))
            return redirect("shops:voucher_batch", request.cooperative.code, one.id)
    return _form(request, "shops/vouchers/take_back.html", form, one)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BOOKS_WRITE)
@once
def undo(request: OnceRequest, posting_id: UUID) -> HttpResponse:
    """Undo money that was recorded for a batch, or the ending of what nobody spent."""
    rows = queries.all_postings(request.cooperative)
    posting = get_object_or_404(rows, id=posting_id)
    form = Reason(request.POST or None, initial={"key": request.form_key})
    if form.is_valid():
        try:
            ways_back.undo(
                posting=posting, on=business_today(), by=request.user, **form.cleaned_data
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Undone. The books changed with it."))
            return redirect("shops:voucher_batch", request.cooperative.code, posting.batch_id)
    return _form(request, "shops/vouchers/undo.html", form, posting.batch, posting=posting)


def _batch(
    request: CoopRequest, batch_id: UUID
) -> Annotated[VoucherBatch, Annotations[queries.Left]]:
    one = get_object_or_404(queries.batches(request.cooperative), id=batch_id)
    one.cooperative = request.cooperative
    return one


def _form(
    request: OnceRequest, template: str, form: forms.Form, one: VoucherBatch, **more: Any
) -> HttpResponse:
    context = {"form": form, "batch": one, **more}
    return render(request, template, context, status=422 if form.is_bound else 200)
