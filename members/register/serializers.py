"""What the API takes and gives about people on the register. The NIK goes in, never out."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from rest_framework import serializers

from kkmp.lib.api import Day, WholeNumber
from kkmp.lib.errors import DomainError
from kkmp.lib.identity import Nik, parse_nik
from kkmp.lib.phone import parse_phone
from members.register.models import Category, Member, Status
from members.register.persons import Sex
from members.register.services.membership import CANDIDATES, Particulars

T = TypeVar("T")


class NikIn(serializers.CharField):
    """Sixteen digits, with or without spaces and quotes."""

    def to_internal_value(self, data: str) -> Nik | None:  # type: ignore[override]  # it is read
        return _parsed(parse_nik, super().to_internal_value(data))


class PhoneIn(serializers.CharField):
    """A phone number as people write it; kept as ``+62…``."""

    def to_internal_value(self, data: str) -> str:
        return _parsed(parse_phone, super().to_internal_value(data)) or ""


class MemberOut(serializers.ModelSerializer[Member]):
    has_nik = serializers.BooleanField(help_text="whether the NIK is on record; it is never told")

    class Meta:
        model = Member
        fields = [
            "id",
            "number",
            "status",
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
            "applied_on",
            "joined_on",
            "left_on",
            "version",
        ]
        read_only_fields = fields


class PersonWarning(serializers.Serializer[Any]):
    """Something that looks odd and may well be right."""

    code = serializers.CharField()
    field = serializers.CharField()
    message = serializers.CharField()


class Registered(MemberOut):
    """A person on the register, and what looked odd about the particulars."""

    warnings = PersonWarning(many=True)

    class Meta(MemberOut.Meta):
        fields = [*MemberOut.Meta.fields, "warnings"]
        read_only_fields = fields


class PersonIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=120)
    nik = NikIn(required=False, allow_null=True, write_only=True)
    birth_place = serializers.CharField(required=False, allow_blank=True, max_length=60)
    birth_date = Day(required=False, allow_null=True)
    sex = serializers.ChoiceField(required=False, allow_blank=True, choices=Sex.choices)
    phone = PhoneIn(required=False, allow_blank=True)
    address = serializers.CharField(required=False, allow_blank=True, max_length=200)
    rt = serializers.RegexField(r"^\d{0,3}$", required=False, allow_blank=True)
    rw = serializers.RegexField(r"^\d{0,3}$", required=False, allow_blank=True)
    occupation = serializers.CharField(required=False, allow_blank=True, max_length=60)
    is_civil_servant = serializers.BooleanField(required=False)
    agency = serializers.CharField(required=False, allow_blank=True, max_length=120)
    category = serializers.ChoiceField(
        required=False, choices=Category.choices, help_text="ordinary where it is not given"
    )

    def particulars(self, kept: Member | None = None) -> Particulars:
        """What was sent, over what is kept."""
        names = [name for name in Particulars.__dataclass_fields__ if name != "nik"]
        data = {name: getattr(kept, name) for name in names} if kept else {}
        data |= {n: v for n, v in self.validated_data.items() if n in names or n == "nik"}
        return Particulars(**data)


class NikAsked(serializers.Serializer[Any]):
    nik = NikIn(write_only=True, help_text="all sixteen digits")


class MemberIn(PersonIn):
    status = serializers.ChoiceField(
        choices=Status.choices, default=Status.APPLIED, help_text="lead, applied or incomplete"
    )
    key = serializers.UUIDField(
        required=False, help_text="made by the program; the same key registers one person"
    )

    def validate_status(self, status: str) -> Status:
        if status not in CANDIDATES:
            raise serializers.ValidationError(
                _("A person becomes a member by paying the principal savings.")
            )
        return Status(status)


class MemberEdit(PersonIn):
    name = serializers.CharField(max_length=120, required=False)
    version = WholeNumber(help_text="of the member as it was read")


def _parsed(parse: Callable[[str], T], text: str) -> T:
    try:
        return parse(text)
    except DomainError as refusal:
        raise serializers.ValidationError(str(refusal), code=refusal.code) from refusal
