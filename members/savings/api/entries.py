"""Savings for programs: entries, balances, deposits, withdrawals and corrections."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import Listed, Paged
from kkmp.lib.api_answers import CONFLICT, REFUSED, checked, named
from kkmp.lib.clock import business_today
from members.register.loading import member_of
from members.register.models import Member
from members.savings import queries, serializers
from members.savings.filters import SavingsFilter
from members.savings.models import PaidBy, SavingsEntry, SavingsKind
from members.savings.services import savings


@extend_schema_view(get=extend_schema(operation_id="savings_list", tags=["savings"]))
class Savings(Listed, CooperativeAPI, generics.GenericAPIView[SavingsEntry]):
    """Every deposit, withdrawal and correction of the cooperative, latest first."""

    permission = Permission.SAVINGS_READ
    queryset = SavingsEntry.objects.none()
    filterset_class = SavingsFilter
    serializer_class = serializers.EntryOut
    cursor_ordering = "-number"

    def get_queryset(self) -> QuerySet[SavingsEntry]:
        return SavingsEntry.objects.of(self.cooperative).select_related("kind")


class MemberSavings(Paged, CooperativeAPI, generics.GenericAPIView[SavingsEntry]):
    """A member's entries, latest first."""

    permission = Permission.SAVINGS_READ
    queryset = SavingsEntry.objects.none()
    serializer_class = serializers.EntryOut
    filter_backends = []
    cursor_ordering = "-number"

    @extend_schema(operation_id="members_savings", tags=["savings"])
    def get(self, _request: ApiRequest, member_id: UUID) -> Response:
        member = member_of(self.request, member_id)
        return self.page(queries.entries(member))


class MemberHoldings(CooperativeAPI, generics.GenericAPIView[SavingsEntry]):
    """What a member holds of each kind."""

    permission = Permission.SAVINGS_READ
    serializer_class = serializers.HoldingOut
    filter_backends = []

    @extend_schema(
        operation_id="members_balances",
        tags=["savings"],
        responses={200: serializers.HoldingOut(many=True)},
    )
    def get(self, _request: ApiRequest, member_id: UUID) -> Response:
        member = member_of(self.request, member_id)
        held = queries.holdings(member, on=business_today())
        return Response(serializers.HoldingOut(held, many=True).data)


class _Payments(CooperativeAPI, generics.GenericAPIView[SavingsEntry]):
    serializer_class = serializers.Posted

    def paid(self, request: ApiRequest) -> dict[str, Any]:
        """What the service takes, with the rows that the request names."""
        given = checked(serializers.PaymentIn(data=request.data)).validated_data
        members = Member.objects.of(self.cooperative).filter(id=given["member"])
        kinds = SavingsKind.objects.of(self.cooperative).filter(code=given["kind"])
        return {
            "member": named(members, "member"),
            "kind": named(kinds, "kind"),
            "amount_idr": given["amount_idr"],
            "key": given["key"],
            "method": PaidBy(given["method"]),
            "reference": given["reference"],
            "day": given.get("day"),
            "on": business_today(),
            "by": request.user,
        }


_POSTS: dict[str, Any] = {
    "tags": ["savings"],
    "responses": {
        201: serializers.Posted,
        200: OpenApiResponse(serializers.Posted, description="taken before under this key"),
        409: CONFLICT,
        422: REFUSED,
    },
}


class Deposits(_Payments):
    """Taking a deposit, dated today."""

    permission = Permission.SAVINGS_DEPOSIT

    @extend_schema(operation_id="savings_deposit", request=serializers.PaymentIn, **_POSTS)
    def post(self, request: ApiRequest) -> Response:
        return _posted(savings.deposit(**self.paid(request)))


class Withdrawals(_Payments):
    """Paying a withdrawal of voluntary savings, dated today."""

    permission = Permission.SAVINGS_WITHDRAW

    @extend_schema(operation_id="savings_withdraw", request=serializers.PaymentIn, **_POSTS)
    def post(self, request: ApiRequest) -> Response:
        return _posted(savings.withdraw(**self.paid(request)))


class Corrections(CooperativeAPI, generics.GenericAPIView[SavingsEntry]):
    """Undoing a wrong deposit or withdrawal, dated today."""

    permission = Permission.BOOKS_WRITE
    serializer_class = serializers.Posted

    @extend_schema(operation_id="savings_correct", request=serializers.CorrectionIn, **_POSTS)
    def post(self, request: ApiRequest) -> Response:
        given = checked(serializers.CorrectionIn(data=request.data)).validated_data
        rows = queries.receipts(self.cooperative).filter(id=given["entry"])
        entry = savings.reverse_entry(
            entry=named(rows, "entry"),
            reason=given["reason"],
            key=given["key"],
            on=business_today(),
            by=request.user,
        )
        return _posted(entry)


def _posted(entry: SavingsEntry) -> Response:
    out: BaseSerializer[SavingsEntry] = serializers.Posted(entry)
    return Response(out.data, status=200 if entry.is_repeat else 201)
