"""What the API takes and gives about joining. The NIK goes in, never out."""

from typing import Any

from rest_framework import serializers

from members.joining.models import Application, Channel, Consent, Contact, Means, Purpose
from members.register.serializers import PersonIn, PersonWarning
from members.register.services.particulars import Particulars


class MatchOut(serializers.Serializer[Any]):
    """Somebody on the register who may be the applicant."""

    member = serializers.UUIDField(source="member.id")
    name = serializers.CharField(source="member.name")
    status = serializers.CharField(source="member.status")
    by = serializers.ChoiceField(choices=["nik", "phone", "name"], help_text="what is the same")
    can_take = serializers.BooleanField(help_text="whether `into` may name this person")


class ApplicationOut(serializers.ModelSerializer[Application]):
    has_nik = serializers.BooleanField(help_text="whether it was sent; false once decided")
    member = serializers.UUIDField(source="member_id", allow_null=True)

    class Meta:
        model = Application
        fields = [
            "id",
            "state",
            "category",
            "name",
            "has_nik",
            "birth_place",
            "birth_date",
            "sex",
            "phone",
            "address",
            "rt",
            "rw",
            "occupation",
            "is_civil_servant",
            "agency",
            "notice_version",
            "submitted_at",
            "decided_at",
            "decided_why",
            "member",
        ]
        read_only_fields = fields


class WaitingOut(serializers.Serializer[Any]):
    """An application, and what a clerk has to know about it."""

    application = ApplicationOut()
    age_days = serializers.IntegerField()
    missing = serializers.ListField(child=serializers.CharField(), help_text="in words")
    warnings = PersonWarning(many=True)
    matches = MatchOut(many=True)
    sent_again = serializers.IntegerField(help_text="other waiting ones with the same NIK")


class AcceptIn(PersonIn):
    """What the KTP says, where it differs from what was sent."""

    name = serializers.CharField(max_length=120, required=False)
    into = serializers.UUIDField(
        required=False, allow_null=True, help_text="a person on the register who is the same"
    )

    def over(self, application: Application) -> Particulars:
        """What was sent to the API, over what the applicant sent."""
        names = [name for name in Particulars.__dataclass_fields__ if name != "nik"]
        data: dict[str, Any] = {name: getattr(application, name) for name in names}
        data |= {n: v for n, v in self.validated_data.items() if n in names or n == "nik"}
        return Particulars(**data)


class DeclineIn(serializers.Serializer[Any]):
    why = serializers.CharField(max_length=200)


class ContactOut(serializers.ModelSerializer[Contact]):
    by = serializers.CharField(source="by.username")

    class Meta:
        model = Contact
        fields = ["id", "purpose", "channel", "on", "note", "by"]
        read_only_fields = fields


class ContactIn(serializers.Serializer[Any]):
    purpose = serializers.ChoiceField(choices=Purpose.choices, default=Purpose.JOINING)
    channel = serializers.ChoiceField(choices=Channel.choices)
    note = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class ConsentOut(serializers.ModelSerializer[Consent]):
    class Meta:
        model = Consent
        fields = ["id", "is_given", "means", "notice_version", "at"]
        read_only_fields = fields


class ConsentIn(serializers.Serializer[Any]):
    is_given = serializers.BooleanField(help_text="false takes it back")
    means = serializers.ChoiceField(
        choices=[(means.value, means.label) for means in Means if means != Means.WEB]
    )


class FunnelLine(serializers.Serializer[Any]):
    key = serializers.CharField(help_text="a step of the funnel, or an RW (empty: not known)")
    total = serializers.IntegerField()
    by = serializers.DictField(child=serializers.IntegerField())


class ConversionOut(serializers.Serializer[Any]):
    month = serializers.DateField(allow_null=True, help_text="null: all months together")
    came = serializers.IntegerField()
    joined = serializers.IntegerField()
    median_days = serializers.IntegerField(allow_null=True)


class FunnelOut(serializers.Serializer[Any]):
    """Steps by age (`fresh` under 7 days, `waiting` to 30, `old`), RWs by step, conversion."""

    waiting_applications = serializers.IntegerField()
    steps = FunnelLine(many=True)
    rws = FunnelLine(many=True)
    conversion = ConversionOut(many=True)
