"""Receipts: on the screen, and printed as original or copy."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from finance.ledger import kinds as journals
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.documents import undrawn_in
from members.savings import documents, forms, queries
from members.savings.models import Paper, ReceiptPrint
from members.savings.services import receipts

PAGE = 50


@require_safe
@requires(Permission.SAVINGS_READ)
def receipt(request: CoopRequest, entry_id: UUID) -> HttpResponse:
    """The receipt to look at; paper comes out of :func:`issue` only, which knows copies."""
    entry = get_object_or_404(queries.receipts(request.cooperative), id=entry_id)
    prints = ReceiptPrint.objects.of(request.cooperative).filter(entry=entry).count()
    told = documents.receipt(entry, prints)
    context = {"entry": entry, "receipt": told, "prints": prints, "undrawn": undrawn_in(told)}
    return render(request, "members/savings/receipt.html", context)


@require_safe
@requires(Permission.SAVINGS_READ)
def posted(request: CoopRequest, journal_id: UUID) -> HttpResponse:
    """The receipts of one journal: a collection, a month's return, a list that was taken over."""
    rows = queries.receipts(request.cooperative).filter(journal_id=journal_id)
    page = Paginator(rows.order_by("number", "id"), PAGE).get_page(request.GET.get("page"))
    first = next(iter(page), None)
    if first is None:
        raise Http404
    context = {"page": page, "journal": first.journal, "what": journals.label(first.journal.kind)}
    return render(request, "members/savings/posted.html", context)


@require_POST
@requires(Permission.SAVINGS_DEPOSIT)
def issue(request: CoopRequest, entry_id: UUID) -> HttpResponse:
    entry = get_object_or_404(queries.receipts(request.cooperative), id=entry_id)
    form = forms.Printing(request.POST)
    if not form.is_valid():
        return redirect("members:receipt", request.cooperative.code, entry.id)
    paper = Paper(form.cleaned_data["paper"])
    printed = receipts.issue(entry=entry, paper=paper, by=request.user)
    page = "members:receipt_printed" if paper == Paper.BROWSER else "members:receipt_pdf"
    return redirect(page, request.cooperative.code, printed.id)


@require_safe
@requires(Permission.SAVINGS_DEPOSIT)
def printed(request: CoopRequest, print_id: UUID) -> HttpResponse:
    """One print, for the browser's own print window."""
    one = get_object_or_404(ReceiptPrint.objects.of(request.cooperative), id=print_id)
    entry = queries.receipts(request.cooperative).get(id=one.entry_id)
    context = {"entry": entry, "receipt": documents.receipt(entry, one.copy)}
    return render(request, "members/savings/receipt_printed.html", context)


@require_safe
@requires(Permission.SAVINGS_DEPOSIT)
def pdf(request: CoopRequest, print_id: UUID) -> HttpResponse:
    prints = ReceiptPrint.objects.of(request.cooperative).exclude(paper=Paper.BROWSER)
    one = get_object_or_404(prints, id=print_id)
    entry = queries.receipts(request.cooperative).get(id=one.entry_id)
    name = f"{documents.receipt_number(entry.number)}-{one.paper}.pdf"
    return HttpResponse(
        documents.receipt_pdf(entry, one),
        content_type="application/pdf",
        headers={"Content-Disposition": content_disposition_header(False, name)},
    )
