"""The tills' settings for programs."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import WholeNumber
from kkmp.lib.api_answers import CHANGED, REFUSED, body
from shops.settings.models import TillSettings
from shops.settings.queries import settings_of
from shops.settings.services import till_settings


class SettingsOut(serializers.ModelSerializer[TillSettings]):
    class Meta:
        model = TillSettings
        fields = (
            "cash_step_idr",
            "qris_payload",
            "bank_account",
            "receipt_footer",
            "credit_days",
            "overdue_days",
            "version",
        )
        read_only_fields = fields


class SettingsIn(serializers.Serializer[Any]):
    cash_step_idr = serializers.ChoiceField(choices=till_settings.STEPS)
    qris_payload = serializers.CharField(
        max_length=512, allow_blank=True, default="", help_text="its checksum is checked"
    )
    bank_account = serializers.CharField(max_length=120, allow_blank=True, default="")
    receipt_footer = serializers.CharField(max_length=120, allow_blank=True, default="")
    credit_days = WholeNumber(min_value=1, max_value=till_settings.MOST_DAYS)
    overdue_days = WholeNumber(min_value=0, max_value=till_settings.MOST_DAYS, default=7)
    version = WholeNumber(help_text="of the settings as they were read")


class Settings(CooperativeAPI, generics.GenericAPIView[TillSettings]):
    """How the tills work."""

    filter_backends = []

    permission = Permission.COOPERATIVE_READ
    permission_by_method = {"PUT": Permission.TILL_WRITE}
    serializer_class = SettingsOut

    def get_queryset(self) -> QuerySet[TillSettings]:
        return TillSettings.objects.none()

    @extend_schema(operation_id="till_settings_get", tags=["shops"])
    def get(self, _request: ApiRequest) -> Response:
        return Response(SettingsOut(settings_of(self.cooperative)).data)

    @extend_schema(
        operation_id="till_settings_change",
        tags=["shops"],
        request=SettingsIn,
        responses={200: SettingsOut, 409: CHANGED, 422: REFUSED},
    )
    def put(self, request: ApiRequest) -> Response:
        given = body(SettingsIn, request)
        version = given.pop("version")
        kept = till_settings.change(
            cooperative=self.cooperative,
            choices=till_settings.Choices(**given),
            version=version,
            by=request.user,
        )
        return Response(SettingsOut(kept).data)
