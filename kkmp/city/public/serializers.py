"""The progress that everybody may read."""

from typing import Any

from rest_framework import serializers

from kkmp.city.figures.serializers import Figure, Overview, Regency, Reported, StageCount


class Progress(serializers.Serializer[Any]):
    regency = Regency()
    target = serializers.IntegerField(help_text="operating cooperatives aimed at")
    as_of = serializers.DateField()
    stages = StageCount(many=True)
    figures = Overview()
    in_several = Figure(help_text="people on the register of more than one cooperative")
    reported = Reported(many=True)
