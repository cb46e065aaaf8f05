"""Taking lists out, for programs: ask, look, fetch."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import generics
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.exports import background, lists, queries, serializers
from kkmp.exports.models import ExportJob
from kkmp.exports.services import jobs
from kkmp.exports.workbook import CONTENT_TYPE
from kkmp.lib.api import Error
from kkmp.lib.api_answers import REFUSED, body
from kkmp.lib.clock import business_today
from kkmp.lib.existing import of_kind


class XlsxRenderer(JSONRenderer):
    """Lets programs accept nothing but the file; refusals are JSON all the same."""

    media_type = CONTENT_TYPE
    format = "xlsx"


class Exports(CooperativeAPI, generics.GenericAPIView[ExportJob]):
    """Ask for a list as a file. Which lists one may have depends on one's role."""

    permission = Permission.COOPERATIVE_READ
    serializer_class = serializers.ExportOut

    @extend_schema(
        operation_id="exports_ask",
        tags=["exports"],
        request=serializers.ExportIn,
        responses={
            201: serializers.ExportOut,
            200: OpenApiResponse(serializers.ExportOut, description="being made already"),
            422: REFUSED,
        },
    )
    def post(self, request: ApiRequest) -> Response:
        given = body(serializers.ExportIn, request)
        kind = given["list"]
        if kind.permission not in self.permissions:
            raise PermissionDenied
        made = jobs.take_out(
            kind=kind,
            query=given.get("query", ""),
            cooperative=self.cooperative,
            language=get_language() or "id",
            on=business_today(),
            at=timezone.now(),
            by=request.user,
            at_once=-1,
        )
        job = of_kind(ExportJob, made)
        if job.is_new:
            background.begin(job)
        return Response(serializers.ExportOut(job).data, status=201 if job.is_new else 200)


class _OneExport(CooperativeAPI, generics.GenericAPIView[ExportJob]):
    permission = Permission.COOPERATIVE_READ
    serializer_class = serializers.ExportOut

    def job(self, request: ApiRequest, export_id: UUID) -> ExportJob:
        """One's own; what one's role may not have any more is not there either."""
        job = get_object_or_404(queries.jobs(self.cooperative, request.user), id=export_id)
        kind = lists.find(job.list_code)
        if kind is None or kind.permission not in self.permissions:
            raise Http404
        return jobs.look(job=job, at=timezone.now())


class ExportDetail(_OneExport):
    """How far an export has come."""

    @extend_schema(operation_id="exports_look", tags=["exports"])
    def get(self, request: ApiRequest, export_id: UUID) -> Response:
        return Response(serializers.ExportOut(self.job(request, export_id)).data)


class ExportFile(_OneExport):
    """The finished file; kept for an hour after the first fetch, and a day at most."""

    renderer_classes = [JSONRenderer, XlsxRenderer]

    @extend_schema(
        operation_id="exports_fetch",
        tags=["exports"],
        responses={
            (200, CONTENT_TYPE): OpenApiTypes.BINARY,
            409: OpenApiResponse(Error, description="not ready, or not kept any longer"),
        },
    )
    def get(self, request: ApiRequest, export_id: UUID) -> HttpResponse:
        job = self.job(request, export_id)
        file = jobs.fetch(job=job, at=timezone.now(), by=request.user)
        disposition = content_disposition_header(True, file.name) or ""
        headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
        return HttpResponse(file.content, content_type=CONTENT_TYPE, headers=headers)
