"""What the API takes and gives about leaving. The NIK never goes out."""

from typing import Any

from rest_framework import serializers

from kkmp.lib.api import Day, WholeNumber
from members.leaving.models import Exit, ExitReason
from members.leaving.queries import STAGES
from members.register.serializers import PhoneIn


class ExitRowOut(serializers.Serializer[Any]):
    kind = serializers.CharField(source="kind.code")
    name = serializers.CharField(source="kind.label")
    amount_idr = serializers.IntegerField()


class StatementOut(serializers.Serializer[Any]):
    """What a leaving pays; while it waits, what it would pay now."""

    rows = ExitRowOut(many=True)
    savings_idr = serializers.IntegerField()
    credited_idr = serializers.IntegerField(help_text="what the shop owes besides the savings")
    settled_idr = serializers.IntegerField(help_text="taken off for debts on purchases")
    refund_idr = serializers.IntegerField()
    short_idr = serializers.IntegerField(help_text="to be paid first, before it can be decided")


class ExitOut(serializers.ModelSerializer[Exit]):
    member = serializers.UUIDField(source="member_id")
    name = serializers.CharField(source="member.name")
    state = serializers.CharField(help_text="requested, decided or cancelled")
    journal = serializers.UUIDField(source="journal_id", allow_null=True)
    payment = serializers.UUIDField(source="payment_id", allow_null=True)
    is_due = serializers.BooleanField(help_text="decided, and still to be paid")

    class Meta:
        model = Exit
        fields = [
            "id",
            "member",
            "name",
            "state",
            "reason",
            "note",
            "member_number",
            "member_since",
            "requested_on",
            "heir_name",
            "heir_relation",
            "heir_phone",
            "number",
            "decision_number",
            "decided_on",
            "savings_idr",
            "settled_idr",
            "credited_idr",
            "refund_idr",
            "pay_on",
            "paid_on",
            "journal",
            "payment",
            "is_due",
        ]
        read_only_fields = fields


class ExitDetailOut(ExitOut):
    statement = StatementOut()

    class Meta(ExitOut.Meta):
        fields = [*ExitOut.Meta.fields, "statement"]
        read_only_fields = fields


class ExitIn(serializers.Serializer[Any]):
    member = serializers.UUIDField()
    reason = serializers.ChoiceField(choices=ExitReason.choices)
    note = serializers.CharField(required=False, allow_blank=True, max_length=200)
    asked_on = Day(required=False, help_text="today where it is left out")
    heir_name = serializers.CharField(
        required=False, allow_blank=True, max_length=120, help_text="of somebody who died"
    )
    heir_relation = serializers.CharField(required=False, allow_blank=True, max_length=60)
    heir_phone = PhoneIn(required=False, allow_blank=True)
    key = serializers.UUIDField(
        help_text="made by the program; the same key and content is taken once"
    )


class HeirIn(serializers.Serializer[Any]):
    heir_name = serializers.CharField(max_length=120)
    heir_relation = serializers.CharField(required=False, allow_blank=True, max_length=60)
    heir_phone = PhoneIn(required=False, allow_blank=True)


class _Seen(serializers.Serializer[Any]):
    """What whoever confirms has seen."""

    shown_idr = WholeNumber(
        required=False,
        allow_null=True,
        help_text="what was shown as paid out; another amount by now is refused with 409",
    )


class DecisionIn(_Seen):
    decision_number = serializers.CharField(max_length=80)
    decided_on = Day()
    pay_on = Day(
        required=False, allow_null=True, help_text="null or left out: paid in cash at once"
    )
    key = serializers.UUIDField()


class ExitPaymentIn(_Seen):
    key = serializers.UUIDField()


class ExitPaymentCorrectionIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=120)
    key = serializers.UUIDField()


class StageIn(serializers.Serializer[Any]):
    stage = serializers.ChoiceField(choices=[(stage, stage) for stage in STAGES], required=False)
