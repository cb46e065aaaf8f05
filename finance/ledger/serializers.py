"""The books as programs read them; amounts are whole rupiah."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from finance.ledger import kinds, queries
from finance.ledger.models import AccountKind, Journal, Line


class AsOf(serializers.Serializer[Any]):
    """The day that balances are of: today's if it is left out."""

    on = serializers.DateField(required=False, help_text="today if left out")


class AccountOut(serializers.Serializer[Any]):
    """An account with its balance at the end of a day."""

    code = serializers.CharField(source="account.code")
    name = serializers.CharField(source="account.label")
    kind = serializers.ChoiceField(source="account.kind", choices=AccountKind.choices)
    is_contra = serializers.BooleanField(source="account.is_contra")
    balance_idr = serializers.IntegerField(
        help_text="on the account's usual side; negative if it stands on the other"
    )


class TrialBalanceRow(serializers.Serializer[Any]):
    code = serializers.CharField(source="account.code")
    name = serializers.CharField(source="account.label")
    debit_idr = serializers.IntegerField()
    credit_idr = serializers.IntegerField()


class TrialBalanceOut(serializers.Serializer[Any]):
    """Every account that was ever used; both totals are equal."""

    date = serializers.DateField(source="on")
    rows = TrialBalanceRow(many=True, source="used")
    debit_idr = serializers.IntegerField()
    credit_idr = serializers.IntegerField()


class JournalOut(serializers.ModelSerializer[Journal]):
    kind_label = serializers.SerializerMethodField()
    posted_by = serializers.CharField(source="posted_by.username", default=None, allow_null=True)
    reverses = serializers.UUIDField(source="reverses_id", allow_null=True)
    is_reversed = serializers.BooleanField()

    class Meta:
        model = Journal
        fields: tuple[str, ...] = (
            "id", "number", "date", "kind", "kind_label", "memo", "amount_idr", "reverses",
            "is_reversed", "posted_at", "posted_by",
        )  # fmt: skip

    def get_kind_label(self, journal: Journal) -> str:
        return kinds.label(journal.kind)


class LineOut(serializers.ModelSerializer[Line]):
    account = serializers.CharField(source="account.code")
    account_name = serializers.CharField(source="account.label")
    party = serializers.CharField(source="party.name", default=None, allow_null=True)
    unit = serializers.CharField(source="unit.code", default=None, allow_null=True)

    class Meta:
        model = Line
        fields = (
            "position", "account", "account_name", "party", "unit", "debit_idr", "credit_idr",
        )  # fmt: skip


class JournalDetailOut(JournalOut):
    lines = serializers.SerializerMethodField()

    class Meta(JournalOut.Meta):
        fields = (*JournalOut.Meta.fields, "lines")

    @extend_schema_field(LineOut(many=True))
    def get_lines(self, journal: Journal) -> object:
        return LineOut(queries.lines_of(journal), many=True).data
