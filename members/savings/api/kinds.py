"""Kinds of savings and monthly returns for programs."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import Day, Paged, WholeNumber
from kkmp.lib.api_answers import CHANGED, REFUSED, body
from kkmp.lib.clock import business_today
from members.savings import queries
from members.savings.models import ReturnLine, ReturnRun, SavingsKind
from members.savings.services import kinds, returns


class KindOut(serializers.ModelSerializer[SavingsKind]):
    name = serializers.CharField(source="label")

    class Meta:
        model = SavingsKind
        fields = [
            "id",
            "code",
            "role",
            "name",
            "is_active",
            "min_deposit_idr",
            "min_balance_idr",
            "most_withdrawal_idr",
            "withdrawals_a_month",
            "locked_until",
            "return_percent",
            "version",
        ]
        read_only_fields = fields


class KindIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=60)
    name_en = serializers.CharField(max_length=60, required=False, allow_blank=True)
    min_deposit_idr = WholeNumber(min_value=0, required=False)
    min_balance_idr = WholeNumber(min_value=0, required=False)
    most_withdrawal_idr = WholeNumber(min_value=1, allow_null=True, required=False)
    withdrawals_a_month = WholeNumber(
        min_value=1, max_value=kinds.MOST_A_MONTH, allow_null=True, required=False
    )
    locked_until = Day(years=kinds.MOST_YEARS, allow_null=True, required=False)
    return_percent = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=Decimal(0), required=False
    )
    is_active = serializers.BooleanField(required=False)


class KindEdit(KindIn):
    version = WholeNumber(help_text="of the kind as it was read")


class Kinds(CooperativeAPI, generics.GenericAPIView[SavingsKind]):
    """The cooperative's kinds of savings with their rules, and adding one of its own."""

    permission = Permission.SAVINGS_READ
    permission_by_method = {"POST": Permission.SAVINGS_MANAGE}
    serializer_class = KindOut
    filter_backends = []

    @extend_schema(
        operation_id="savings_kinds", tags=["savings"], responses={200: KindOut(many=True)}
    )
    def get(self, _request: ApiRequest) -> Response:
        return Response(KindOut(queries.kinds(self.cooperative), many=True).data)

    @extend_schema(
        operation_id="savings_define_kind",
        tags=["savings"],
        request=KindIn,
        responses={201: KindOut, 422: REFUSED},
    )
    def post(self, request: ApiRequest) -> Response:
        given = body(KindIn, request)
        terms = kinds.Terms(**given)
        kind = kinds.define(
            cooperative=self.cooperative, terms=terms, on=business_today(), by=request.user
        )
        return Response(KindOut(kind).data, status=201)


class Kind(CooperativeAPI, generics.GenericAPIView[SavingsKind]):
    """One kind; principal and mandatory savings follow the members' decisions instead."""

    permission = Permission.SAVINGS_MANAGE
    serializer_class = KindOut

    @extend_schema(
        operation_id="savings_change_kind",
        tags=["savings"],
        request=KindEdit,
        responses={200: KindOut, 409: CHANGED, 422: REFUSED},
    )
    def put(self, request: ApiRequest, kind_id: UUID) -> Response:
        kind = get_object_or_404(SavingsKind.objects.of(self.cooperative), id=kind_id)
        kind.cooperative = self.cooperative
        given = body(KindEdit, request)
        version = given.pop("version")
        kind = kinds.change(
            kind=kind,
            terms=kinds.Terms(**given),
            version=version,
            on=business_today(),
            by=request.user,
        )
        return Response(KindOut(kind).data)


class ReturnOut(serializers.ModelSerializer[ReturnRun]):
    class Meta:
        model = ReturnRun
        fields = ["id", "month", "date", "members", "gross_idr", "tax_idr"]
        read_only_fields = fields


class ReturnLineOut(serializers.ModelSerializer[ReturnLine]):
    member = serializers.UUIDField(source="member_id")
    kind = serializers.CharField(source="kind.code")
    net_idr = serializers.IntegerField()
    entry = serializers.UUIDField(source="entry_id")

    class Meta:
        model = ReturnLine
        fields = [
            "member",
            "kind",
            "base_idr",
            "percent",
            "gross_idr",
            "tax_idr",
            "net_idr",
            "entry",
        ]
        read_only_fields = fields


class ReturnIn(serializers.Serializer[Any]):
    month = serializers.DateField(help_text="any day of the month")
    shown = serializers.CharField(
        max_length=64, help_text="`content` of the preview: what is credited is what was shown"
    )
    key = serializers.UUIDField()


class ReturnPreview(serializers.Serializer[Any]):
    month = serializers.DateField()
    members = serializers.IntegerField()
    gross_idr = serializers.IntegerField()
    tax_idr = serializers.IntegerField()
    content = serializers.CharField()


class Returns(Paged, CooperativeAPI, generics.GenericAPIView[ReturnRun]):
    """Months whose return was credited, latest first, and crediting the next."""

    permission = Permission.SAVINGS_READ
    permission_by_method = {"POST": Permission.SAVINGS_MANAGE}
    queryset = ReturnRun.objects.none()
    serializer_class = ReturnOut
    filter_backends = []
    cursor_ordering = "-month"

    @extend_schema(operation_id="savings_returns", tags=["savings"])
    def get(self, _request: ApiRequest) -> Response:
        rows: QuerySet[ReturnRun] = ReturnRun.objects.of(self.cooperative)
        return self.page(rows)

    @extend_schema(
        operation_id="savings_credit_return",
        tags=["savings"],
        request=ReturnIn,
        responses={201: ReturnOut, 422: REFUSED},
    )
    def post(self, request: ApiRequest) -> Response:
        given = body(ReturnIn, request)
        run = returns.credit(
            cooperative=self.cooperative,
            on=business_today(),
            by=request.user,
            **given,
        )
        return Response(ReturnOut(run).data, status=201)


class ReturnOfMonth(CooperativeAPI, generics.GenericAPIView[ReturnRun]):
    """What a month's return would come to, before it is credited."""

    permission = Permission.SAVINGS_READ
    serializer_class = ReturnPreview
    filter_backends = []

    @extend_schema(operation_id="savings_preview_return", tags=["savings"])
    def get(self, _request: ApiRequest, year: int, month: int) -> Response:
        day = date(year, month, 1)
        dues = returns.due(self.cooperative, day)
        told = {
            "month": day,
            "members": len({one.member.id for one in dues}),
            "gross_idr": sum(one.gross_idr for one in dues),
            "tax_idr": sum(one.tax_idr for one in dues),
            "content": returns.content(dues),
        }
        return Response(ReturnPreview(told).data)


class ReturnLines(Paged, CooperativeAPI, generics.GenericAPIView[ReturnLine]):
    """What each member got of a month's return."""

    permission = Permission.SAVINGS_READ
    queryset = ReturnLine.objects.none()
    serializer_class = ReturnLineOut
    filter_backends = []
    cursor_ordering = "id"

    @extend_schema(operation_id="savings_return_lines", tags=["savings"])
    def get(self, _request: ApiRequest, run_id: UUID) -> Response:
        run = get_object_or_404(ReturnRun.objects.of(self.cooperative), id=run_id)
        rows = ReturnLine.objects.of(self.cooperative).filter(run=run).select_related("kind")
        return self.page(rows)
