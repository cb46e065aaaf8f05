"""Cards, passbooks and links to members' own pages, for programs."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api_answers import REFUSED, body, checked
from kkmp.lib.clock import business_today
from members.papers import serializers
from members.papers.documents import cards, invitations, passbooks
from members.papers.models import MemberLink
from members.papers.services import links
from members.register.loading import member_of


class _Pdf(BaseRenderer):
    """Lets a program accept a PDF; the view writes it itself."""

    media_type = "application/pdf"
    format = "pdf"


class _Png(BaseRenderer):
    media_type = "image/png"
    format = "png"


class _OfMember(CooperativeAPI, generics.GenericAPIView[Any]):
    """One person on the register."""

    filter_backends = []


class Card(_OfMember):
    """What stands on a membership card and in its QR code."""

    permission = Permission.MEMBERS_READ
    serializer_class = serializers.CardOut

    @extend_schema(
        operation_id="members_card",
        tags=["members"],
        responses={200: serializers.CardOut, 422: REFUSED},
    )
    def get(self, _request: ApiRequest, member_id: UUID) -> Response:
        member = member_of(self.request, member_id)
        cards.refuse_cardless(member)
        return Response(serializers.CardOut(member).data)


class _File(_OfMember):
    """A file; a refusal is told in JSON, whatever kind of file was asked for."""

    def handle_exception(self, exc: Exception) -> Response:
        self.request.accepted_renderer = JSONRenderer()
        self.request.accepted_media_type = JSONRenderer.media_type
        return super().handle_exception(exc)


class CardPdf(_File):
    """A membership card as PDF, 85.6 × 54 mm."""

    permission = Permission.MEMBERS_READ
    renderer_classes = [_Pdf, JSONRenderer]

    @extend_schema(
        operation_id="members_card_pdf",
        tags=["members"],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, 422: REFUSED},
    )
    def get(self, _request: ApiRequest, member_id: UUID) -> HttpResponse:
        return HttpResponse(
            cards.pdf(member_of(self.request, member_id)), content_type="application/pdf"
        )


class CardImage(_File):
    """A membership card as PNG, 300 dots an inch."""

    permission = Permission.MEMBERS_READ
    renderer_classes = [_Png, JSONRenderer]

    @extend_schema(
        operation_id="members_card_image",
        tags=["members"],
        responses={(200, "image/png"): OpenApiTypes.BINARY, 422: REFUSED},
    )
    def get(self, _request: ApiRequest, member_id: UUID) -> HttpResponse:
        return HttpResponse(
            cards.image(member_of(self.request, member_id)), content_type="image/png"
        )


class Passbook(_OfMember):
    """A period of a member's savings: opening balance, entries and totals, kind by kind."""

    permission = Permission.SAVINGS_READ
    serializer_class = serializers.PassbookOut

    @extend_schema(
        operation_id="members_passbook",
        tags=["savings"],
        parameters=[
            OpenApiParameter("since", OpenApiTypes.DATE, description="else this year's first day"),
            OpenApiParameter("until", OpenApiTypes.DATE, description="else today"),
        ],
        responses={200: serializers.PassbookOut, 422: REFUSED},
    )
    def get(self, request: ApiRequest, member_id: UUID) -> Response:
        member, on = member_of(self.request, member_id), business_today()
        given = checked(serializers.PeriodIn(data=request.query_params.dict())).validated_data
        period = {"since": on.replace(month=1, day=1), "until": on} | given
        return Response(serializers.PassbookOut(passbooks.passbook(member, **period)).data)


class Links(_OfMember):
    """The working links to a person's own page, newest first, and giving out another."""

    permission = Permission.MEMBERS_WRITE
    serializer_class = serializers.LinkOut

    @extend_schema(
        operation_id="members_links",
        tags=["members"],
        responses={200: serializers.LinkOut(many=True)},
    )
    def get(self, _request: ApiRequest, member_id: UUID) -> Response:
        given = MemberLink.objects.of(self.cooperative).filter(
            member=member_of(self.request, member_id)
        )
        rows = given.filter(MemberLink.working(timezone.now())).order_by("-made_at", "id")
        return Response(serializers.LinkOut(rows, many=True).data)

    @extend_schema(
        operation_id="members_link_issue",
        tags=["members"],
        request=serializers.LinkIn,
        responses={201: serializers.Issued, 422: REFUSED},
    )
    def post(self, request: ApiRequest, member_id: UUID) -> Response:
        member = member_of(self.request, member_id)
        given = body(serializers.LinkIn, request)
        days = given["days"]
        link = links.issue(member=member, days=days, at=timezone.now(), by=request.user)
        address = invitations.invitation_for(link, request).address
        issued = serializers.LinkOut(link).data | {"address": address}
        return Response(issued, status=201)


class LinkRevocation(CooperativeAPI, generics.GenericAPIView[MemberLink]):
    """Taking a link back. Once more changes nothing."""

    permission = Permission.MEMBERS_WRITE
    serializer_class = serializers.LinkOut

    @extend_schema(
        operation_id="members_link_revoke",
        tags=["members"],
        request=None,
        responses={200: serializers.LinkOut},
    )
    def post(self, request: ApiRequest, link_id: UUID) -> Response:
        link = get_object_or_404(MemberLink.objects.of(self.cooperative), id=link_id)
        link = links.revoke(link=link, at=timezone.now(), by=request.user)
        return Response(serializers.LinkOut(link).data)
