"""What the API takes and gives about cards, passbooks and links."""

from typing import Any

from rest_framework import serializers

from members.papers.documents import cards
from members.papers.models import MemberLink
from members.papers.services import links
from members.register.models import Member


class CardOut(serializers.ModelSerializer[Member]):
    payload = serializers.SerializerMethodField(help_text="of the QR code; never the NIK")
    member = serializers.UUIDField(source="id")
    cooperative = serializers.CharField(source="cooperative.name")

    class Meta:
        model = Member
        fields = ["member", "payload", "number", "name", "category", "cooperative", "joined_on"]
        read_only_fields = fields

    def get_payload(self, member: Member) -> str:
        return cards.payload(member)


class PeriodIn(serializers.Serializer[Any]):
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)


class PassbookRow(serializers.Serializer[Any]):
    entry = serializers.UUIDField(source="entry.id")
    number = serializers.IntegerField(source="entry.number")
    date = serializers.DateField(source="entry.date")
    amount_idr = serializers.IntegerField(source="entry.amount_idr")
    balance_idr = serializers.IntegerField(help_text="of this kind, in the order of days")


class PassbookPage(serializers.Serializer[Any]):
    kind = serializers.CharField(source="kind.code")
    name = serializers.CharField(source="kind.label")
    opening_idr = serializers.IntegerField()
    in_idr = serializers.IntegerField()
    out_idr = serializers.IntegerField()
    closing_idr = serializers.IntegerField()
    rows = PassbookRow(many=True)


class PassbookOut(serializers.Serializer[Any]):
    since = serializers.DateField()
    until = serializers.DateField()
    opening_idr = serializers.IntegerField()
    closing_idr = serializers.IntegerField()
    pages = PassbookPage(many=True)


class LinkIn(serializers.Serializer[Any]):
    days = serializers.ChoiceField(choices=links.DAYS, default=links.DAYS[0])


class LinkOut(serializers.ModelSerializer[MemberLink]):
    member = serializers.UUIDField(source="member_id")

    class Meta:
        model = MemberLink
        fields = ["id", "member", "made_at", "expires_at", "revoked_at", "opened_at", "opens"]
        read_only_fields = fields


class Issued(LinkOut):
    """A new link with its address, which is for the member alone."""

    address = serializers.CharField()

    class Meta(LinkOut.Meta):
        fields = [*LinkOut.Meta.fields, "address"]
        read_only_fields = fields
