"""Taking deposits, paying withdrawals, and correcting what went wrong."""

from collections.abc import Callable, Iterable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from finance.ledger.services import ledger
from kkmp.access.form_keys import OnceRequest, once
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from members.register.loading import member_of
from members.register.models import Member
from members.register.numbers import member_number
from members.savings import forms, offers, queries
from members.savings.models import PaidBy, SavingsEntry, SavingsRole
from members.savings.services import savings


@require_http_methods(["GET", "POST"])
@requires(Permission.SAVINGS_DEPOSIT)
@once
def deposit(request: OnceRequest, member_id: UUID) -> HttpResponse:
    member, today = member_of(request, member_id), business_today()
    month_idr = 0 if member.is_active else savings.first_month_idr(member, today)
    offered = offers.to_deposit(member, on=today)
    form = _payment(request, offered, PaidBy, first_month_idr=month_idr)
    act = partial(savings.deposit, member=member)
    if form.is_valid() and form.cleaned_data.pop("first_month", False):
        act = partial(savings.deposit_with_first_month, member=member)
    return _record(request, act, form, member, "members/savings/deposit.html")


@require_http_methods(["GET", "POST"])
@requires(Permission.SAVINGS_WITHDRAW)
@once
def withdraw(request: OnceRequest, member_id: UUID) -> HttpResponse:
    member = member_of(request, member_id)
    offered = offers.to_withdraw(member, on=business_today())
    form = _payment(request, offered, savings.PAID_OUT)
    act = partial(savings.withdraw, member=member)
    return _record(request, act, form, member, "members/savings/withdraw.html")


@require_http_methods(["GET", "POST"])
@requires(Permission.BOOKS_WRITE)
@once
def correct(request: OnceRequest, entry_id: UUID) -> HttpResponse:
    entry = get_object_or_404(queries.receipts(request.cooperative), id=entry_id)
    form = forms.Correction(request.POST or None, initial={"key": request.form_key})
    act = partial(savings.reverse_entry, entry=entry)
    return _record(request, act, form, entry.member, "members/savings/correct.html", entry=entry)


def _record(
    request: OnceRequest,
    act: Callable[..., SavingsEntry],
    form: Form,
    member: Member,
    template: str,
    **more: SavingsEntry,
) -> HttpResponse:
    """Record what the form says and go on to its receipt, or show the form.

    :param act: the service, with whom or what it is about
    """
    if form.is_valid():
        try:
            entry = act(on=business_today(), by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            return _to_receipt(request, entry)
    reused = form.is_bound and form.has_error(NON_FIELD_ERRORS, ledger.KeyReused.code)
    done = None if form.is_bound else queries.recorded(request.cooperative, request.form_key)
    context = {"form": form, "member": member, "is_key_reused": reused, "done": done, **more}
    return render(request, template, context, status=422 if form.is_bound else 200)


def _payment(
    request: OnceRequest,
    offered: list[offers.Offer],
    methods: Iterable[PaidBy],
    first_month_idr: int = 0,
) -> forms.Payment:
    return forms.Payment(
        request.POST or None,
        kinds=queries.kinds(request.cooperative),
        offers=offered,
        methods=methods,
        first_month_idr=first_month_idr,
        wanted=request.GET.get("kind"),
        initial={"key": request.form_key},
    )


def _to_receipt(request: CoopRequest, entry: SavingsEntry) -> HttpResponse:
    if entry.is_repeat:
        messages.info(request, _("This was recorded already; it is not recorded twice."))
    else:
        messages.success(request, _("Recorded. Print the receipt and hand it over."))
    if entry.to_match:
        messages.info(request, _("Under Payments it waits until it is matched with the bank."))
    if entry.kind.role == SavingsRole.PRINCIPAL and entry.member.is_active:
        number = member_number(entry.member.number)
        words = {"name": entry.member.name, "number": number}
        messages.info(request, _("%(name)s is a member now, with number %(number)s.") % words)
    return redirect("members:receipt", request.cooperative.code, entry.id)
