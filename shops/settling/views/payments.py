"""Pages of payments by QRIS and transfer: confirming them, or recording that one never came."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib import keyset
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from shops.settling import queries
from shops.settling.forms import NeverCame, PaymentFilter, cashiers_of
from shops.settling.queries import Receivable, Wanted
from shops.settling.rights import refuse_others
from shops.settling.services import confirming as service

PAGE = 50
SETTLEMENTS_SHOWN = 5


@require_safe
@vary_on_headers("HX-Request")
@requires(Permission.PAYMENTS_READ)
def payments(request: CoopRequest) -> HttpResponse:
    sees_all = Permission.SALES_READ in request.permissions
    cashiers = cashiers_of(request.cooperative) if sees_all else None
    form = PaymentFilter(request.GET, cashiers=cashiers)
    wanted = form.wanted(on=business_today(), own=None if sees_all else request.user.pk)
    order = ("date", "id") if form.awaits else ("-date", "-id")
    page = keyset.page(
        queries.arrivals(request.cooperative, wanted),
        order,
        size=PAGE,
        given=request.GET.get("page"),
    )
    sum_of = queries.added_up(request.cooperative, wanted)
    latest = queries.settlements(request.cooperative)[:SETTLEMENTS_SHOWN]
    context = {
        "form": form,
        "page": page,
        "payments": queries.receivables(request.cooperative, page.object_list),
        "sum": sum_of,
        "awaits": form.awaits,
        "may_confirm": Permission.PAYMENTS_CONFIRM in request.permissions,
        "sees_all": sees_all,
        "settlements": latest if sees_all else [],
        "page_tabs": tabs.shown(request, "paying"),
        "back": request.get_full_path(),
    }
    template = "shops/settling/_rows.html" if request.htmx else "shops/settling/list.html"
    return render(request, template, context)


@require_POST
@requires(Permission.PAYMENTS_READ)
def confirm(request: CoopRequest) -> HttpResponse:
    """Confirm the ticked payments, or the one whose button was pressed."""
    texts = request.POST.getlist("only") or request.POST.getlist("ids")
    found = _asked(request, texts)
    refuse_others(request.permissions, request.user, found)
    try:
        changed = service.confirm(
            cooperative=request.cooperative,
            ids=[one.id for one in found],
            on=business_today(),
            by=request.user,
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        _tell(request, len(changed))
    return redirect(_back(request))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PAYMENTS_CONFIRM)
def missing(request: CoopRequest, payment_id: UUID) -> HttpResponse:
    found = queries.find(request.cooperative, Wanted(ids=[payment_id]))
    if not found:
        raise Http404
    one = found[0]
    form = NeverCame(request.POST or None)
    if form.is_valid():
        try:
            service.record_missing(
                cooperative=request.cooperative,
                id=one.id,
                on=business_today(),
                by=request.user,
                **form.cleaned_data,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Noted: this payment never came."))
            return redirect("shops:payments", request.cooperative.code)
    context = {"form": form, "one": one}
    status = 422 if form.is_bound else 200
    return render(request, "shops/settling/missing.html", context, status=status)


def _asked(request: CoopRequest, texts: list[str]) -> list[Receivable]:
    ids = []
    for text in texts[:500]:
        try:
            ids.append(UUID(text))
        except ValueError:
            continue
    return queries.find(request.cooperative, Wanted(ids=ids)) if ids else []


def _tell(request: CoopRequest, count: int) -> None:
    if not count:
        messages.info(request, _("Nothing was left to confirm."))
        return
    messages.success(request, _("Payments that have arrived: %(count)d.") % {"count": count})


def _back(request: CoopRequest) -> str:
    """Leads back to the list with its filters; never to an address outside the system."""
    wanted = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("shops:payments", args=[request.cooperative.code])
