"""Vouchers for programs; a till asks what one is good for."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, status
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from finance.ledger.models import Journal
from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import Listed
from kkmp.lib.api_answers import CONFLICT, REFUSED, ReversalIn, body, once
from kkmp.lib.clock import business_today
from shops.vouchers import queries
from shops.vouchers import serializers as shapes
from shops.vouchers.models import Voucher, VoucherBatch, VoucherPosting
from shops.vouchers.services import codes, vouchers, ways_back


@extend_schema_view(get=extend_schema(operation_id="vouchers_list", tags=["shops"]))
class Batches(Listed, CooperativeAPI, generics.GenericAPIView[VoucherBatch]):
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
    """What one voucher is good for, by its code; codes that none has are counted."""

    permission = Permission.SALES_SELL
    serializer_class = shapes.VoucherOut

    def before(self, request: ApiRequest) -> None:
        """Codes that no voucher has are counted: each is a guess."""
        code = codes.tidied(self.kwargs["code"])
        now = timezone.now()
        if not codes.is_known(cooperative=self.cooperative, code=code, at=now, by=request.user):
            raise Http404

    @extend_schema(operation_id="vouchers_get", tags=["shops"])
    def get(self, _request: ApiRequest, code: str) -> Response:
        rows = queries.vouchers(self.cooperative)
        voucher = get_object_or_404(rows, code=codes.tidied(code))
        return Response(self.get_serializer(voucher).data)


class OfBatch(CooperativeAPI, generics.GenericAPIView[VoucherBatch]):
    """What is recorded of a batch after it was issued."""

    serializer_class: type[BaseSerializer[Any]] = shapes.VoucherPostingOut
    filter_backends = []

    def batch(self, batch_id: UUID) -> VoucherBatch:
        found = get_object_or_404(queries.batches(self.cooperative), id=batch_id)
        found.cooperative = self.cooperative
        return found

    def posted(self, journal: Journal) -> Response:
        made = queries.all_postings(self.cooperative).get(journal=journal)
        return self.answered(self.get_serializer(made).data, journal)

    def answered(self, data: object, journal: Journal) -> Response:
        again = journal.is_repeat
        return Response(data, status.HTTP_200_OK if again else status.HTTP_201_CREATED)


class Postings(OfBatch):
    """What its buyer has paid since, and what of it was ended."""

    permission = Permission.SALES_READ

    @extend_schema(
        operation_id="vouchers_postings",
        tags=["shops"],
        responses=shapes.VoucherPostingOut(many=True),
    )
    def get(self, _request: ApiRequest, batch_id: UUID) -> Response:
        rows = queries.postings(self.batch(batch_id))
        return Response(self.get_serializer(rows, many=True).data)


class Receive(OfBatch):
    """Take what a buyer who pays later owes, dated today."""

    permission = Permission.CREDIT_WRITE

    @extend_schema(
        operation_id="vouchers_receive",
        tags=["shops"],
        request=shapes.VoucherPaymentIn,
        responses=once(shapes.VoucherPostingOut, "it had been recorded before"),
    )
    def post(self, request: ApiRequest, batch_id: UUID) -> Response:
        batch, given = self.batch(batch_id), body(shapes.VoucherPaymentIn, request)
        return self.posted(
            vouchers.receive(batch=batch, on=business_today(), by=request.user, **given)
        )


class End(OfBatch):
    """End vouchers that have expired: what nobody spent becomes other income."""

    permission = Permission.CREDIT_WRITE

    @extend_schema(
        operation_id="vouchers_end",
        tags=["shops"],
        request=shapes.VoucherEndIn,
        responses=once(shapes.VoucherPostingOut, "they had been ended before"),
    )
    def post(self, request: ApiRequest, batch_id: UUID) -> Response:
        batch, given = self.batch(batch_id), body(shapes.VoucherEndIn, request)
        return self.posted(vouchers.end(batch=batch, on=business_today(), by=request.user, **given))


class TakeBack(OfBatch):
    """Undo the issue of vouchers of which none was spent."""

    permission = Permission.BOOKS_WRITE
    serializer_class = shapes.VoucherBatchOut

    @extend_schema(
        operation_id="vouchers_take_back",
        tags=["shops"],
        request=ReversalIn,
        responses=once(shapes.VoucherBatchOut, "they had been taken back before"),
    )
    def post(self, request: ApiRequest, batch_id: UUID) -> Response:
        batch, given = self.batch(batch_id), body(ReversalIn, request)
        journal = ways_back.take_back(batch=batch, on=business_today(), by=request.user, **given)
        now = self.batch(batch_id)
        return self.answered(self.get_serializer(now).data, journal)


class Undo(OfBatch):
    """Undo a payment of a buyer, which is then owed again, or an ending, dated today."""

    permission = Permission.BOOKS_WRITE

    @extend_schema(
        operation_id="vouchers_undo",
        tags=["shops"],
        request=ReversalIn,
        responses=once(shapes.VoucherPostingOut, "it had been undone before"),
    )
    def post(self, request: ApiRequest, posting_id: UUID) -> Response:
        rows = queries.all_postings(self.cooperative)
        posting: VoucherPosting = get_object_or_404(rows, id=posting_id)
        given = body(ReversalIn, request)
        journal = ways_back.undo(posting=posting, on=business_today(), by=request.user, **given)
        return self.answered(self.get_serializer(rows.get(id=posting.id)).data, journal)
