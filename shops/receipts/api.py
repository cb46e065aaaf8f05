"""Receipts for programs."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from shops.receipts import queries
from shops.receipts.documents import message
from shops.receipts.documents.text import COLUMNS, plain
from shops.receipts.serializers import ReceiptIn, ReceiptOut
from shops.till.models import Sale


class SaleReceipt(CooperativeAPI, generics.GenericAPIView[Sale]):
    """A receipt as text. Nobody has counted a print, so it bears the mark of a copy."""

    permission = Permission.SALES_READ
    serializer_class = ReceiptOut

    @extend_schema(operation_id="sales_receipt", tags=["shops"], parameters=[ReceiptIn])
    def get(self, request: ApiRequest, id: UUID) -> Response:
        given = ReceiptIn(data=request.query_params)
        given.is_valid(raise_exception=True)
        sale = get_object_or_404(queries.whole(self.cooperative), id=id)
        width = int(given.validated_data["width"])
        told = {
            "number": sale.number,
            "width": width,
            "text": plain(queries.uncounted(sale), COLUMNS[width]),
            "message": message.text(sale, queries.shown(sale, None)),
        }
        return Response(self.get_serializer(told).data)
