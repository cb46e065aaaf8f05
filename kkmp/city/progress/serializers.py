"""The city's figures by area and cooperative."""

from typing import Any

from rest_framework import serializers

from kkmp.city.figures.queries.places import KelurahanStatus
from kkmp.city.figures.serializers import Figure, Overview, Regency, StageCount


class CooperativeFigures(serializers.Serializer[Any]):
    """One kelurahan and its cooperative; null where nothing is reported."""

    code = serializers.CharField(source="cooperative.code", allow_null=True, default=None)
    name = serializers.CharField(source="cooperative.name", allow_null=True, default=None)
    kelurahan_code = serializers.CharField(source="kelurahan.code")
    kelurahan = serializers.CharField(source="kelurahan.name")
    kecamatan_code = serializers.CharField(source="kecamatan.code")
    stage = serializers.SerializerMethodField()
    rank = serializers.IntegerField(source="stage.value")
    is_waiting = serializers.BooleanField(help_text="says it operates, not yet verified")
    is_active = serializers.BooleanField(help_text="a sale in the last 30 days")
    active_members = serializers.IntegerField(source="members", allow_null=True)
    members_capital_idr = serializers.IntegerField(source="capital_idr", allow_null=True)
    voluntary_idr = serializers.IntegerField(allow_null=True)
    turnover_month_idr = serializers.IntegerField(source="turnover_idr", allow_null=True)

    def get_stage(self, status: KelurahanStatus) -> str:
        return status.stage.name.lower()


class KecamatanFigures(serializers.Serializer[Any]):
    code = serializers.CharField(source="kecamatan.code")
    name = serializers.CharField(source="kecamatan.name")
    stages = StageCount(many=True)
    figures = Overview()


class Figures(serializers.Serializer[Any]):
    regency = Regency()
    as_of = serializers.DateField()
    in_several = Figure(
        help_text="people of the whole regency on the register of more than one cooperative"
    )
    kecamatan = KecamatanFigures(many=True)
    cooperatives = CooperativeFigures(many=True)
