"""Whether a member can pay from savings, for programs; a PIN is set on the page alone."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from members.pins import queries
from members.pins.services import pins
from members.register.loading import member_of


class MemberPinOut(serializers.Serializer[Any]):
    has_pin = serializers.BooleanField()
    is_blocked = serializers.BooleanField(help_text="until another one is set at the desk")


class Pin(CooperativeAPI, generics.GenericAPIView[Any]):
    """Whether a member has a PIN for savings, and whether it is blocked; never the PIN."""

    permission = Permission.MEMBERS_FIND
    serializer_class = MemberPinOut
    filter_backends = []

    @extend_schema(operation_id="members_pin", tags=["members"])
    def get(self, _request: ApiRequest, member_id: UUID) -> Response:
        member = member_of(self.request, member_id)
        pin = queries.in_force(self.cooperative).filter(member=member).first()
        is_blocked = pin is not None and pins.tried(member.id, at=timezone.now()).is_shut
        return Response({"has_pin": pin is not None, "is_blocked": is_blocked})
