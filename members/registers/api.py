"""The registers as data, for programs: the lines of the printed books."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api_answers import checked
from kkmp.lib.clock import business_today
from members.registers import queries


class MemberLineOut(serializers.Serializer[Any]):
    """One membership; somebody who came back has a line for each."""

    number = serializers.IntegerField()
    member = serializers.UUIDField(source="member.id")
    name = serializers.CharField(source="member.name")
    has_nik = serializers.BooleanField(source="member.has_nik")
    birth_place = serializers.CharField(source="member.birth_place")
    birth_date = serializers.DateField(source="member.birth_date", allow_null=True)
    sex = serializers.CharField(source="member.sex")
    occupation = serializers.CharField(source="member.occupation")
    address = serializers.CharField(source="member.address")
    rt = serializers.CharField(source="member.rt")
    rw = serializers.CharField(source="member.rw")
    joined_on = serializers.DateField(allow_null=True)
    left_on = serializers.DateField(allow_null=True)
    left_why = serializers.CharField(help_text="a reason of leaving; empty where none is known")


class SavingsLineOut(serializers.Serializer[Any]):
    number = serializers.IntegerField(source="member.number", allow_null=True)
    member = serializers.UUIDField(source="member.id")
    name = serializers.CharField(source="member.name")
    principal_idr = serializers.IntegerField()
    mandatory_idr = serializers.IntegerField()
    voluntary_idr = serializers.IntegerField()
    other_idr = serializers.IntegerField()
    total_idr = serializers.IntegerField()


class SavingsRegisterOut(serializers.Serializer[Any]):
    on = serializers.DateField()
    lines = SavingsLineOut(many=True)
    principal_idr = serializers.IntegerField()
    mandatory_idr = serializers.IntegerField()
    voluntary_idr = serializers.IntegerField()
    other_idr = serializers.IntegerField()
    total_idr = serializers.IntegerField()


class _DayIn(serializers.Serializer[Any]):
    on = serializers.DateField(required=False)


class _RegisterAPI(CooperativeAPI, generics.GenericAPIView[Any]):
    """A book is read as a whole, as it is printed."""

    filter_backends = []


class MemberRegister(_RegisterAPI):
    """Every membership there ever was, by number. The officers' registers are ``officers/``."""

    permission = Permission.MEMBERS_EXPORT
    serializer_class = MemberLineOut

    @extend_schema(
        operation_id="registers_members",
        tags=["registers"],
        responses={200: MemberLineOut(many=True)},
    )
    def get(self, _request: ApiRequest) -> Response:
        return Response(MemberLineOut(queries.members(self.cooperative), many=True).data)


class SavingsRegister(_RegisterAPI):
    """What everybody holds at the end of a day."""

    permission = Permission.SAVINGS_READ
    serializer_class = SavingsRegisterOut

    @extend_schema(
        operation_id="registers_savings",
        tags=["registers"],
        parameters=[OpenApiParameter("on", OpenApiTypes.DATE, description="today if left out")],
        responses={200: SavingsRegisterOut},
    )
    def get(self, request: ApiRequest) -> Response:
        given = checked(_DayIn(data=request.query_params)).validated_data
        on = given.get("on") or business_today()
        lines = queries.savings(self.cooperative, on=on)
        book = {"on": on, "lines": lines} | queries.total(lines)
        return Response(SavingsRegisterOut(book).data)
