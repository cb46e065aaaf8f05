"""The pages of the books."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finance import forms, queries
from finance.ledger import kinds
from finance.ledger.services import ledger
from finance.ledger.views import _code, _may_write
from finance.services import months, opening
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.periods import format_month, month_of


@require_http_methods(["GET", "POST"])
@requires(Permission.BOOKS_WRITE)
def record_opening(request: CoopRequest) -> HttpResponse:
    """Cash and bank at the beginning, and what the clearing account still holds."""
    form = forms.Opening(request.POST or None)
    if form.is_valid():
        try:
            opening.record(cooperative=request.cooperative, by=request.user, **form.cleaned_data)
        except (opening.OpeningRefused, ledger.PostingRefused) as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The opening balance is in the books."))
            return redirect("finance:opening", _code(request))
    clearing = queries.clearing(request.cooperative)
    context = {
        "form": form,
        "standing": queries.opening_cash(request.cooperative),
        "clearing": clearing,
        "parts": [(kinds.label(kind), amount) for kind, amount in clearing.by_kind.items()],
    }
    return render(request, "finance/opening.html", context, status=422 if form.is_bound else 200)


@require_safe
@requires(Permission.BOOKS_READ)
def month_list(request: CoopRequest) -> HttpResponse:
    """Every month with its state; the one whose turn it is can be closed."""
    today = business_today()
    following = queries.month_to_close(request.cooperative)
    context = {
        "months": queries.months(request.cooperative, today),
        "following": following if following and following < month_of(today) else None,
        "this_month": month_of(today),
        "may_write": _may_write(request),
    }
    return render(request, "finance/months.html", context)


@require_POST
@requires(Permission.BOOKS_WRITE)
def close_month(request: CoopRequest) -> HttpResponse:
    form = forms.Close(request.POST)
    if form.is_valid():
        month = form.cleaned_data["month"]
        try:
            months.close(
                cooperative=request.cooperative, month=month, on=business_today(), by=request.user
            )
        except months.CloseRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(month)s is closed.") % {"month": format_month(month)})
    return redirect("finance:months", _code(request))
