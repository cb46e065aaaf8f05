"""What the API takes and gives about savings."""

from typing import Any

from rest_framework import serializers

from kkmp.lib.api import WholeNumber
from members.savings.models import PaidBy, SavingsEntry
from members.savings.services.limits import MOST_IDR


class HoldingOut(serializers.Serializer[Any]):
    kind = serializers.CharField(source="kind.code")
    name = serializers.CharField(source="kind.label")
    balance_idr = serializers.IntegerField()
    open_idr = serializers.IntegerField(
        allow_null=True, help_text="still to be paid; null where there is no limit"
    )


class EntryOut(serializers.ModelSerializer[SavingsEntry]):
    member = serializers.UUIDField(source="member_id")
    kind = serializers.CharField(source="kind.code")
    journal = serializers.UUIDField(source="journal_id")
    reverses = serializers.UUIDField(source="reverses_id", allow_null=True)

    class Meta:
        model = SavingsEntry
        fields = [
            "id",
            "number",
            "date",
            "member",
            "kind",
            "amount_idr",
            "balance_after_idr",
            "journal",
            "reverses",
            "method",
            "reference",
        ]
        read_only_fields = fields


class Posted(EntryOut):
    """A new entry, and where its member stands now."""

    member_status = serializers.CharField(source="member.status")
    member_number = serializers.IntegerField(source="member.number", allow_null=True)

    class Meta(EntryOut.Meta):
        fields = [*EntryOut.Meta.fields, "member_status", "member_number"]
        read_only_fields = fields


class PaymentIn(serializers.Serializer[Any]):
    method = serializers.ChoiceField(
        choices=PaidBy.choices,
        default=PaidBy.CASH,
        help_text="cash, transfer, or for a deposit qris",
    )
    reference = serializers.CharField(max_length=60, allow_blank=True, default="")
    day = serializers.DateField(
        required=False, help_text="a past day of an open month; without it today"
    )
    member = serializers.UUIDField()
    kind = serializers.SlugField(help_text="code of a kind of savings: pokok, wajib, sukarela")
    amount_idr = WholeNumber(min_value=1, max_value=MOST_IDR)
    key = serializers.UUIDField(
        help_text="made by the program; the same key and content is taken once"
    )


class CorrectionIn(serializers.Serializer[Any]):
    entry = serializers.UUIDField()
    reason = serializers.CharField(max_length=120)
    key = serializers.UUIDField()
