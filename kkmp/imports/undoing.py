"""The page on which a whole import is undone."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kkmp.access.web import CoopRequest
from kkmp.imports import forms
from kkmp.imports.kinds import ImportKind
from kkmp.imports.links import Links
from kkmp.imports.models import BatchStatus
from kkmp.imports.pages import undo_context
from kkmp.imports.services import undo as undoing
from kkmp.imports.views import batch_of
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import answer_with


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: CoopRequest, kind: ImportKind, batch_id: UUID) -> HttpResponse:
    """Shows the blockers; if there are none, asks for a reason and undoes the import."""
    batch = batch_of(request, kind, batch_id)
    if batch.is_open or batch.status in (BatchStatus.UNDONE, BatchStatus.DISCARDED):
        return redirect(Links.of(kind, batch).opened)
    now = asdict(undoing.seen(batch))
    form = forms.Undo(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        reason, shown = form.cleaned_data.pop("reason"), undoing.Seen(**form.cleaned_data)
        try:
            undoing.undo(
                batch=batch, kind=kind, on=business_today(), at=timezone.now(), by=request.user,
                reason=reason, shown=shown,
            )  # fmt: skip
        except DomainError as refusal:
            form.add_error("reason" if refusal.field == "reason" else None, str(refusal))
            for name, value in now.items():
                answer_with(form, name, str(value))
        else:
            messages.success(request, _("The import of “%(file)s” is undone.") % {"file": batch})
            return redirect(Links.of(kind, batch).result)
    context = undo_context(kind, batch, timezone.now()) | {"form": form}
    return render(request, "imports/undo.html", context, status=422 if form.is_bound else 200)
