"""Figures as the API gives them."""

from typing import Any

from rest_framework import serializers

from kkmp.city.figures.models import Measure, ReportedFigure, Series, State

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
    label = serializers.CharField(  # type: ignore[assignment]  # a name of the answer
        help_text="in the language asked for"
    )
    count = serializers.IntegerField(source="figure.value")
    source = serializers.CharField(source="figure.source")  # type: ignore[assignment]  # a name of the answer
    as_of = serializers.DateField(source="figure.as_of")
    coverage = serializers.CharField(source="figure.coverage", help_text="whom it covers, in words")


class Figure(serializers.Serializer[Any]):
    """One number with what must be known to use it."""

    value = serializers.IntegerField(allow_null=True, help_text="whole rupiah or a count")
    state = serializers.ChoiceField(choices=list(_STATES.items()))
    source = serializers.CharField()  # type: ignore[assignment]  # a name of the answer
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
    source_name = serializers.CharField(source="source_shown")

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
