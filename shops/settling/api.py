"""QRIS and transfers for programs: what is awaited, what has arrived, what reached the bank."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, status
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import Listed
from kkmp.lib.api_answers import CONFLICT, REFUSED
from kkmp.lib.clock import business_today
from shops.payments.models import SalePayment
from shops.pricing.methods import Method
from shops.settling import queries
from shops.settling import serializers as shapes
from shops.settling.models import Settlement
from shops.settling.queries import UNSETTLED, State, Wanted
from shops.settling.rights import refuse_others
from shops.settling.services import confirming, settlements

#: At most this many payments are listed; a day or a state narrows them.
MOST = 500


class Payments(CooperativeAPI, generics.GenericAPIView[SalePayment]):
    """Lists payments by QRIS and transfer; a cashier sees only the own ones."""

    permission = Permission.PAYMENTS_READ
    serializer_class = shapes.ReceivableOut
    filter_backends = []

    @extend_schema(
        operation_id="payments_list",
        tags=["shops"],
        parameters=[shapes.PaymentsQuery],
        responses=shapes.ReceivableOut(many=True),
    )
    def get(self, request: ApiRequest) -> Response:
        query = shapes.PaymentsQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        given = query.validated_data
        sees_all = Permission.SALES_READ in self.permissions
        found = queries.find(
            self.cooperative,
            Wanted(
                states=[given["state"]] if "state" in given else _usual(given),
                day=given.get("day"),
                method=given.get("method", ""),
                until=given.get("paid_until"),
                cashier_id=None if sees_all else request.user.pk,
            ),
            most=MOST,
        )
        return Response(shapes.ReceivableOut(found, many=True).data)


class Confirm(CooperativeAPI, generics.GenericAPIView[SalePayment]):
    """Records that a payment has arrived, or never came."""

    permission = Permission.PAYMENTS_READ
    serializer_class = shapes.ConfirmIn

    @extend_schema(
        operation_id="payments_confirm",
        tags=["shops"],
        responses={200: shapes.ReceivableOut, 422: REFUSED},
    )
    def post(self, request: ApiRequest, id: UUID) -> Response:
        given = shapes.ConfirmIn(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = Wanted(ids=[id])
        found = queries.find(self.cooperative, wanted)
        if not found:
            raise Http404
        said = given.validated_data
        refuse_others(self.permissions, request.user, found, is_missing=not said["has_arrived"])
        on, by = business_today(), request.user
        if said["has_arrived"]:
            confirming.confirm(cooperative=self.cooperative, ids=[id], on=on, by=by)
        else:
            confirming.record_missing(
                cooperative=self.cooperative, id=id, note=said["note"], on=on, by=by
            )
        now = queries.find(self.cooperative, wanted)[0]
        return Response(shapes.ReceivableOut(now).data)


@extend_schema_view(get=extend_schema(operation_id="settlements_list", tags=["shops"]))
class Settlements(Listed, CooperativeAPI, generics.GenericAPIView[Settlement]):
    """Lists settlements of QRIS, and records one."""

    permission = Permission.SALES_READ
    permission_by_method = {"POST": Permission.PAYMENTS_CONFIRM}
    serializer_class = shapes.SettlementOut
    cursor_ordering = "-date"

    filter_backends = []

    def get_queryset(self) -> QuerySet[Settlement]:
        if getattr(self, "swagger_fake_view", False):
            return Settlement.objects.none()
        return queries.settlements(self.cooperative)

    @extend_schema(
        operation_id="settlements_settle",
        tags=["shops"],
        request=shapes.SettlementIn,
        responses={201: shapes.SettlementOut, 409: CONFLICT, 422: REFUSED},
    )
    def post(self, request: ApiRequest) -> Response:
        given = shapes.SettlementIn(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        ids = values.get("payments")
        if ids is None:
            wanted = Wanted(states=UNSETTLED, method=Method.QRIS, until=values["paid_until"])
            found = queries.find(self.cooperative, wanted)
            ids = [one.id for one in found if one.left_idr]
        made = settlements.settle(
            cooperative=self.cooperative,
            arrived=settlements.Arrived(
                ids=ids, net_idr=values["net_idr"], on=values["on"], reference=values["reference"]
            ),
            key=values["key"],
            by=request.user,
            shown_idr=values.get("shown_idr"),
        )
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)


def _usual(given: dict[str, Any]) -> list[str]:
    """The states shown unless others are asked for; without a day only what is awaited."""
    return [] if "day" in given else [State.WAITING]
