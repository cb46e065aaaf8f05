"""Joining for programs: the clerks' queue, contacts, consents and the funnel.

Applications themselves are sent by people with the public form, and not here.
"""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import Paged
from kkmp.lib.api_answers import CONFLICT, REFUSED, checked
from kkmp.lib.clock import business_today
from members.joining import notices, serializers
from members.joining.models import (
    Application,
    ApplicationState,
    Channel,
    Consent,
    Contact,
    Means,
    Purpose,
)
from members.joining.queries import funnel, queue
from members.joining.services import applications, consents, contacts
from members.register.loading import member_of
from members.register.models import Member
from members.register.serializers import MemberOut


class _OfMember(CooperativeAPI, generics.GenericAPIView[Any]):
    permission = Permission.MEMBERS_READ
    permission_by_method = {"POST": Permission.MEMBERS_WRITE}
    filter_backends = []


class Applications(Paged, CooperativeAPI, generics.GenericAPIView[Application]):
    """Applications to join, latest first, with what a clerk has to know about each."""

    permission = Permission.MEMBERS_READ
    queryset = Application.objects.none()
    serializer_class = serializers.WaitingOut
    filter_backends = []

    @extend_schema(
        operation_id="applications_list",
        tags=["joining"],
        parameters=[OpenApiParameter("state", enum=ApplicationState.values)],
    )
    def get(self, request: ApiRequest) -> Response:
        state = request.query_params.get("state", ApplicationState.WAITING)
        if state not in ApplicationState.values:
            raise ValidationError({"state": [_("There is no such state.")]})
        rows: QuerySet[Any] = Application.objects.of(self.cooperative).filter(state=state)
        page: Any = self.paginate_queryset(rows)
        seen = queue.look(list(page), self.cooperative, on=business_today())
        return self.get_paginated_response(self.get_serializer(seen, many=True).data)


class _OneApplication(CooperativeAPI, generics.GenericAPIView[Any]):
    queryset = Application.objects.none()
    filter_backends = []

    def application(self, application_id: UUID) -> Application:
        rows = Application.objects.of(self.cooperative)
        application = get_object_or_404(rows, id=application_id)
        application.cooperative = self.cooperative
        return application


class ApplicationDetail(_OneApplication):
    """One application."""

    permission = Permission.MEMBERS_READ
    serializer_class = serializers.WaitingOut

    @extend_schema(operation_id="applications_read", tags=["joining"])
    def get(self, _request: ApiRequest, application_id: UUID) -> Response:
        rows = [self.application(application_id)]
        (seen,) = queue.look(rows, self.cooperative, on=business_today())
        return Response(serializers.WaitingOut(seen).data)


class Accept(_OneApplication):
    """Taking an applicant onto the register, with the KTP in hand."""

    permission = Permission.MEMBERS_WRITE
    serializer_class = MemberOut

    @extend_schema(
        operation_id="applications_accept",
        tags=["joining"],
        request=serializers.AcceptIn,
        responses={201: MemberOut, 409: CONFLICT, 422: REFUSED},
    )
    def post(self, request: ApiRequest, application_id: UUID) -> Response:
        application = self.application(application_id)
        given = checked(serializers.AcceptIn(data=request.data))
        member = applications.accept(
            application=application,
            particulars=given.over(application),
            into=self._into(given.validated_data.get("into")),
            at=timezone.now(),
            by=request.user,
        )
        return Response(MemberOut(member).data, status=201)

    def _into(self, member_id: UUID | None) -> Member | None:
        if member_id is None:
            return None
        member = Member.objects.of(self.cooperative).filter(id=member_id).first()
        if member is None:
            raise ValidationError({"into": [_("There is no such thing in this cooperative.")]})
        return member


class Decline(_OneApplication):
    """Declines an applicant; what was sent is erased but for the name."""

    permission = Permission.MEMBERS_WRITE
    serializer_class = serializers.ApplicationOut

    @extend_schema(
        operation_id="applications_decline",
        tags=["joining"],
        request=serializers.DeclineIn,
        responses={200: serializers.ApplicationOut, 409: CONFLICT, 422: REFUSED},
    )
    def post(self, request: ApiRequest, application_id: UUID) -> Response:
        application = self.application(application_id)
        why = checked(serializers.DeclineIn(data=request.data)).validated_data["why"]
        application = applications.decline(
            application=application, why=why, at=timezone.now(), by=request.user
        )
        return Response(serializers.ApplicationOut(application).data)


class Contacts(Paged, _OfMember):
    """Who called on a person, latest first; noted with today's date."""

    queryset = Contact.objects.none()
    serializer_class = serializers.ContactOut

    @extend_schema(operation_id="members_contacts", tags=["joining"])
    def get(self, _request: ApiRequest, member_id: UUID) -> Response:
        member = member_of(self.request, member_id)
        rows: QuerySet[Any] = Contact.objects.of(self.cooperative).filter(member=member)
        return self.page(rows.select_related("by"))

    @extend_schema(
        operation_id="members_contact",
        tags=["joining"],
        request=serializers.ContactIn,
        responses={201: serializers.ContactOut, 422: REFUSED},
    )
    def post(self, request: ApiRequest, member_id: UUID) -> Response:
        member = member_of(self.request, member_id)
        given = checked(serializers.ContactIn(data=request.data)).validated_data
        contact = contacts.note(
            member=member,
            purpose=Purpose(given["purpose"]),
            channel=Channel(given["channel"]),
            note=given["note"],
            on=business_today(),
            by=request.user,
        )
        return Response(serializers.ContactOut(contact).data, status=201)


class Consents(Paged, _OfMember):
    """What a person said about the use of their data, latest first."""

    queryset = Consent.objects.none()
    serializer_class = serializers.ConsentOut

    @extend_schema(operation_id="members_consents", tags=["joining"])
    def get(self, _request: ApiRequest, member_id: UUID) -> Response:
        member = member_of(self.request, member_id)
        rows: QuerySet[Any] = Consent.objects.of(self.cooperative).filter(member=member)
        return self.page(rows)

    @extend_schema(
        operation_id="members_consent",
        tags=["joining"],
        request=serializers.ConsentIn,
        responses={201: serializers.ConsentOut, 422: REFUSED},
    )
    def post(self, request: ApiRequest, member_id: UUID) -> Response:
        member = member_of(self.request, member_id)
        given = checked(serializers.ConsentIn(data=request.data)).validated_data
        consent = consents.record(
            member=member,
            is_given=given["is_given"],
            means=Means(given["means"]),
            notice_version=notices.CURRENT,
            at=timezone.now(),
            by=request.user,
        )
        return Response(serializers.ConsentOut(consent).data, status=201)


class Funnel(CooperativeAPI, generics.GenericAPIView[Any]):
    """Who stands at which step for how long, and how many become members."""

    permission = Permission.MEMBERS_READ
    serializer_class = serializers.FunnelOut
    filter_backends = []

    @extend_schema(operation_id="members_funnel", tags=["joining"])
    def get(self, _request: ApiRequest) -> Response:
        on = business_today()
        steps, places = funnel.summary(self.cooperative, on=on)
        figures = {
            "waiting_applications": queue.waiting_count(self.cooperative),
            "steps": steps,
            "rws": places,
            "conversion": funnel.conversion(self.cooperative, on=on),
        }
        return Response(serializers.FunnelOut(figures).data)
