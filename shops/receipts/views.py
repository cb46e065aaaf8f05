"""Receipts: looked at, printed as original or copy, as bytes for a printer, and as a message."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from shops.receipts import queries
from shops.receipts.documents import escpos, message
from shops.receipts.forms import PrintForm
from shops.receipts.services import receipts as service
from shops.returns import queries as returns_queries
from shops.till.models import Sale


@require_safe
@requires(Permission.SALES_SELL)
def own(request: CoopRequest, sale_id: UUID) -> HttpResponse:
    """A receipt that this cashier has made, with the change to hand back."""
    context = _context(request, _own(request, sale_id), "till_receipt")
    return render(request, "shops/receipts/till_receipt.html", context)


@require_POST
@requires(Permission.SALES_SELL)
def issue_own(request: CoopRequest, sale_id: UUID) -> HttpResponse:
    return _issue(request, _own(request, sale_id), "till_receipt")


@require_safe
@requires(Permission.SALES_SELL)
def own_bytes(request: CoopRequest, sale_id: UUID) -> HttpResponse:
    return _bytes(request, _own(request, sale_id))


@require_safe
@requires(Permission.SALES_READ)
def sale(request: CoopRequest, sale_id: UUID) -> HttpResponse:
    row = _any(request, sale_id)
    day = {"since": row.date, "until": row.date}
    back = {"back_url": reverse("shops:sales", args=[request.cooperative.code], query=day)}
    return render(request, "shops/receipts/sale.html", _context(request, row, "sale") | back)


@require_POST
@requires(Permission.SALES_READ)
def issue(request: CoopRequest, sale_id: UUID) -> HttpResponse:
    return _issue(request, _any(request, sale_id), "sale")


@require_safe
@requires(Permission.SALES_READ)
def sale_bytes(request: CoopRequest, sale_id: UUID) -> HttpResponse:
    return _bytes(request, _any(request, sale_id))


def _own(request: CoopRequest, sale_id: UUID) -> Sale:
    mine = queries.whole(request.cooperative).filter(cashier=request.user.pk)
    return get_object_or_404(mine, id=sale_id)


def _any(request: CoopRequest, sale_id: UUID) -> Sale:
    return get_object_or_404(queries.whole(request.cooperative), id=sale_id)


def _context(request: CoopRequest, row: Sale, page: str) -> dict[str, Any]:
    """What the receipt's template needs, on whichever page it stands."""
    form = PrintForm(request.GET)
    form.is_valid()
    copy = queries.printed(row, form.cleaned_data.get("cetak"))
    receipt = queries.shown(row, copy)
    words = message.text(row, receipt)
    return {
        "sale": row,
        "receipt": receipt,
        "undrawn": escpos.unprinted(receipt),
        "issued": copy,
        "prints": queries.prints(row),
        "due_idr": row.total_idr + row.rounding_idr,
        "message": words,
        "message_url": message.link(row, words),
        "issue_url": reverse(f"shops:{page}_print", args=[request.cooperative.code, row.id]),
        **returns_queries.shown(row),
    }


def _issue(request: CoopRequest, row: Sale, page: str) -> HttpResponse:
    """Count the print, then show it: as a page that prints itself, or as bytes."""
    form = PrintForm(request.POST)
    form.is_valid()
    printed = service.issue(sale=row, by=request.user)
    query: dict[str, object] = {"cetak": printed.id}
    if form.cleaned_data.get("bentuk") == "escpos":
        page, query = f"{page}_escpos", query | {"lebar": form.width()}
    return redirect(reverse(f"shops:{page}", args=[request.cooperative.code, row.id], query=query))


def _bytes(request: CoopRequest, row: Sale) -> HttpResponse:
    """The receipt as a print that was counted; any other is a copy."""
    form = PrintForm(request.GET)
    form.is_valid()
    copy = queries.printed(row, form.cleaned_data.get("cetak"))
    receipt = queries.shown(row, copy) if copy else queries.uncounted(row)
    name = content_disposition_header(True, f"nota-{row.number}.bin") or ""
    return HttpResponse(
        escpos.encode(receipt, form.width()),
        content_type="application/octet-stream",
        headers={"Content-Disposition": name, "Cache-Control": "no-store"},
    )
