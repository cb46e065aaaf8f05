"""The pages of an import: send a file, choose its columns, look at its rows, import them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from kkmp.access.permissions import Permission
from kkmp.access.services import audit
from kkmp.access.web import CoopRequest, requires
from kkmp.imports import forms, kinds, queries, workbook
from kkmp.imports.kinds import ImportKind
from kkmp.imports.links import Links
from kkmp.imports.models import BatchStatus, ImportBatch
from kkmp.imports.pages import (
    LATEST,
    chosen_tab,
    columns_context,
    line_of,
    rows_context,
    sees_secrets,
)
from kkmp.imports.preview import Examined, Preview, State
from kkmp.imports.services import batches, choosing, undo
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError


@require_safe
@requires(Permission.MEMBERS_IMPORT)
def index(request: CoopRequest) -> HttpResponse:
    allowed = [kind for kind in kinds.registered() if kind.permission in request.permissions]
    latest = queries.batches(request.cooperative, allowed)[:LATEST]
    context = {
        "kinds": [(kind, Links(kind, request.cooperative.code)) for kind in allowed],
        "batches": [
            (batch, kind, Links(kind, request.cooperative.code, batch.id))
            for batch in latest
            for kind in [kinds.by_code(batch.kind)]
        ],
    }
    return render(request, "imports/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: CoopRequest, kind: ImportKind) -> HttpResponse:
    form = forms.Upload(_sent(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = batches.upload(
                cooperative=request.cooperative, kind=kind, content=file.read(),
                filename=file.name, on=business_today(), at=timezone.now(), by=request.user,
            )  # fmt: skip
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(Links.of(kind, batch).columns)
    context = {"kind": kind, "form": form}
    return render(request, "imports/upload.html", context, status=422 if form.errors else 200)


@require_safe
def opened(request: CoopRequest, kind: ImportKind, batch_id: UUID) -> HttpResponse:
    """Leads to the step at which the batch was left."""
    batch = batch_of(request, kind, batch_id)
    links = Links.of(kind, batch)
    if not batch.is_open:
        return redirect(links.result)
    return redirect(links.rows if batch.is_mapped else links.columns)


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: CoopRequest, kind: ImportKind, batch_id: UUID) -> HttpResponse:
    batch = _open_batch(request, kind, batch_id)
    table = batch.table()
    form = forms.Columns(_sent(request), kind=kind, table=table, choices=batch.choices())
    if form.is_valid():
        try:
            choosing.choose_columns(batch=batch, kind=kind, columns=form.chosen())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(Links.of(kind, batch).rows)
    context = columns_context(kind, batch, table) | {"form": form}
    return render(request, "imports/columns.html", context, status=422 if form.errors else 200)


@require_POST
def sheets(request: CoopRequest, kind: ImportKind, batch_id: UUID) -> HttpResponse:
    """Choose other sheets of the file."""
    batch = _open_batch(request, kind, batch_id)
    table = batch.table()
    form = forms.Sheets(request.POST, table=table)
    refusal = _("Choose at least one sheet.")
    if form.is_valid():
        try:
            choosing.choose_sheets(batch=batch, kind=kind, names=form.cleaned_data["sheets"])
        except DomainError as error:
            refusal = str(error)
        else:
            return redirect(Links.of(kind, batch).columns)
    columns = forms.Columns(None, kind=kind, table=table, choices=batch.choices())
    context = columns_context(kind, batch, table) | {"form": columns, "refusal": refusal}
    return render(request, "imports/columns.html", context, status=422)


@require_safe
def rows(request: CoopRequest, kind: ImportKind, batch_id: UUID) -> HttpResponse:
    batch = _open_batch(request, kind, batch_id)
    return render(request, "imports/rows.html", rows_context(request, kind, batch))


@require_POST
def date_balances(request: CoopRequest, kind: ImportKind, batch_id: UUID) -> HttpResponse:
    batch = _open_batch(request, kind, batch_id)
    form = forms.Balance(request.POST)
    if form.is_valid():
        choosing.date_balances(batch=batch, on=form.cleaned_data["on"])
        return redirect(Links.of(kind, batch).rows)
    context = rows_context(request, kind, batch) | {"balance": form}
    return render(request, "imports/rows.html", context, status=422)


@require_POST
def accept_changes(request: CoopRequest, kind: ImportKind, batch_id: UUID) -> HttpResponse:
    """Accept that rows change what is on the register, or withdraw it."""
    batch = _open_batch(request, kind, batch_id)
    form = forms.Accept(request.POST)
    accepts = form.is_valid() and form.cleaned_data["accepts"]
    choosing.accept_changes(batch=batch, accepts=accepts)
    return redirect(f"{Links.of(kind, batch).rows}?tab={State.CHANGES}")


@require_safe
@vary_on_headers("HX-Request")
def row(request: CoopRequest, kind: ImportKind, batch_id: UUID, number: int) -> HttpResponse:
    """One row as it stands, for who cancels a correction."""
    batch = _open_batch(request, kind, batch_id)
    return _row_answer(request, kind, batch, number)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def fix_row(request: CoopRequest, kind: ImportKind, batch_id: UUID, number: int) -> HttpResponse:
    batch = _open_batch(request, kind, batch_id)
    examined = _examined(batches.examine(batch, kind), number)
    form = forms.RowFix(
        _sent(request), kind=kind, table=batch.table(), choices=batch.choices(),
        examined=examined, sees_secrets=sees_secrets(request, batch),
    )  # fmt: skip
    if form.is_valid():
        batch = choosing.fix_row(batch=batch, number=number, cells=form.cells())
        return _row_answer(request, kind, batch, number)
    context = {
        "row": examined,
        "form": form,
        "links": Links.of(kind, batch),
        "row_links": Links.of(kind, batch).row(number),
        "tab": chosen_tab(request, examined.state),
        "inline": bool(request.htmx),
    }
    template = "imports/_row_form.html" if request.htmx else "imports/row_form.html"
    return render(request, template, context, status=422 if form.errors else 200)


@require_POST
@vary_on_headers("HX-Request")
def skip_row(request: CoopRequest, kind: ImportKind, batch_id: UUID, number: int) -> HttpResponse:
    batch = _open_batch(request, kind, batch_id)
    batch = choosing.skip_row(batch=batch, number=number)
    return _row_answer(request, kind, batch, number)


@require_POST
@vary_on_headers("HX-Request")
def confirm_row(
    request: CoopRequest, kind: ImportKind, batch_id: UUID, number: int
) -> HttpResponse:
    """Confirm that a row is right as it is."""
    batch = _open_batch(request, kind, batch_id)
    batch = choosing.confirm_row(batch=batch, number=number)
    return _row_answer(request, kind, batch, number)


@require_POST
@vary_on_headers("HX-Request")
def restore_row(
    request: CoopRequest, kind: ImportKind, batch_id: UUID, number: int
) -> HttpResponse:
    batch = _open_batch(request, kind, batch_id)
    batch = choosing.restore_row(batch=batch, number=number)
    return _row_answer(request, kind, batch, number)


@require_POST
def run(request: CoopRequest, kind: ImportKind, batch_id: UUID) -> HttpResponse:
    batch = batch_of(request, kind, batch_id)
    links = Links.of(kind, batch)
    if batch.status in (BatchStatus.IMPORTED, BatchStatus.UNDONE):
        return redirect(links.result)
    form = forms.Run(request.POST)
    shown = form.cleaned_data if form.is_valid() else {}
    try:
        batches.run(
            batch=batch, kind=kind, at=timezone.now(), by=request.user,
            expected=shown.get("expected"), seen=shown.get("seen"),
        )  # fmt: skip
    except DomainError as refusal:
        context = rows_context(request, kind, batch) | {"refusal": str(refusal)}
        return render(request, "imports/rows.html", context, status=refusal.status)
    return redirect(links.result)


@require_safe
def result(request: CoopRequest, kind: ImportKind, batch_id: UUID) -> HttpResponse:
    batch = batch_of(request, kind, batch_id)
    links = Links.of(kind, batch)
    if batch.is_open:
        return redirect(links.opened)
    context = {
        "kind": kind,
        "batch": batch,
        "links": links,
        "amounts": [(label, batch.amounts.get(name, 0)) for name, label in kind.totals],
        "can_undo": not undo.refusal_of(batch, kind, at=timezone.now()),
        "sees_secrets": sees_secrets(request, batch),
    }
    return render(request, "imports/result.html", context)


@require_safe
def leftover(request: CoopRequest, kind: ImportKind, batch_id: UUID) -> HttpResponse:
    """The rows with problems as a spreadsheet; as it shows identity numbers, it is audited."""
    batch = batch_of(request, kind, batch_id)
    if not batch.has_content:
        raise Http404
    if not sees_secrets(request, batch):
        raise PermissionDenied
    table, why = batches.left_behind(batch, kind)
    audit.record(
        cooperative=request.cooperative, action="import.download", by=request.user,
        subject=batch, rows=len(table.rows),
    )  # fmt: skip
    stem = batch.filename.rpartition(".")[0] or batch.filename
    filename = _("%(name)s - rows with problems.xlsx") % {"name": stem}
    response = HttpResponse(workbook.of_rows(table, why), content_type=workbook.CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, filename) or ""
    return response


@require_POST
def discard(request: CoopRequest, kind: ImportKind, batch_id: UUID) -> HttpResponse:
    batch = batch_of(request, kind, batch_id)
    batches.discard(batch=batch, by=request.user)
    messages.success(request, _("What “%(file)s” held is forgotten.") % {"file": batch.filename})
    return redirect("imports:list", request.cooperative.code)


def _sent(request: CoopRequest) -> QueryDict | None:
    """The data for a form: what was posted, even if empty; None for other requests."""
    return request.POST if request.method == "POST" else None


def batch_of(request: CoopRequest, kind: ImportKind, batch_id: UUID) -> ImportBatch:
    """The batch with this id; 404 if it is of another kind or cooperative."""
    found = ImportBatch.objects.of(request.cooperative).select_related("cooperative")
    return get_object_or_404(found, id=batch_id, kind=kind.code)


def _open_batch(request: CoopRequest, kind: ImportKind, batch_id: UUID) -> ImportBatch:
    batch = batch_of(request, kind, batch_id)
    if not batch.is_open:
        raise Http404
    return batch


def _examined(preview: Preview, number: int) -> Examined:
    row = preview.row(number)
    if row is None:
        raise Http404
    return row


def _row_answer(
    request: CoopRequest, kind: ImportKind, batch: ImportBatch, number: int
) -> HttpResponse:
    """The row with the new sums for htmx; otherwise a redirect to the list of rows."""
    context = rows_context(request, kind, batch)
    examined = _examined(context["preview"], number)
    if request.htmx:
        context["line"] = line_of(kind, examined, context["links"])
        return render(request, "imports/_row_answer.html", context)
    text = _("Row %(number)s: %(state)s.") % {
        "number": examined.place, "state": State(examined.state).label
    }  # fmt: skip
    messages.info(request, text)
    tab = chosen_tab(request, examined.state)
    return redirect(f"{context['links'].rows}?tab={tab}#row-{number}")
