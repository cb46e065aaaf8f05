"""Credit of members (bon): who owes, how much they may, and taking what they owe."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from kkmp.access import tabs
from kkmp.access.form_keys import OnceRequest, once
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib import confirmed_amounts, keyset
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from kkmp.lib.money import format_rupiah
from members.register.loading import member_of
from members.register.services import leaving_open, membership
from shops.credit import documents, filters, reminders
from shops.credit import queries as reads
from shops.credit.ageing import Ages
from shops.credit.forms import CreditPayment, CreditPayout, CreditUndoing, Terms
from shops.credit.models import CreditPayment as Payment
from shops.credit.models import CreditReceiptCopy, CreditTerms
from shops.credit.services import credits as service
from shops.credit.services import receipts, ways_back
from shops.drawers import queries as drawers_queries
from shops.settings import queries as settings_queries

PAGE = 50
#: Of a member's purchases and payments.
SHOWN = 25


@require_safe
@vary_on_headers("HX-Request")
@requires(Permission.PAYMENTS_READ)
def credits(request: CoopRequest) -> HttpResponse:
    everybody = reads.accounts(request.cooperative, on=business_today())
    show, text = request.GET.get("show", ""), request.GET.get("q", "").strip()
    found = filters.narrowed(request.cooperative, everybody, show=show, text=text)
    context = {
        "page": Paginator(found.accounts, PAGE).get_page(request.GET.get("page")),
        "others": found.others,
        "show": show,
        "q": text,
        "ages": sum((one.ages for one in everybody), Ages()),
        "owed_idr": sum(one.owed_idr for one in everybody),
        "overdue_idr": sum(one.overdue_idr for one in everybody),
        "debtors": sum(one.owed_idr > 0 for one in everybody),
        "page_tabs": tabs.shown(request, "paying"),
    }
    template = "shops/credit/_rows.html" if request.htmx else "shops/credit/list.html"
    return render(request, template, context)


@require_safe
@requires(Permission.PAYMENTS_READ)
def credit(request: CoopRequest, member_id: UUID) -> HttpResponse:
    member = member_of(request, member_id)
    account = reads.account(member, on=business_today())
    leaving = leaving_open.reasons_by_member(request.cooperative.pk, [member.id]).get(member.id, "")
    left = {one.bought.id: one.open_idr for one in account.open}
    sold = keyset.page(
        reads.sales_of(member),
        ("-sale__date", "-id"),
        size=SHOWN,
        given=request.GET.get("page"),
    )
    paid = keyset.page(
        reads.payments(request.cooperative).filter(member=member),
        ("-number",),
        size=SHOWN,
        given=request.GET.get("paid_page"),
    )
    context = {
        "account": account,
        "member": member,
        "page": sold,
        "sales": [(one, left.get(one.pk, 0)) for one in sold],
        "payments": paid,
        "others": reads.others_of(member),
        "whatsapp": reminders.link(account) if _sees_phones(request) and not leaving else "",
        "leaving": leaving,
    }
    return render(request, "shops/credit/member.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CREDIT_WRITE)
def terms(request: CoopRequest, member_id: UUID) -> HttpResponse:
    member = member_of(request, member_id)
    if request.method == "POST":
        member = membership.locked(member)
    account = reads.account(member, on=business_today())
    before, found = _initial(request, account.terms), account.terms
    form = Terms(request.POST or None, initial=before)
    form.show(before)
    if form.is_valid() and not (found and form.is_stale(found, before)):
        given = form.cleaned_data
        try:
            service.set_terms(
                member=member,
                limit_idr=given["limit_idr"],
                due_days=given["due_days"],
                version=given["version"],
                by=request.user,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("shops:credit", request.cooperative.code, member.id)
    context = {"form": form, "member": member, "account": account}
    status = 409 if form.was_stale else 422 if form.is_bound else 200
    return render(request, "shops/credit/terms.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.CREDIT_TAKE)
@once
def pay(request: OnceRequest, member_id: UUID) -> HttpResponse:
    member = member_of(request, member_id)
    account = reads.account(member, on=business_today())
    form = CreditPayment(
        request.POST or None,
        step_idr=settings_queries.settings_of(request.cooperative).cash_step_idr,
        initial={"key": request.form_key, "amount_idr": max(account.owed_idr, 0) or None},
    )
    if form.is_valid():
        try:
            made = service.pay(
                member=member,
                at=timezone.now(),
                by=request.user,
                into_cash_box=Permission.SAVINGS_DEPOSIT in request.permissions,
                **form.cleaned_data,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            _tell(request, made)
            return redirect("shops:credit_receipt", request.cooperative.code, made.id)
    done = None
    if request.form_key and not form.is_bound:
        done = reads.payments(request.cooperative).filter(key=request.form_key).first()
    context = {
        "form": form,
        "member": member,
        "account": account,
        "done": done,
        "lacks_drawer": Permission.SAVINGS_DEPOSIT not in request.permissions
        and drawers_queries.open_shift_of(request.cooperative, request.user) is None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "shops/credit/pay.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SAVINGS_WITHDRAW)
@once
def pay_out(request: OnceRequest, member_id: UUID) -> HttpResponse:
    """Pay a member what the shop owes: goods that were paid for came back."""
    member = member_of(request, member_id)
    owed_idr = reads.account(member, on=business_today()).too_much_idr
    initial = {"key": request.form_key, "amount_idr": owed_idr or None}
    form = CreditPayout(request.POST or None, initial=initial)
    confirmed_amounts.show(form, owed_idr)
    if form.is_valid():
        try:
            made = ways_back.pay_out(
                member=member, at=timezone.now(), by=request.user, **form.cleaned_data
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            _tell(request, made)
            return redirect("shops:credit_receipt", request.cooperative.code, made.id)
    context = {"form": form, "member": member, "owed_idr": owed_idr}
    status = 422 if form.is_bound else 200
    return render(request, "shops/credit/payout.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BOOKS_WRITE)
@once
def undo(request: OnceRequest, payment_id: UUID) -> HttpResponse:
    """Undo a payment that was taken of the wrong member, twice, or not at all."""
    payment = get_object_or_404(reads.payments(request.cooperative), id=payment_id)
    payment.member.cooperative = request.cooperative
    form = CreditUndoing(request.POST or None, initial={"key": request.form_key})
    if form.is_valid():
        try:
            made = ways_back.undo(
                payment=payment, at=timezone.now(), by=request.user, **form.cleaned_data
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            _tell(request, made)
            return redirect("shops:credit", request.cooperative.code, payment.member_id)
    context = {"form": form, "payment": payment, "in_drawer": _lies_in_drawer(payment)}
    status = 422 if form.is_bound else 200
    return render(request, "shops/credit/undo.html", context, status=status)


def _lies_in_drawer(payment: Payment) -> bool:
    return payment.shift is not None and payment.shift.is_open


@require_safe
@requires(Permission.PAYMENTS_READ)
def receipt(request: CoopRequest, payment_id: UUID) -> HttpResponse:
    payment = get_object_or_404(reads.payments(request.cooperative), id=payment_id)
    payment.member.cooperative = request.cooperative
    prints = reads.printed(payment)
    context = {
        "payment": payment,
        "slip": documents.credit_receipt(payment, prints),
        "prints": prints,
        "can_be_undone": ways_back.can_be_undone(payment),
    }
    return render(request, "shops/credit/receipt.html", context)


@require_POST
@requires(Permission.CREDIT_TAKE)
def issue_receipt(request: CoopRequest, payment_id: UUID) -> HttpResponse:
    """Count the print, then show it as a page that prints itself."""
    payment = get_object_or_404(reads.payments(request.cooperative), id=payment_id)
    payment.cooperative = request.cooperative
    printed = receipts.issue(payment=payment, by=request.user)
    return redirect("shops:credit_printed", request.cooperative.code, printed.id)


@require_safe
@requires(Permission.CREDIT_TAKE)
def printed(request: CoopRequest, print_id: UUID) -> HttpResponse:
    """One print: the original, or a copy that says so."""
    one = get_object_or_404(CreditReceiptCopy.objects.of(request.cooperative), id=print_id)
    payment = reads.payments(request.cooperative).get(id=one.payment_id)
    payment.member.cooperative = request.cooperative
    context = {"payment": payment, "slip": documents.credit_receipt(payment, one.copy)}
    return render(request, "shops/credit/receipt_printed.html", context)


def _sees_phones(request: CoopRequest) -> bool:
    return Permission.MEMBERS_READ in request.permissions


def _initial(request: CoopRequest, found: CreditTerms | None) -> dict[str, Any]:
    if found is None:
        days = settings_queries.settings_of(request.cooperative).credit_days
        return {"limit_idr": None, "due_days": days, "version": 0}
    return {"limit_idr": found.limit_idr, "due_days": found.due_days, "version": found.version}


def _tell(request: CoopRequest, made: Payment) -> None:
    if made.is_repeat:
        messages.info(request, _("This was recorded already; it is not recorded twice."))
    elif made.amount_idr > 0 and made.rounding_idr:
        told = {"received": format_rupiah(made.received_idr)}
        messages.success(
            request, _("Recorded: take %(received)s in cash. Print the receipt.") % told
        )
    else:
        messages.success(request, _("Recorded. Print the receipt and hand it over."))
