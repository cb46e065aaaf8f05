"""What the API takes and gives about figures and saved views."""

from typing import Any

from rest_framework import serializers


class TargetOut(serializers.Serializer[Any]):
    members = serializers.IntegerField(help_text="active ones of the whole cooperative")
    wanted = serializers.IntegerField(allow_null=True)
    missing = serializers.IntegerField(allow_null=True)


class GroupRowOut(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]  # a name of the answer
    people = serializers.IntegerField()
    link = serializers.DictField(
        child=serializers.CharField(), help_text="parameters of /members/ that find these people"
    )


class GroupOut(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="status, sex, age, rw, asn, agency or category")
    rows = GroupRowOut(many=True)


class GrowthOut(serializers.Serializer[Any]):
    month = serializers.DateField(help_text="its first day")
    joined = serializers.IntegerField()
    left = serializers.IntegerField()
    net = serializers.IntegerField()
    members = serializers.IntegerField(help_text="at its end")


class CapitalKindOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    role = serializers.CharField()
    name = serializers.CharField(source="label")


class CapitalAmountsOut(serializers.Serializer[Any]):
    until = serializers.DateField()
    amounts_idr = serializers.ListField(
        child=serializers.IntegerField(), help_text="in the order of the kinds"
    )
    total_idr = serializers.IntegerField()


class CapitalOut(serializers.Serializer[Any]):
    kinds = CapitalKindOut(many=True)
    month_ends = CapitalAmountsOut(many=True, help_text="oldest first; the last is now")


class FiguresOut(serializers.Serializer[Any]):
    on = serializers.DateField()
    target = TargetOut()
    groups = GroupOut(many=True)
    growth = GrowthOut(many=True)
    capital = CapitalOut()
