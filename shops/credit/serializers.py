"""What the API takes and gives about members' credit."""

from typing import Any

from rest_framework import serializers

from kkmp.lib.api import WholeNumber
from kkmp.lib.money import MAX_IDR
from shops.credit.accounts import Account
from shops.credit.services import credits
from shops.pricing.methods import Method


class CreditMember(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()


class CreditOut(serializers.Serializer[Any]):
    """A :class:`shops.credit.accounts.Account`."""

    member = CreditMember()
    owed_idr = serializers.IntegerField(help_text="below zero the shop owes the member")
    limit_idr = serializers.IntegerField()
    free_idr = serializers.IntegerField()
    due_days = serializers.SerializerMethodField()
    version = serializers.SerializerMethodField()
    overdue_idr = serializers.IntegerField()
    is_stopped = serializers.BooleanField(help_text="nothing more on credit before it is paid")
    oldest_due = serializers.DateField(allow_null=True)
    days_0_30_idr = serializers.IntegerField(source="ages.fresh_idr")
    days_31_60_idr = serializers.IntegerField(source="ages.second_idr")
    days_61_90_idr = serializers.IntegerField(source="ages.third_idr")
    days_over_90_idr = serializers.IntegerField(source="ages.old_idr")

    def get_due_days(self, account: Account) -> int | None:
        return account.terms.due_days if account.terms else None

    def get_version(self, account: Account) -> int:
        return account.terms.version if account.terms else 0


class TermsIn(serializers.Serializer[Any]):
    limit_idr = WholeNumber(min_value=0, max_value=credits.MOST_LIMIT_IDR)
    due_days = WholeNumber(min_value=1, max_value=credits.MOST_DAYS)
    version = WholeNumber(
        min_value=0, help_text="of the terms as they were read, 0 for none; else 409"
    )


class CreditPaymentIn(serializers.Serializer[Any]):
    key = serializers.UUIDField()
    method = serializers.ChoiceField(choices=Method.choices, help_text="cash, transfer or qris")
    amount_idr = WholeNumber(min_value=1, max_value=MAX_IDR)
    reference = serializers.CharField(max_length=60, allow_blank=True, default="")

    def validate_method(self, text: str) -> Method:
        return Method(text)


class CreditPayoutIn(serializers.Serializer[Any]):
    key = serializers.UUIDField()
    method = serializers.ChoiceField(choices=Method.choices, help_text="cash or transfer")
    amount_idr = WholeNumber(min_value=1, max_value=MAX_IDR)
    reference = serializers.CharField(max_length=60, allow_blank=True, default="")
    shown_idr = WholeNumber(
        required=False, min_value=0, help_text="what the shop owes by what was read; else 409"
    )

    def validate_method(self, text: str) -> Method:
        return Method(text)


class CreditPaymentOut(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.IntegerField()
    date = serializers.DateField()
    member = CreditMember()
    method = serializers.CharField()
    amount_idr = serializers.IntegerField(help_text="what is owed less")
    rounding_idr = serializers.IntegerField(help_text="what rounding adds to the cash")
    reference = serializers.CharField()
    cashier = serializers.CharField(source="by.username")
    journal = serializers.UUIDField(source="journal_id")
    reverses = serializers.UUIDField(
        source="reverses_id", allow_null=True, help_text="the payment that this one undoes"
    )
