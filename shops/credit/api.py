"""Credit of members for programs."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, status
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import Listed
from kkmp.lib.api_answers import CONFLICT, REFUSED, ReversalIn, body, once
from kkmp.lib.clock import business_today
from members.register.loading import member_of
from members.register.models import Member
from shops.credit import queries
from shops.credit import serializers as shapes
from shops.credit.models import CreditPayment
from shops.credit.services import credits as service
from shops.credit.services import ways_back


class Credit(CooperativeAPI, generics.GenericAPIView[Member]):
    """A view of what members owe."""

    permission = Permission.PAYMENTS_READ
    serializer_class: type[BaseSerializer[Any]] = shapes.CreditOut
    filter_backends = []


class Credits(Credit):
    """Who owes, and who may buy on credit."""

    @extend_schema(
        operation_id="credits_list", tags=["shops"], responses=shapes.CreditOut(many=True)
    )
    def get(self, _request: ApiRequest) -> Response:
        found = queries.accounts(self.cooperative, on=business_today())
        return Response(shapes.CreditOut(found, many=True).data)


class CreditDetail(Credit):
    """How one member stands, and how much the member may owe."""

    permission_by_method = {"PUT": Permission.CREDIT_WRITE}

    @extend_schema(operation_id="credits_get", tags=["shops"])
    def get(self, _request: ApiRequest, member: UUID) -> Response:
        account = queries.account(member_of(self.request, member), on=business_today())
        return Response(shapes.CreditOut(account).data)

    @extend_schema(
        operation_id="credits_terms",
        tags=["shops"],
        request=shapes.TermsIn,
        responses={200: shapes.CreditOut, 409: CONFLICT, 422: REFUSED},
    )
    def put(self, request: ApiRequest, member: UUID) -> Response:
        who = member_of(self.request, member)
        given = shapes.TermsIn(data=request.data)
        given.is_valid(raise_exception=True)
        service.set_terms(member=who, by=request.user, **given.validated_data)
        return Response(shapes.CreditOut(queries.account(who, on=business_today())).data)


class Pay(Credit):
    """Take what a member owes."""

    permission = Permission.CREDIT_TAKE
    serializer_class = shapes.CreditPaymentOut

    @extend_schema(
        operation_id="credits_pay",
        tags=["shops"],
        request=shapes.CreditPaymentIn,
        responses=once(shapes.CreditPaymentOut, "it had been taken before"),
    )
    def post(self, request: ApiRequest, member: UUID) -> Response:
        who = member_of(self.request, member)
        given = shapes.CreditPaymentIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = service.pay(
            member=who,
            at=timezone.now(),
            by=request.user,
            into_cash_box=Permission.SAVINGS_DEPOSIT in self.permissions,
            **given.validated_data,
        )
        return _posted(made)


class PayOut(Credit):
    """Pay a member what the shop owes: goods that were paid for came back."""

    permission = Permission.SAVINGS_WITHDRAW
    serializer_class = shapes.CreditPaymentOut

    @extend_schema(
        operation_id="credits_pay_out",
        tags=["shops"],
        request=shapes.CreditPayoutIn,
        responses=once(shapes.CreditPaymentOut, "it had been paid out before"),
    )
    def post(self, request: ApiRequest, member: UUID) -> Response:
        who = member_of(self.request, member)
        given = body(shapes.CreditPayoutIn, request)
        made = ways_back.pay_out(member=who, at=timezone.now(), by=request.user, **given)
        return _posted(made)


class Undo(CooperativeAPI, generics.GenericAPIView[CreditPayment]):
    """Undo a cash payment, or what was paid out, by one of the opposite amount."""

    permission = Permission.BOOKS_WRITE
    serializer_class = shapes.CreditPaymentOut
    filter_backends = []

    @extend_schema(
        operation_id="credit_payments_undo",
        tags=["shops"],
        request=ReversalIn,
        responses=once(shapes.CreditPaymentOut, "it had been undone before"),
    )
    def post(self, request: ApiRequest, payment_id: UUID) -> Response:
        payment = get_object_or_404(queries.payments(self.cooperative), id=payment_id)
        payment.member.cooperative = self.cooperative
        given = body(ReversalIn, request)
        made = ways_back.undo(payment=payment, at=timezone.now(), by=request.user, **given)
        return _posted(made)


def _posted(made: CreditPayment) -> Response:
    code = status.HTTP_200_OK if made.is_repeat else status.HTTP_201_CREATED
    return Response(shapes.CreditPaymentOut(made).data, status=code)


@extend_schema_view(get=extend_schema(operation_id="credit_payments_list", tags=["shops"]))
class CreditPayments(Listed, CooperativeAPI, generics.GenericAPIView[CreditPayment]):
    """What members have paid."""

    permission = Permission.PAYMENTS_READ
    serializer_class = shapes.CreditPaymentOut
    cursor_ordering = "-number"
    filter_backends = []

    def get_queryset(self) -> QuerySet[CreditPayment]:
        if getattr(self, "swagger_fake_view", False):
            return CreditPayment.objects.none()
        return queries.payments(self.cooperative)
