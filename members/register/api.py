"""The register for programs."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.filters import CooperativeFilters
from kkmp.access.permissions import Permission
from kkmp.lib.api import Listed
from kkmp.lib.api_answers import CONFLICT, REFUSED, TOO_MANY, checked
from kkmp.lib.clock import business_today
from members.register import serializers
from members.register.filters import MemberFilter
from members.register.loading import member_of
from members.register.models import Member
from members.register.services import by_nik, membership, warnings


@extend_schema_view(get=extend_schema(operation_id="members_list", tags=["members"]))
class Members(Listed, CooperativeAPI, generics.GenericAPIView[Member]):
    """The register, newest first, and adding to it."""

    permission = Permission.MEMBERS_READ
    permission_by_method = {"POST": Permission.MEMBERS_WRITE}
    queryset = Member.objects.none()
    filter_backends = [CooperativeFilters]
    filterset_class = MemberFilter
    serializer_class = serializers.MemberOut

    def get_queryset(self) -> QuerySet[Member]:
        return Member.objects.of(self.cooperative)

    @extend_schema(
        operation_id="members_register",
        tags=["members"],
        request=serializers.MemberIn,
        responses={
            201: serializers.Registered,
            200: OpenApiResponse(serializers.Registered, description="registered before"),
            409: CONFLICT,
            422: REFUSED,
        },
    )
    def post(self, request: ApiRequest) -> Response:
        given = checked(serializers.MemberIn(data=request.data))
        particulars, on = given.particulars(), business_today()
        member = membership.register(
            cooperative=self.cooperative,
            particulars=particulars,
            status=given.validated_data["status"],
            key=given.validated_data.get("key"),
            on=on,
            by=request.user,
        )
        found = warnings.find(particulars, cooperative=self.cooperative, on=on)
        odd = serializers.PersonWarning(found, many=True).data
        status = 200 if member.is_repeat else 201
        return Response(serializers.MemberOut(member).data | {"warnings": odd}, status=status)


class MemberByNik(CooperativeAPI, generics.GenericAPIView[Member]):
    """Who on the register has a whole NIK."""

    permission = Permission.MEMBERS_READ
    queryset = Member.objects.none()
    serializer_class = serializers.MemberOut
    filter_backends = []
    found: Member | None = None

    def before(self, request: ApiRequest) -> None:
        """Numbers that nobody has stay counted: each is a guess."""
        if request.method != "POST":
            return
        given = checked(serializers.NikAsked(data=request.data)).validated_data
        now = timezone.now()
        self.found = by_nik.find(
            cooperative=self.cooperative, nik=given["nik"], at=now, by=request.user
        )

    @extend_schema(
        operation_id="members_by_nik",
        tags=["members"],
        request=serializers.NikAsked,
        responses={200: serializers.MemberOut, 422: REFUSED, 429: TOO_MANY},
        description="After twenty numbers in a day that nobody has, none is looked up for a while.",
    )
    def post(self, _request: ApiRequest) -> Response:
        if self.found is None:
            raise Http404
        return Response(serializers.MemberOut(member_of(self.request, self.found.id)).data)


class MemberDetail(CooperativeAPI, generics.GenericAPIView[Member]):
    """One person on the register."""

    permission = Permission.MEMBERS_READ
    permission_by_method = {"PATCH": Permission.MEMBERS_WRITE}
    queryset = Member.objects.none()
    serializer_class = serializers.MemberOut

    @extend_schema(operation_id="members_read", tags=["members"])
    def get(self, _request: ApiRequest, member_id: UUID) -> Response:
        return Response(serializers.MemberOut(member_of(self.request, member_id)).data)

    @extend_schema(
        operation_id="members_edit",
        tags=["members"],
        request=serializers.MemberEdit,
        responses={200: serializers.MemberOut, 409: CONFLICT, 422: REFUSED},
    )
    def patch(self, request: ApiRequest, member_id: UUID) -> Response:
        member = member_of(self.request, member_id)
        given = checked(serializers.MemberEdit(data=request.data))
        member = membership.edit(
            member=member,
            particulars=given.particulars(kept=member),
            version=given.validated_data["version"],
            on=business_today(),
            by=request.user,
        )
        return Response(serializers.MemberOut(member).data)
