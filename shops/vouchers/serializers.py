"""What the API takes and gives about vouchers."""

from typing import Any

from rest_framework import serializers

from kkmp.lib.api import WholeNumber
from kkmp.lib.money import MAX_IDR
from shops.pricing.methods import Method
from shops.vouchers.services import vouchers


class VoucherIn(serializers.Serializer[Any]):
    key = serializers.UUIDField()
    buyer = serializers.CharField(max_length=120)
    purpose = serializers.CharField(max_length=120, allow_blank=True, default="")
    count = WholeNumber(min_value=1, max_value=vouchers.MOST_AT_ONCE)
    value_idr = WholeNumber(min_value=1, max_value=MAX_IDR)
    beneficiaries = WholeNumber(min_value=0, max_value=1_000_000, default=0)
    valid_until = serializers.DateField()
    method = serializers.ChoiceField(
        choices=Method.choices, help_text="cash, transfer, or credit: the buyer pays later"
    )

    def ordered(self) -> vouchers.Ordered:
        given = {name: value for name, value in self.validated_data.items() if name != "key"}
        return vouchers.Ordered(**given | {"method": Method(given["method"])})


class VoucherBatchOut(serializers.Serializer[Any]):
    """A batch of :func:`shops.vouchers.queries.batches`."""

    id = serializers.UUIDField()
    buyer = serializers.CharField()
    purpose = serializers.CharField()
    beneficiaries = serializers.IntegerField()
    count = serializers.IntegerField()
    value_idr = serializers.IntegerField()
    left_idr = serializers.IntegerField()
    usable = serializers.IntegerField(help_text="vouchers on which anything is left")
    valid_until = serializers.DateField()
    method = serializers.CharField()
    date = serializers.DateField()
    is_taken_back = serializers.BooleanField(help_text="whether the issue was undone")


class VoucherPaymentIn(serializers.Serializer[Any]):
    key = serializers.UUIDField()
    method = serializers.ChoiceField(choices=Method.choices, help_text="cash or transfer")
    amount_idr = WholeNumber(min_value=1, max_value=MAX_IDR)

    def validate_method(self, text: str) -> Method:
        return Method(text)


class VoucherEndIn(serializers.Serializer[Any]):
    key = serializers.UUIDField()
    shown_idr = WholeNumber(
        required=False, min_value=0, help_text="what is left by what was read; else 409"
    )


class VoucherPostingOut(serializers.Serializer[Any]):
    """A posting of :func:`shops.vouchers.queries.all_postings`."""

    id = serializers.UUIDField()
    batch = serializers.UUIDField(source="batch_id")
    kind = serializers.CharField(help_text="paid, or ended")
    method = serializers.CharField(help_text="cash or transfer; empty for an ending")
    amount_idr = serializers.IntegerField()
    date = serializers.DateField()
    journal = serializers.UUIDField(source="journal_id")
    undone = serializers.IntegerField(
        allow_null=True, help_text="number of the journal that undid it"
    )


class VoucherOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    value_idr = serializers.IntegerField()
    left_idr = serializers.IntegerField()
    valid_until = serializers.DateField(source="batch.valid_until")
    purpose = serializers.CharField(source="batch.purpose")
