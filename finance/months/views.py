"""The page of months, and closing one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from finance.months import forms, queries
from finance.months.services import months
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.periods import format_month, month_of


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
        "may_write": Permission.BOOKS_WRITE in request.permissions,
    }
    return render(request, "finance/months/months.html", context)


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
    return redirect("finance:months", request.cooperative.code)
