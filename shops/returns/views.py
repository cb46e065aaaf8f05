"""Goods that come back, and receipts that are undone: shown first, approved on the same screen."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from finance.ledger.services import ledger
from kkmp.access.form_keys import once
from kkmp.access.models import User
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.confirmed_amounts import AmountChanged
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from shops.drawers.models import Shift
from shops.drawers.services import probing, shifts
from shops.returns import approvals, queries
from shops.returns.approvals import ApprovedRequest
from shops.returns.forms import GoodsBack
from shops.returns.models import SaleReturn
from shops.returns.services import left, money_back
from shops.returns.services import returns as service
from shops.returns.undoing import Undone
from shops.till.models import Sale


@require_safe
@requires(Permission.SALES_SELL)
def return_find(request: CoopRequest) -> HttpResponse:
    """Leads from the number of a receipt to the page that takes its goods back."""
    number = request.GET.get("number", "").strip()
    if number.isascii() and number.isdigit() and len(number) < 16:
        sale = Sale.objects.of(request.cooperative).filter(number=int(number)).first()
        if sale is not None:
            return redirect("shops:sale_return", request.cooperative.code, sale.id)
    messages.error(request, _("There is no receipt with this number."))
    return redirect("shops:till_receipts", request.cooperative.code)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SALES_SELL, before=approvals.judge)
@once
def sale_return(request: ApprovedRequest, sale_id: UUID) -> HttpResponse:
    """Choose, look at what is paid back, let somebody approve: one address, three steps."""
    sale = get_object_or_404(left.reading(request.cooperative), id=sale_id)
    made = queries.made_with(request.cooperative, request.form_key)
    if made is not None and request.method != "POST":
        return redirect("shops:return_slip", request.cooperative.code, made.id)
    lines, _money = left.left_of(sale)
    form = GoodsBack(request.POST or None, lines=lines, initial={"key": request.form_key})
    shift, undone = shifts.open_of(request.cooperative, request.user), None
    if form.is_valid() and request.POST.get("step") != "choose" and shift is not None:
        try:
            if approver := request.approval.approver:
                returned = _take_back(request, sale, shift, form, approver)
                return redirect("shops:return_slip", request.cooperative.code, returned.id)
            undone = left.preview(sale=sale, quantities=form.quantities())
        except DomainError as refusal:
            undone = _refused(request, form, refusal, sale)
    return _page(request, sale, form, shift, undone)


@require_safe
@requires(Permission.COOPERATIVE_READ)
def return_slip(request: CoopRequest, return_id: UUID) -> HttpResponse:
    """What came back and what was paid back for it, to print and hand over."""
    found = queries.readable(request.cooperative, request.user, request.permissions)
    returned = get_object_or_404(found, id=return_id)
    return render(request, "shops/returns/return_slip.html", {"returned": returned})


def _take_back(
    request: ApprovedRequest, sale: Sale, shift: Shift, form: GoodsBack, by: User
) -> SaleReturn:
    returned = service.take_back(
        sale=sale,
        quantities=form.quantities(),
        reason=form.cleaned_data["reason"],
        key=form.cleaned_data["key"],
        instead=money_back.RefundWay.of(
            form.cleaned_data["instead"], form.cleaned_data["receiver"]
        ),
        shown_idr=form.cleaned_data["shown_idr"],
        at=timezone.now(),
        approved=service.Approved(request.user, by, shift, request.approval.brought_idr),
    )
    if returned.is_repeat:
        messages.info(request, _("This was recorded already; it is not recorded twice."))
    return returned


def _refused(
    request: ApprovedRequest, form: GoodsBack, refusal: DomainError, sale: Sale
) -> Undone | None:
    """Back to the goods, or, where it is about the sum or who approves, to what is paid back."""
    is_of_approval = refusal.fields.keys() & {"approver", "brought_idr"}
    if is_of_approval or isinstance(refusal, AmountChanged | ledger.NotInCash):
        refuse(request.approval.form, refusal)
        return left.preview(sale=sale, quantities=form.quantities())
    if refusal.fields.keys() & {"instead", "receiver"}:
        refuse(form, refusal)
        return left.preview(sale=sale, quantities=form.quantities())
    refuse(form, refusal)
    return None


def _page(
    request: ApprovedRequest,
    sale: Sale,
    form: GoodsBack,
    shift: Shift | None,
    undone: Undone | None,
) -> HttpResponse:
    approval = request.approval.form
    cash_idr = undone.cash_idr if undone else 0
    is_short: bool | None = False
    if shift is not None and undone is not None:
        is_short = probing.may_tell(shift, cash_idr, at=timezone.now(), by=request.user)
    context = {
        "is_short": is_short,
        "is_untold": is_short is None,
        "cash_idr": cash_idr,
        "sale": sale,
        "form": form,
        "shift": shift,
        "approval": approval,
        "is_left": any(line.left for line in form.lines),
        "is_elsewhere": shift is not None and shift.unit_id != sale.unit_id,
        **(_shown(form, undone) if undone else {}),
        **({"stuck": _stuck(sale, undone)} if undone else {}),
    }
    is_refused = (form.is_bound and form.errors) or (approval.is_bound and approval.errors)
    template = "shops/returns/return_check.html" if undone else "shops/returns/sale_return.html"
    return render(request, template, context, status=422 if is_refused else 200)


def _stuck(sale: Sale, undone: Undone) -> list[str]:
    """Why some of it cannot go back the way it came; each reason once."""
    return list(dict.fromkeys(left.stuck(sale, undone, on=business_today()).values()))


def _shown(form: GoodsBack, undone: Undone) -> dict[str, Any]:
    """What goes back, in words: goods by name, and money by the method it had come."""
    names = {line.id: line.name for line in form.lines}
    return {
        "undone": undone,
        "due_idr": undone.total_idr + undone.rounding_idr,
        "going": [(names[one.id], one.quantity, one.total_idr) for one in undone.lines],
        "paid_back": [(one.method, one.method.label, one.amount_idr) for one in undone.money],
    }
