"""What the API takes and gives about shifts."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from kkmp.lib.api import WholeNumber
from shops.drawers.forms import MOST_PIECES
from shops.drawers.models import (
    DENOMINATIONS,
    MOST_IN_DRAWER_IDR,
    CashMovement,
    CashReason,
    CountCorrection,
    Shift,
)
from shops.drawers.services.shifts import Counted


class ShiftOut(serializers.ModelSerializer[Shift]):
    unit = serializers.CharField(source="unit.code", help_text="code of the unit of business")
    cashier = serializers.CharField(source="cashier.username")
    closed_by = serializers.CharField(source="closed_by.username", allow_null=True, default=None)
    difference_idr = serializers.IntegerField(
        allow_null=True, help_text="counted less expected; empty until it has been counted"
    )

    class Meta:
        model = Shift
        fields = (
            "id",
            "number",
            "key",
            "unit",
            "drawer",
            "cashier",
            "opened_at",
            "float_idr",
            "closed_at",
            "closed_by",
            "expected_idr",
            "counted_idr",
            "difference_idr",
            "note",
        )
        read_only_fields = fields


class ShiftIn(serializers.Serializer[Any]):
    key = serializers.UUIDField(help_text="sent again with the same content it opens nothing twice")
    unit = serializers.SlugField(help_text="code of the unit of business")
    drawer = serializers.CharField(max_length=30)
    float_idr = WholeNumber(
        min_value=0, max_value=MOST_IN_DRAWER_IDR, help_text="out of the main cash box"
    )


class MovementIn(serializers.Serializer[Any]):
    key = serializers.UUIDField()
    reason = serializers.ChoiceField(
        choices=CashReason.choices,
        help_text="change and other_in go into the drawer, deposit and expense out of it",
    )
    amount_idr = WholeNumber(min_value=1, max_value=MOST_IN_DRAWER_IDR)
    note = serializers.CharField(max_length=120, allow_blank=True, default="")

    def validate_reason(self, reason: str) -> CashReason:
        return CashReason(reason)


class MovementOut(serializers.ModelSerializer[CashMovement]):
    shift = serializers.UUIDField(
        source="shift_id", allow_null=True, help_text="null where it undoes one of a closed shift"
    )
    reverses = serializers.UUIDField(
        source="reverses_id", allow_null=True, help_text="the movement that it undoes"
    )
    by = serializers.CharField(source="by.username")

    class Meta:
        model = CashMovement
        fields = ("id", "key", "shift", "reverses", "reason", "amount_idr", "note", "at", "by")
        read_only_fields = fields


class RecountIn(serializers.Serializer[Any]):
    key = serializers.UUIDField()
    counted_idr = WholeNumber(min_value=0, max_value=MOST_IN_DRAWER_IDR)
    reason = serializers.CharField(max_length=120)


class RecountOut(serializers.ModelSerializer[CountCorrection]):
    shift = serializers.UUIDField(source="shift_id")
    amount_idr = serializers.IntegerField(help_text="so much more was there, or less below zero")
    by = serializers.CharField(source="by.username")

    class Meta:
        model = CountCorrection
        fields = ("id", "key", "shift", "amount_idr", "reason", "at", "by")
        read_only_fields = fields


class CountIn(serializers.Serializer[Any]):
    key = serializers.UUIDField()
    counts = serializers.DictField(
        child=WholeNumber(min_value=0, max_value=MOST_PIECES),
        help_text='pieces by note or coin: {"100000": 3, "500": 12}; {} is no count',
    )
    note = serializers.CharField(max_length=200, allow_blank=True, default="")

    def validate_counts(self, counts: dict[str, int]) -> Counted | None:
        known = {str(value): value for value in DENOMINATIONS}
        if unknown := sorted(counts.keys() - known):
            raise serializers.ValidationError(
                _("There is no note or coin of %(value)s.") % {"value": unknown[0]}
            )
        return Counted({known[name]: many for name, many in counts.items()}) if counts else None
