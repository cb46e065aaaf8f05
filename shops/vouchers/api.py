"""Vouchers for programs; a till asks what one is good for."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import Paged
from kkmp.lib.api_answers import CONFLICT, REFUSED
from kkmp.lib.clock import business_today
from shops.vouchers import queries
from shops.vouchers import serializers as shapes
from shops.vouchers.models import Voucher, VoucherBatch
from shops.vouchers.services import vouchers


class Batches(Paged, CooperativeAPI, generics.GenericAPIView[VoucherBatch]):
    """Batches of vouchers with what is left, and issuing one. Codes are printed, not told."""

    permission = Permission.SALES_READ
    permission_by_method = {"POST": Permission.CREDIT_WRITE}
    serializer_class = shapes.VoucherBatchOut
    cursor_ordering = "-date"
    filter_backends = []

    def get_queryset(self) -> QuerySet[VoucherBatch]:
        if getattr(self, "swagger_fake_view", False):
            return VoucherBatch.objects.none()
        return queries.batches(self.cooperative)

    @extend_schema(operation_id="vouchers_list", tags=["shops"])
    def get(self, _request: ApiRequest) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="vouchers_issue",
        tags=["shops"],
        request=shapes.VoucherIn,
        responses={201: shapes.VoucherBatchOut, 409: CONFLICT, 422: REFUSED},
    )
    def post(self, request: ApiRequest) -> Response:
        given = shapes.VoucherIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = vouchers.issue(
            cooperative=self.cooperative,
            ordered=given.ordered(),
            key=given.validated_data["key"],
            on=business_today(),
            by=request.user,
        )
        batch = self.get_queryset().get(id=made.id)
        return Response(self.get_serializer(batch).data, status=status.HTTP_201_CREATED)


class VoucherDetail(CooperativeAPI, generics.GenericAPIView[Voucher]):
    """What one voucher is good for, by its code."""

    permission = Permission.SALES_SELL
    serializer_class = shapes.VoucherOut

    @extend_schema(operation_id="vouchers_get", tags=["shops"])
    def get(self, _request: ApiRequest, code: str) -> Response:
        rows = queries.vouchers(self.cooperative)
        voucher = get_object_or_404(rows, code=code.strip().upper())
        return Response(self.get_serializer(voucher).data)
