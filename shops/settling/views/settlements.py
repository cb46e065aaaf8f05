"""Pages of settlements of QRIS: recording one, looking at it, and undoing a wrong one."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kkmp.access.form_keys import OnceRequest, once
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from shops.payments.forms import Reason
from shops.pricing.methods import Method
from shops.settling import queries
from shops.settling.forms import Settlement, SettleUntil
from shops.settling.queries import MOST_LISTED, UNSETTLED, Wanted
from shops.settling.services import settlements as service


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PAYMENTS_CONFIRM)
@once
def settle(request: OnceRequest) -> HttpResponse:
    form = Settlement(request.POST or None, initial={"key": request.form_key})
    if form.is_valid():
        arrived = service.Arrived(
            ids=_ids(request.POST.getlist("ids")),
            net_idr=form.cleaned_data["net_idr"],
            on=form.cleaned_data["on"],
            reference=form.cleaned_data["reference"],
        )
        try:
            made = service.settle(
                cooperative=request.cooperative,
                arrived=arrived,
                key=form.cleaned_data["key"],
                by=request.user,
                shown_idr=_shown_idr(request, arrived.ids),
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Recorded: the money is on the bank account now."))
            return redirect("shops:settlement", request.cooperative.code, made.id)
    return _page(request, form)


@require_safe
@requires(Permission.SALES_READ)
def settlement(request: CoopRequest, settlement_id: UUID) -> HttpResponse:
    one = get_object_or_404(queries.settlements(request.cooperative), id=settlement_id)
    one.cooperative = request.cooperative
    context = {
        "settlement": one,
        "payments": queries.of_settlement(one),
    }
    return render(request, "shops/settling/settlement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PAYMENTS_CONFIRM)
@once
def undo(request: OnceRequest, settlement_id: UUID) -> HttpResponse:
    one = get_object_or_404(queries.settlements(request.cooperative), id=settlement_id)
    one.cooperative = request.cooperative
    form = Reason(request.POST or None, initial={"key": request.form_key})
    if form.is_valid():
        try:
            service.undo(settlement=one, on=business_today(), by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Undone. The payments wait to be settled again."))
            return redirect("shops:settlement", request.cooperative.code, one.id)
    context = {"form": form, "settlement": one}
    status = 422 if form.is_bound else 200
    return render(request, "shops/settling/undo.html", context, status=status)


def _page(request: OnceRequest, form: Settlement) -> HttpResponse:
    until = SettleUntil(request.GET)
    moment = until.moment()
    wanted = Wanted(states=UNSETTLED, method=Method.QRIS, until=moment)
    some = queries.find(request.cooperative, wanted, most=MOST_LISTED + 1)
    found = [one for one in some[:MOST_LISTED] if one.left_idr]
    ticked = set(_ids(request.POST.getlist("ids"))) if form.is_bound else {o.id for o in found}
    context = {
        "form": form,
        "until": until,
        "most": MOST_LISTED if len(some) > MOST_LISTED else None,
        "payments": [(one, one.id in ticked) for one in found],
        "sum_idr": sum(one.left_idr for one in found if one.id in ticked),
    }
    status = 422 if form.is_bound else 200
    return render(request, "shops/settling/settle.html", context, status=status)


def _shown_idr(request: OnceRequest, ids: Sequence[UUID]) -> int | None:
    """The sum of the ticked payments, as the page showed them."""
    told = [request.POST.get(f"shown_{one}", "") for one in ids]
    return sum(map(int, told)) if all(text.isdecimal() for text in told) else None


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
