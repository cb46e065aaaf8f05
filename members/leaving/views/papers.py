"""Papers about leaving, as PDF."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.errors import DomainError
from members.leaving import documents, queries
from members.leaving.models import Exit
from members.leaving.services import exits


@require_POST
@requires(Permission.SAVINGS_WITHDRAW)
def receipt(request: CoopRequest, exit_id: UUID) -> HttpResponse:
    """The receipt of the payment; each time counts as a print, and all but the first are copies."""
    exit = _exit(request, exit_id)
    try:
        copy = exits.issue_receipt(exit=exit, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("members:exit", request.cooperative.code, exit.id)
    return _pdf(documents.receipt_pdf(exit, copy), documents.payment_number(exit))


@require_safe
@requires(Permission.MEMBERS_READ)
def certificate(request: CoopRequest, exit_id: UUID) -> HttpResponse:
    exit = _exit(request, exit_id)
    if not exit.is_decided:
        raise Http404
    return _pdf(documents.certificate_pdf(exit), documents.exit_number(exit.number))


def _exit(request: CoopRequest, exit_id: UUID) -> Exit:
    return get_object_or_404(queries.exits(request.cooperative), id=exit_id)


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(False, f"{name}.pdf")}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
