"""The page of the opening balance."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from finance.ledger import kinds
from finance.ledger.services import ledger
from finance.opening import forms, queries
from finance.opening.services import opening
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires


@require_http_methods(["GET", "POST"])
@requires(Permission.BOOKS_WRITE)
def record_opening(request: CoopRequest) -> HttpResponse:
    """Cash and bank at the beginning, and what the clearing account still holds."""
    form = forms.Opening(request.POST or None)
    if form.is_valid():
        try:
            opening.record(cooperative=request.cooperative, by=request.user, **form.cleaned_data)
        except (opening.OpeningRefused, ledger.PostingRefused, ledger.KeyReused) as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The opening balance is in the books."))
            return redirect("finance:opening", request.cooperative.code)
    clearing = queries.clearing(request.cooperative)
    context = {
        "form": form,
        "recorded": queries.opening_cash(request.cooperative),
        "clearing": clearing,
        "parts": [(kinds.label(kind), amount) for kind, amount in clearing.by_kind.items()],
    }
    return render(
        request, "finance/opening/opening.html", context, status=422 if form.is_bound else 200
    )
