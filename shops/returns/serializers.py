"""What the API takes and gives about returns."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework import serializers

from kkmp.access.services import pins
from kkmp.lib.api import Decimals, WholeNumber
from shops.drawers.models import MOST_IN_DRAWER_IDR
from shops.payments.models import PaidAs
from shops.pricing.methods import Method
from shops.returns.models import SaleReturn
from shops.till.models import Sale


class LineBackIn(serializers.Serializer[Any]):
    line = WholeNumber(
        min_value=1, max_value=500, help_text="which line of the sale, in its order, from 1"
    )
    quantity = Decimals(max_digits=12, decimal_places=3, min_value=Decimal(0))


class SaleReturnIn(serializers.Serializer[Any]):
    key = serializers.UUIDField(help_text="sent again with the same content it returns once")
    sale = serializers.UUIDField()
    lines = serializers.ListField(
        child=LineBackIn(),
        allow_null=True,
        default=None,
        max_length=500,
        help_text="null for all that is left; all of a sale is a void",
    )
    reason = serializers.CharField(max_length=120)
    shown_idr = WholeNumber(
        required=False,
        allow_null=True,
        help_text="what the buyer was told is paid back; another amount is refused with 409",
    )
    instead = serializers.ChoiceField(
        choices=PaidAs.choices,
        required=False,
        help_text="for money that cannot go back as it came: of somebody who has left, or to a "
        "voucher that has expired",
    )
    receiver = serializers.CharField(
        max_length=120, required=False, allow_blank=True, help_text="who gets it, by name"
    )
    approver = serializers.CharField(max_length=150, help_text="sign-in name of who approves")
    brought_idr = WholeNumber(
        min_value=0,
        max_value=MOST_IN_DRAWER_IDR,
        default=0,
        help_text="what the approver brings into the drawer from the main cash box, before it pays",
    )
    pin = serializers.CharField(
        max_length=pins.LENGTH, help_text="of the approver; a wrong one is counted"
    )

    def quantities(self, sale: Sale) -> dict[UUID, Decimal] | None:
        """Measures by id of the sale's line; a line that is named twice adds up."""
        lines = self.validated_data["lines"]
        if lines is None:
            return None
        ids = {line.position: line.id for line in sale.lines.all()}
        found: dict[UUID, Decimal] = {}
        for one in lines:
            if one["line"] not in ids:
                raise serializers.ValidationError({"lines": [_("The sale has no such line.")]})
            line = ids[one["line"]]
            found[line] = found.get(line, Decimal(0)) + one["quantity"]
        return found


class ReturnedLineOut(serializers.Serializer[Any]):
    line = serializers.IntegerField(source="line.position")
    name = serializers.CharField(source="line.name")
    quantity = serializers.DecimalField(max_digits=12, decimal_places=3)
    total_idr = serializers.IntegerField()


class RefundOut(serializers.Serializer[Any]):
    method = serializers.ChoiceField(choices=Method.choices, source="payment.method")
    amount_idr = serializers.IntegerField()
    paid_as = serializers.ChoiceField(
        choices=PaidAs.choices,
        allow_blank=True,
        help_text="where it did not go back by its method: paid in cash, or kept by name",
    )


class SaleReturnOut(serializers.ModelSerializer[SaleReturn]):
    """A return of :func:`shops.returns.queries.returns`."""

    sale = serializers.UUIDField(source="sale_id")
    by = serializers.CharField(source="by.username")
    approved_by = serializers.CharField(source="approved_by.username")
    lines = ReturnedLineOut(many=True)
    refunds = RefundOut(many=True)

    class Meta:
        model = SaleReturn
        fields = (
            "id",
            "number",
            "key",
            "sale",
            "kind",
            "date",
            "returned_at",
            "reason",
            "total_idr",
            "rounding_idr",
            "by",
            "approved_by",
            "lines",
            "refunds",
        )
        read_only_fields = fields
