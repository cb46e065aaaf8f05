"""Officers and supervisors, for programs: the rules, permissions and services of the pages."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import Day, Listed, WholeNumber
from kkmp.lib.api_answers import CONFLICT, REFUSED, checked, named
from kkmp.lib.clock import business_today
from members.bodies import queries
from members.bodies.models import Body, Officer, Position
from members.bodies.services import boards
from members.bodies.services import officers as acts
from members.register.models import Member
from members.register.persons import Sex


class OfficerOut(serializers.ModelSerializer[Officer]):
    member = serializers.UUIDField(source="member_id", allow_null=True)

    class Meta:
        model = Officer
        fields = [
            "id",
            "body",
            "position",
            "name",
            "sex",
            "member",
            "is_kelurahan_head",
            "decision_number",
            "started_on",
            "term_ends_on",
            "ended_on",
            "ended_why",
            "version",
        ]
        read_only_fields = fields


class TermIn(serializers.Serializer[Any]):
    body = serializers.ChoiceField(choices=Body.choices)
    position = serializers.ChoiceField(choices=Position.choices)
    member = serializers.UUIDField(required=False, allow_null=True)
    name = serializers.CharField(
        required=False, allow_blank=True, max_length=120, help_text="where no member says it"
    )
    sex = serializers.ChoiceField(required=False, allow_blank=True, choices=Sex.choices)
    is_kelurahan_head = serializers.BooleanField(required=False)
    decision_number = serializers.CharField(required=False, allow_blank=True, max_length=80)
    started_on = Day()
    term_ends_on = Day(years=acts.MOST_YEARS)


class NewTermIn(TermIn):
    key = serializers.UUIDField(
        required=False, help_text="made by the program; the same key records one term"
    )


class TermEdit(TermIn):
    version = WholeNumber(help_text="of the officer as it was read")


class TermEnd(serializers.Serializer[Any]):
    ended_on = Day()
    why = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class BoardWarning(serializers.Serializer[Any]):
    """Something that is not as the rules ask; it refuses nothing."""

    code = serializers.CharField()
    message = serializers.CharField()


class _OfficerAPI(CooperativeAPI, generics.GenericAPIView[Officer]):
    permission = Permission.MEMBERS_WRITE
    queryset = Officer.objects.none()
    serializer_class = OfficerOut
    filter_backends = []

    def officer(self, officer_id: UUID) -> Officer:
        officer = get_object_or_404(queries.everybody(self.cooperative), id=officer_id)
        officer.cooperative = self.cooperative
        return officer

    def term(self, given: dict[str, Any]) -> acts.Term:
        kept = {name: given[name] for name in given if name in acts.Term.__dataclass_fields__}
        member_id = kept.pop("member", None)
        people = Member.objects.of(self.cooperative)
        member = named(people.filter(id=member_id), "member") if member_id else None
        kept |= {"body": Body(given["body"]), "position": Position(given["position"])}
        return acts.Term(member=member, **kept)


_POSTS: dict[str, Any] = {
    "tags": ["officers"],
    "responses": {201: OfficerOut, 409: CONFLICT, 422: REFUSED},
}


@extend_schema_view(get=extend_schema(operation_id="officers_list", tags=["officers"]))
class Officers(Listed, _OfficerAPI):
    """Every term in the two bodies, newest first; and adding one."""

    permission = Permission.MEMBERS_READ
    permission_by_method = {"POST": Permission.MEMBERS_WRITE}

    def get_queryset(self) -> QuerySet[Officer]:
        return Officer.objects.of(self.cooperative)

    @extend_schema(operation_id="officers_add", request=NewTermIn, **_POSTS)
    def post(self, request: ApiRequest) -> Response:
        given = checked(NewTermIn(data=request.data)).validated_data
        officer = acts.add(
            cooperative=self.cooperative,
            term=self.term(given),
            key=given.get("key"),
            on=business_today(),
            by=request.user,
        )
        return Response(OfficerOut(officer).data, status=201)


class OfficerDetail(_OfficerAPI):
    """One term."""

    permission = Permission.MEMBERS_READ
    permission_by_method = {"PUT": Permission.MEMBERS_WRITE}

    @extend_schema(operation_id="officers_read", tags=["officers"])
    def get(self, _request: ApiRequest, officer_id: UUID) -> Response:
        return Response(OfficerOut(self.officer(officer_id)).data)

    @extend_schema(
        operation_id="officers_edit",
        tags=["officers"],
        request=TermEdit,
        responses={200: OfficerOut, 409: CONFLICT, 422: REFUSED},
    )
    def put(self, request: ApiRequest, officer_id: UUID) -> Response:
        officer = self.officer(officer_id)
        given = checked(TermEdit(data=request.data)).validated_data
        officer = acts.edit(
            officer=officer,
            term=self.term(given),
            version=given["version"],
            on=business_today(),
            by=request.user,
        )
        return Response(OfficerOut(officer).data)


class OfficerEnd(_OfficerAPI):
    """Ending somebody's time in office."""

    @extend_schema(
        operation_id="officers_end",
        tags=["officers"],
        request=TermEnd,
        responses={200: OfficerOut, 422: REFUSED},
    )
    def post(self, request: ApiRequest, officer_id: UUID) -> Response:
        officer = self.officer(officer_id)
        given = checked(TermEnd(data=request.data)).validated_data
        officer = acts.end(officer=officer, on=business_today(), by=request.user, **given)
        return Response(OfficerOut(officer).data)


class OfficerTerm(_OfficerAPI):
    """A new term of the same person; the old one ends where it starts."""

    @extend_schema(operation_id="officers_renew", request=NewTermIn, **_POSTS)
    def post(self, request: ApiRequest, officer_id: UUID) -> Response:
        officer = self.officer(officer_id)
        given = checked(NewTermIn(data=request.data)).validated_data
        fresh = acts.renew(
            officer=officer,
            term=self.term(given),
            key=given.get("key"),
            on=business_today(),
            by=request.user,
        )
        return Response(OfficerOut(fresh).data, status=201)


class OfficerWarnings(CooperativeAPI, generics.GenericAPIView[Officer]):
    """What the rules would have otherwise, today."""

    permission = Permission.MEMBERS_READ
    serializer_class = BoardWarning
    filter_backends = []

    @extend_schema(
        operation_id="officers_warnings",
        tags=["officers"],
        responses={200: OpenApiResponse(BoardWarning(many=True))},
    )
    def get(self, _request: ApiRequest) -> Response:
        today = business_today()
        seats = queries.seats(queries.in_office(self.cooperative, on=today))
        return Response(BoardWarning(boards.warnings(seats, on=today), many=True).data)
