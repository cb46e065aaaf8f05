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


class VoucherOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    value_idr = serializers.IntegerField()
    left_idr = serializers.IntegerField()
    valid_until = serializers.DateField(source="batch.valid_until")
    purpose = serializers.CharField(source="batch.purpose")
