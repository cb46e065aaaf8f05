"""Imports for programs, with the same rules, permissions and services as the pages.

Which of the file's columns is which is guessed from its titles, or named with the file or
afterwards. Where several fit one of our columns, no row is ready until one is named.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.imports import kinds, queries, serializers
from kkmp.imports.kinds import ImportKind
from kkmp.imports.masking import covered
from kkmp.imports.models import BatchStatus, ImportBatch
from kkmp.imports.preview import Examined, State
from kkmp.imports.services import batches, choosing, undo
from kkmp.imports.tables import letter
from kkmp.lib.api import Listed
from kkmp.lib.api_answers import CONFLICT, REFUSED, body, checked
from kkmp.lib.clock import business_today
from kkmp.lib.parsers import JSONParser


class _Imports(CooperativeAPI, generics.GenericAPIView[ImportBatch]):
    #: Each kind of list needs its own permission besides this one.
    permission = Permission.MEMBERS_IMPORT
    queryset = ImportBatch.objects.none()
    filter_backends = []
    serializer_class = serializers.BatchOut

    def get_queryset(self) -> QuerySet[ImportBatch]:
        allowed = [kind for kind in kinds.registered() if kind.permission in self.permissions]
        return queries.batches(self.cooperative, allowed)

    def batch(self, batch_id: UUID) -> tuple[ImportBatch, ImportKind]:
        batch = get_object_or_404(ImportBatch.objects.of(self.cooperative), id=batch_id)
        batch.cooperative = self.cooperative
        kind = kinds.by_code(batch.kind)
        self.refuse_stranger(kind)
        return batch, kind

    def refuse_stranger(self, kind: ImportKind) -> None:
        if kind.permission not in self.permissions:
            raise PermissionDenied


@extend_schema_view(get=extend_schema(operation_id="imports_list", tags=["imports"]))
class Imports(Listed, _Imports):
    """Lists the files that were sent, the newest first, and takes a new one."""

    parser_classes = [MultiPartParser, JSONParser]

    @extend_schema(
        operation_id="imports_upload",
        tags=["imports"],
        request={"multipart/form-data": serializers.UploadIn},
        responses={201: serializers.PreviewOut, 422: REFUSED},
    )
    def post(self, request: ApiRequest) -> Response:
        given = body(serializers.UploadIn, request)
        kind, file = given["kind"], given["file"]
        self.refuse_stranger(kind)
        batch = batches.upload(
            cooperative=self.cooperative,
            kind=kind,
            content=file.read(),
            filename=file.name,
            on=given.get("on") or business_today(),
            at=timezone.now(),
            by=request.user,
        )
        batch = _choose_named(batch, kind, given)
        return Response(_shown(batch, kind), status=201)


class ImportDetail(_Imports):
    """One file; while it waits, with what would happen to its rows."""

    serializer_class = serializers.PreviewOut

    @extend_schema(
        operation_id="imports_read",
        tags=["imports"],
        parameters=[serializers.PreviewIn],
        responses={200: serializers.PreviewOut},
    )
    def get(self, request: ApiRequest, batch_id: UUID) -> Response:
        batch, kind = self.batch(batch_id)
        given = checked(serializers.PreviewIn(data=request.GET)).validated_data
        return Response(_shown(batch, kind, **given))


class ImportColumns(_Imports):
    """Chooses which sheets of a file are read, and which of its columns is which."""

    serializer_class = serializers.PreviewOut

    @extend_schema(
        operation_id="imports_columns",
        tags=["imports"],
        request=serializers.ColumnsIn,
        responses={200: serializers.PreviewOut, 409: CONFLICT, 422: REFUSED},
    )
    def put(self, request: ApiRequest, batch_id: UUID) -> Response:
        batch, kind = self.batch(batch_id)
        given = body(serializers.ColumnsIn, request)
        with transaction.atomic():
            batch = _choose_named(batch, kind, given)
        return Response(_shown(batch, kind))


class ImportRun(_Imports):
    """Registers and posts every row that is ready: all of them or none."""

    @extend_schema(
        operation_id="imports_run",
        tags=["imports"],
        request=serializers.RunIn,
        responses={200: serializers.BatchOut, 409: CONFLICT, 422: REFUSED},
    )
    def post(self, request: ApiRequest, batch_id: UUID) -> Response:
        batch, kind = self.batch(batch_id)
        given = body(serializers.RunIn, request)
        if batch.status != BatchStatus.IMPORTED:
            for number in given.get("confirm", ()):
                batch = choosing.confirm_row(batch=batch, number=number)
            batch = choosing.accept_changes(batch=batch, accepts=given["accept_changes"])
            batch = batches.run(
                batch=batch,
                kind=kind,
                at=timezone.now(),
                by=request.user,
                expected=given.get("expected"),
            )
        return Response(serializers.BatchOut(batch).data)


class ImportUndo(_Imports):
    """Undoes a whole import, as long as nothing depends on it."""

    @extend_schema(
        operation_id="imports_undo",
        tags=["imports"],
        request=serializers.UndoIn,
        responses={200: serializers.BatchOut, 409: CONFLICT, 422: REFUSED},
    )
    def post(self, request: ApiRequest, batch_id: UUID) -> Response:
        batch, kind = self.batch(batch_id)
        given = body(serializers.UndoIn, request)
        shown = given.get("shown")
        batch = undo.undo(
            batch=batch,
            kind=kind,
            reason=given["reason"],
            shown=undo.Seen(**shown) if shown else None,
            on=business_today(),
            at=timezone.now(),
            by=request.user,
        )
        return Response(serializers.BatchOut(batch).data)


def _choose_named(batch: ImportBatch, kind: ImportKind, given: dict[str, Any]) -> ImportBatch:
    """Choose sheets and columns as the request names them; what it does not name is guessed."""
    batch = batches.locked_open(batch)
    if given.get("sheets"):
        batch = choosing.choose_sheets(batch=batch, kind=kind, names=given["sheets"])
    columns = given.get("columns")
    if columns is not None:
        table = batch.table()
        named = {
            name: [table.index_of(title) for title in titles] for name, titles in columns.items()
        }
        return choosing.choose_columns(batch=batch, kind=kind, columns=named)
    choices = batch.choices()
    if choices.undecided:
        return batch
    guessed = {name: choices.indexes(name) for name in choices.columns}
    return choosing.choose_columns(batch=batch, kind=kind, columns=guessed)


def _shown(
    batch: ImportBatch, kind: ImportKind, state: str = "", page: int = 1, page_size: int = 50
) -> dict[str, Any]:
    """The answer about a batch: while it waits, with a page of its rows."""
    found = batches.examine(batch, kind) if batch.is_open else None
    rows: Sequence[Examined] = ()
    if found:
        rows = found.rows if not state else found.warned if state == "warned" else (
            found.in_state(State(state))
        )  # fmt: skip
    some = Paginator(rows, page_size).get_page(page)
    return {
        **serializers.BatchOut(batch).data,
        "counts": {str(one): count for one, count in found.counts.items()} if found else {},
        "totals": {name: found.total(name) for name, _label in kind.totals} if found else {},
        "stated": dict(found.stated) if found else {},
        "aside": list(found.aside) if found else [],
        **(_file(batch) if found else {"sheets": [], "columns": []}),
        "page": some.number,
        "pages": some.paginator.num_pages,
        "rows": serializers.FileRowOut(list(some), many=True).data,
    }


def _file(batch: ImportBatch) -> dict[str, Any]:
    """The file's sheets and columns, with the use that was chosen or guessed for each."""
    table, choices = batch.table(), batch.choices()
    used = {at: name for name in choices.columns for at in choices.indexes(name)}
    columns = [
        {
            "letter": letter(at),
            "title": covered(title),
            "used_as": used.get(at, ""),
            "fits": [name for name in choices.undecided if at in table.undecided.get(name, ())],
        }
        for at, title in enumerate(table.titles)
    ]
    return {
        "sheets": serializers.SheetOut(table.sheets, many=True).data,
        "columns": serializers.FileColumnOut(columns, many=True).data,
    }
