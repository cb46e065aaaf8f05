"""Leaving, for programs: the rules, permissions and services of the pages."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import generics
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import Listed
from kkmp.lib.api_answers import CONFLICT, REFUSED, checked, named
from kkmp.lib.clock import business_today
from members.leaving import queries, serializers
from members.leaving.models import Exit, ExitReason
from members.leaving.services import exits, readmission
from members.leaving.services.exits import Decision, Heir
from members.register.loading import member_of
from members.register.models import Member
from members.register.serializers import MemberOut

_POSTS: dict[str, Any] = {
    "tags": ["exits"],
    "responses": {
        200: OpenApiResponse(serializers.ExitDetailOut),
        409: CONFLICT,
        422: REFUSED,
    },
}


class _ExitAPI(CooperativeAPI, generics.GenericAPIView[Exit]):
    queryset = Exit.objects.none()
    serializer_class: type[BaseSerializer[Exit]] | None = serializers.ExitDetailOut
    filter_backends = []

    def exit(self, exit_id: UUID) -> Exit:
        exit = get_object_or_404(queries.exits(self.cooperative), id=exit_id)
        exit.cooperative = exit.member.cooperative = self.cooperative
        return exit

    def shown(self, exit: Exit, status: int = 200) -> Response:
        statement = serializers.StatementOut(queries.statement(exit)).data
        return Response(serializers.ExitOut(exit).data | {"statement": statement}, status=status)


@extend_schema_view(
    get=extend_schema(
        operation_id="exits_list",
        tags=["exits"],
        parameters=[OpenApiParameter("stage", enum=list(queries.STAGES))],
    )
)
class Exits(Listed, _ExitAPI):
    """Leavings, newest first; and recording that somebody leaves."""

    permission = Permission.MEMBERS_READ
    permission_by_method = {"POST": Permission.MEMBERS_WRITE}
    serializer_class = serializers.ExitOut

    def get_queryset(self) -> QuerySet[Exit]:
        stage = checked(serializers.StageIn(data=self.request.query_params)).validated_data
        return queries.exits(self.cooperative, stage.get("stage"))

    @extend_schema(
        operation_id="exits_request",
        tags=["exits"],
        request=serializers.ExitIn,
        responses={
            201: serializers.ExitDetailOut,
            200: OpenApiResponse(serializers.ExitDetailOut, description="recorded before"),
            409: CONFLICT,
            422: REFUSED,
        },
    )
    def post(self, request: ApiRequest) -> Response:
        given = checked(serializers.ExitIn(data=request.data)).validated_data
        member = named(Member.objects.of(self.cooperative).filter(id=given["member"]), "member")
        exit = exits.request(
            member=member,
            reason=ExitReason(given["reason"]),
            note=given.get("note", ""),
            heir=_heir(given),
            asked_on=given.get("asked_on"),
            key=given["key"],
            on=business_today(),
            by=request.user,
        )
        return self.shown(exit, 200 if exit.is_repeat else 201)


class ExitDetail(_ExitAPI):
    """One leaving, with what it pays."""

    permission = Permission.MEMBERS_READ

    @extend_schema(operation_id="exits_read", tags=["exits"])
    def get(self, _request: ApiRequest, exit_id: UUID) -> Response:
        return self.shown(self.exit(exit_id))


class ExitWithdrawal(_ExitAPI):
    """Taking a request back that has not been decided."""

    permission = Permission.MEMBERS_WRITE

    @extend_schema(operation_id="exits_take_back", request=None, **_POSTS)
    def post(self, request: ApiRequest, exit_id: UUID) -> Response:
        return self.shown(exits.take_back(exit=self.exit(exit_id), by=request.user))


class ExitHeir(_ExitAPI):
    """Correcting who is paid in the place of somebody who died."""

    permission = Permission.MEMBERS_WRITE

    @extend_schema(operation_id="exits_heir", request=serializers.HeirIn, **_POSTS)
    def put(self, request: ApiRequest, exit_id: UUID) -> Response:
        exit = self.exit(exit_id)
        heir = _heir(checked(serializers.HeirIn(data=request.data)).validated_data)
        return self.shown(exits.correct_heir(exit=exit, heir=heir, by=request.user))


class ExitDecision(_ExitAPI):
    """Deciding, posted today. Whoever recorded the request cannot decide it."""

    permission = Permission.MEMBERS_DECIDE

    @extend_schema(operation_id="exits_decide", request=serializers.DecisionIn, **_POSTS)
    def post(self, request: ApiRequest, exit_id: UUID) -> Response:
        exit = self.exit(exit_id)
        given = checked(serializers.DecisionIn(data=request.data)).validated_data
        pay_on = given.get("pay_on")
        if pay_on is None and Permission.SAVINGS_WITHDRAW not in self.permissions:
            raise PermissionDenied
        decided = exits.decide(
            exit=exit,
            decision=Decision(given["decision_number"], given["decided_on"], pay_on),
            key=given["key"],
            shown_idr=given.get("shown_idr"),
            on=business_today(),
            by=request.user,
        )
        return self.shown(decided)


class ExitPayment(_ExitAPI):
    """Paying what a former member gets, in cash, today."""

    permission = Permission.SAVINGS_WITHDRAW

    @extend_schema(operation_id="exits_pay", request=serializers.ExitPaymentIn, **_POSTS)
    def post(self, request: ApiRequest, exit_id: UUID) -> Response:
        exit = self.exit(exit_id)
        given = checked(serializers.ExitPaymentIn(data=request.data)).validated_data
        return self.shown(exits.pay(exit=exit, on=business_today(), by=request.user, **given))


class ExitPaymentCorrection(_ExitAPI):
    """Undoing a payment that was recorded and not made."""

    permission = Permission.BOOKS_WRITE

    @extend_schema(
        operation_id="exits_unpay", request=serializers.ExitPaymentCorrectionIn, **_POSTS
    )
    def post(self, request: ApiRequest, exit_id: UUID) -> Response:
        exit = self.exit(exit_id)
        given = checked(serializers.ExitPaymentCorrectionIn(data=request.data)).validated_data
        return self.shown(exits.unpay(exit=exit, on=business_today(), by=request.user, **given))


class Readmission(CooperativeAPI, generics.GenericAPIView[Member]):
    """Taking somebody who left back, as an applicant."""

    permission = Permission.MEMBERS_WRITE
    serializer_class = MemberOut

    @extend_schema(
        operation_id="members_readmit",
        tags=["exits"],
        request=None,
        responses={200: MemberOut, 422: REFUSED},
    )
    def post(self, request: ApiRequest, member_id: UUID) -> Response:
        member = member_of(self.request, member_id)
        member = readmission.readmit(
            member=member,
            by_board=Permission.MEMBERS_DECIDE in self.permissions,
            on=business_today(),
            by=request.user,
        )
        return Response(MemberOut(member).data)


def _heir(given: dict[str, Any]) -> Heir:
    names = ("heir_name", "heir_relation", "heir_phone")
    return Heir(*(given.get(name, "") for name in names))
