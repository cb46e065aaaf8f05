"""What the city's figures look like to programs."""

from typing import Any

from rest_framework import serializers

from kkmp.city.models import Measure, ReportedFigure, Series, State
from kkmp.city.queries import Standing

_STATES = {
    State.REPORTED.value: "a number, also when it is zero",
    State.NOT_REPORTED.value: "nobody reported it",
    State.UNKNOWN.value: "nobody knows",
    "withheld": "known, and not told because so few people are in it",
}


class Regency(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    province = serializers.CharField()


class StageCount(serializers.Serializer[Any]):
    stage = serializers.CharField(help_text="stable name, for programs")
    rank = serializers.IntegerField(help_text="0, nothing yet, to 8, growing")
    label = serializers.CharField(  # type: ignore[assignment]
        help_text="in the language asked for"
    )
    count = serializers.IntegerField(source="figure.value")
    source = serializers.CharField(source="figure.source")  # type: ignore[assignment]
    as_of = serializers.DateField(source="figure.as_of")
    coverage = serializers.CharField(source="figure.coverage", help_text="whom it covers, in words")


class Figure(serializers.Serializer[Any]):
    """One number with what must be known to use it."""

    value = serializers.IntegerField(allow_null=True, help_text="whole rupiah or a count")
    state = serializers.ChoiceField(choices=list(_STATES.items()))
    source = serializers.CharField()  # type: ignore[assignment]
    since = serializers.DateField(allow_null=True, help_text="first day that is added up, if any")
    as_of = serializers.DateField()
    coverage = serializers.CharField(help_text="whom it covers, in words")
    reporting = serializers.IntegerField(help_text="cooperatives that it covers")
    of = serializers.IntegerField(help_text="cooperatives there are")
    withheld = serializers.IntegerField(help_text="left out because so few people are in them")


class Overview(serializers.Serializer[Any]):
    operating = Figure()
    operating_active = Figure(help_text="operating, with a sale in the last 30 days")
    active_members = Figure()
    members_capital_idr = Figure(help_text="principal and mandatory savings")
    voluntary_idr = Figure(help_text="voluntary savings: a debt to members, no capital")
    turnover_month_idr = Figure(help_text="turnover since the first of this month")


class Reported(serializers.ModelSerializer[ReportedFigure]):
    """What others published; it stands beside our figures and is not among them."""

    series = serializers.ChoiceField(choices=Series.choices)
    measure = serializers.ChoiceField(choices=Measure.choices)
    state = serializers.ChoiceField(choices=State.choices)
    kelurahan = serializers.CharField(source="kelurahan_id", allow_null=True)
    coverage = serializers.CharField(source="coverage_shown")
    note = serializers.CharField(source="note_shown")

    class Meta:
        model = ReportedFigure
        fields = (
            "kelurahan",
            "series",
            "measure",
            "value",
            "state",
            "since",
            "as_of",
            "is_disputed",
            "coverage",
            "note",
            "source_name",
            "source_title",
            "source_url",
        )


class Progress(serializers.Serializer[Any]):
    regency = Regency()
    target = serializers.IntegerField(help_text="operating cooperatives aimed at")
    as_of = serializers.DateField()
    stages = StageCount(many=True)
    figures = Overview()
    in_several = Figure(help_text="people on the register of more than one cooperative")
    reported = Reported(many=True)


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

    def get_stage(self, standing: Standing) -> str:
        return standing.stage.name.lower()


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
