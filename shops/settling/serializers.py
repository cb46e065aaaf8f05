"""What the API takes and gives about payments that are matched and settled."""

from typing import Any

from rest_framework import serializers

from kkmp.lib.api import WholeNumber
from kkmp.lib.money import MAX_IDR
from shops.pricing.methods import Method
from shops.settling.queries import State


class ReceivableOut(serializers.Serializer[Any]):
    """A :class:`shops.settling.queries.Receivable`."""

    id = serializers.UUIDField()
    method = serializers.ChoiceField(choices=Method.choices)
    reference = serializers.CharField()
    amount_idr = serializers.IntegerField()
    left_idr = serializers.IntegerField(help_text="without what went back to the buyer")
    state = serializers.ChoiceField(choices=State.choices)
    date = serializers.DateField()
    at = serializers.DateTimeField(allow_null=True)
    cashier = serializers.CharField(source="cashier.username")
    number = serializers.IntegerField(help_text="of the receipt, or of the credit's receipt")
    is_credit = serializers.BooleanField(help_text="a member paid a credit, and did not buy")
    is_savings = serializers.BooleanField(help_text="a member paid in savings")


class PaymentsQuery(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=State.choices, required=False)
    method = serializers.ChoiceField(choices=Method.choices, required=False)
    day = serializers.DateField(required=False)
    paid_until = serializers.DateTimeField(required=False, help_text="only what was paid by then")


class ConfirmIn(serializers.Serializer[Any]):
    has_arrived = serializers.BooleanField(default=True)
    note = serializers.CharField(
        max_length=200, allow_blank=True, default="", help_text="needed where it never came"
    )


class SettlementIn(serializers.Serializer[Any]):
    key = serializers.UUIDField()
    payments = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=5000)
    paid_until = serializers.DateTimeField(
        required=False, help_text="instead of payments: all that were paid by then"
    )
    net_idr = WholeNumber(min_value=1, max_value=MAX_IDR, help_text="what reached the bank")
    shown_idr = WholeNumber(
        required=False,
        allow_null=True,
        help_text="what the payments came to when they were chosen; another sum by now is a 409",
    )
    on = serializers.DateField()
    reference = serializers.CharField(max_length=60, allow_blank=True, default="")

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if ("payments" in given) == ("paid_until" in given):
            raise serializers.ValidationError("payments or paid_until, one of them")
        return given


class SettlementOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    date = serializers.DateField()
    gross_idr = serializers.IntegerField()
    fee_idr = serializers.IntegerField()
    net_idr = serializers.IntegerField()
    reference = serializers.CharField()
    journal = serializers.UUIDField(source="journal_id")
