"""The cooperative's kinds of savings and their rules, and the monthly return on them."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kkmp.access import tabs
from kkmp.access.form_keys import OnceRequest, once
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import answer_with, refuse
from kkmp.lib.periods import month_end
from members.savings import queries
from members.savings.forms import Credit, Terms
from members.savings.models import ReturnRun, SavingsKind, SavingsRole
from members.savings.services import kinds as service
from members.savings.services import returns

PAGE_SIZE = 50


@require_safe
@requires(Permission.SAVINGS_READ)
def kinds(request: CoopRequest) -> HttpResponse:
    context = {
        "kinds": queries.kinds_with_sums(request.cooperative),
        "page_tabs": tabs.grouped(request, "members"),
    }
    return render(request, "members/savings/kinds.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SAVINGS_MANAGE)
def define(request: CoopRequest) -> HttpResponse:
    form = Terms(request.POST or None)
    if form.is_valid():
        try:
            kind = service.define(
                cooperative=request.cooperative,
                terms=form.terms(),
                on=business_today(),
                by=request.user,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request, _("%(kind)s can be paid in from now on.") % {"kind": kind.label}
            )
            return redirect("members:kinds", request.cooperative.code)
    return _form(request, form, None)


@require_http_methods(["GET", "POST"])
@requires(Permission.SAVINGS_MANAGE)
def change(request: CoopRequest, kind_id: UUID) -> HttpResponse:
    rows = SavingsKind.objects.of(request.cooperative).filter(role=SavingsRole.VOLUNTARY)
    kind = get_object_or_404(rows, id=kind_id)
    kind.cooperative = request.cooperative
    if request.method == "POST":
        kind = service.held(kind)
    form = Terms(request.POST or None, kind=kind)
    if form.is_valid() and not form.is_stale(kind, form.before):
        try:
            service.change(
                kind=kind,
                terms=form.terms(),
                version=kind.version,
                on=business_today(),
                by=request.user,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Changes saved."))
            return redirect("members:kinds", request.cooperative.code)
    return _form(request, form, kind)


@require_safe
@requires(Permission.SAVINGS_READ)
def months(request: CoopRequest) -> HttpResponse:
    """What was credited, and the month that can be credited next."""
    runs = ReturnRun.objects.of(request.cooperative).select_related("run_by").order_by("-month")
    following = queries.month_to_credit(request.cooperative, on=business_today())
    context = {
        "runs": runs,
        "following": following,
        "bears": queries.bears_return(request.cooperative),
        "has_ended": month_end(following) < business_today(),
    }
    return render(request, "members/savings/returns.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SAVINGS_MANAGE)
@once
def credit(request: OnceRequest, year: int, month: int) -> HttpResponse:
    """What every member would get for a month, and crediting it."""
    day = _month(year, month)
    dues = returns.due(request.cooperative, day)
    initial = {"key": request.form_key, "shown": returns.content(dues)}
    form = Credit(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            run = returns.credit(
                cooperative=request.cooperative,
                month=day,
                on=business_today(),
                by=request.user,
                **form.cleaned_data,
            )
        except DomainError as refusal:
            refuse(form, refusal)
            # The page below shows the list of now, and sends that one.
            answer_with(form, "shown", returns.content(dues))
        else:
            messages.success(request, _("The return is credited to every member."))
            return redirect("members:return_run", request.cooperative.code, run.id)
    context = {
        "form": form,
        "month": day,
        "page": Paginator(dues, PAGE_SIZE).get_page(request.GET.get("page")),
        "gross_idr": sum(one.gross_idr for one in dues),
        "tax_idr": sum(one.tax_idr for one in dues),
        "members": len({one.member.id for one in dues}),
    }
    return render(
        request, "members/savings/return_credit.html", context, status=422 if form.is_bound else 200
    )


@require_safe
@requires(Permission.SAVINGS_READ)
def run(request: CoopRequest, run_id: UUID) -> HttpResponse:
    one = get_object_or_404(
        ReturnRun.objects.of(request.cooperative).select_related("run_by"), id=run_id
    )
    lines = queries.return_lines(one)
    context = {"run": one, "page": Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))}
    return render(request, "members/savings/return_run.html", context)


def _month(year: int, month: int) -> date:
    """The month of an address.

    :raises Http404: it has not begun
    """
    day = date(year, month, 1)
    if day > business_today():
        raise Http404
    return day


def _form(request: CoopRequest, form: Form, kind: SavingsKind | None) -> HttpResponse:
    context = {"form": form, "kind": kind}
    status = 422 if form.is_bound else 200
    return render(request, "members/savings/kind_form.html", context, status=status)
