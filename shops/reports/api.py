"""Reports and receipts for programs."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from finance.ledger.models import BusinessUnit
from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.clock import business_today
from shops.drawers.models import Shift
from shops.receipts import queries as receipts_queries
from shops.receipts.documents import message
from shops.receipts.documents.text import COLUMNS, plain
from shops.reports import date_ranges, queries
from shops.till.models import Sale


class ReportIn(serializers.Serializer[Any]):
    group = serializers.ChoiceField(choices=list(queries.NAMES), help_text="what to add up by")
    since = serializers.DateField(required=False, help_text="today, unless told otherwise")
    until = serializers.DateField(required=False)
    unit = serializers.SlugField(required=False, help_text="code of the unit of business")


class TotalOut(serializers.Serializer[Any]):
    count = serializers.IntegerField(help_text="receipts")
    sold_idr = serializers.IntegerField()
    returns = serializers.IntegerField(help_text="how many returns")
    returned_idr = serializers.IntegerField()
    turnover_idr = serializers.IntegerField(help_text="sold less returned")
    members_idr = serializers.IntegerField(help_text="turnover with members")
    others_idr = serializers.IntegerField()
    cost_idr = serializers.IntegerField()
    margin_idr = serializers.IntegerField()
    rounding_idr = serializers.IntegerField()


class SalesRowOut(serializers.Serializer[Any]):
    """A row of a report that adds up sales."""

    key = serializers.CharField(allow_null=True, help_text="day, id, hour or method")
    names = serializers.DictField()
    count = serializers.IntegerField(help_text="receipts")
    quantity = serializers.DecimalField(max_digits=15, decimal_places=3)
    sold_idr = serializers.IntegerField()
    returned_idr = serializers.IntegerField()
    turnover_idr = serializers.IntegerField()
    cost_idr = serializers.IntegerField(help_text="none of payments")
    margin_idr = serializers.IntegerField()


class DifferenceOut(serializers.ModelSerializer[Shift]):
    """A row of the history of differences."""

    unit = serializers.CharField(source="unit.code")
    cashier = serializers.CharField(source="cashier.username")
    closed_by = serializers.CharField(source="closed_by.username")
    difference_idr = serializers.IntegerField()

    class Meta:
        model = Shift
        fields = (
            "id",
            "number",
            "unit",
            "drawer",
            "cashier",
            "opened_at",
            "closed_at",
            "closed_by",
            "expected_idr",
            "counted_idr",
            "difference_idr",
            "note",
        )
        read_only_fields = fields


class ReportOut(serializers.Serializer[Any]):
    group = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField()
    unit = serializers.CharField(allow_null=True)
    total = TotalOut(help_text="of these days and this unit, whatever the group")
    rows = SalesRowOut(many=True)
    shifts = DifferenceOut(many=True, help_text="of the group difference, which has no rows")


class ReceiptIn(serializers.Serializer[Any]):
    width = serializers.ChoiceField(choices=list(COLUMNS), default=58, help_text="millimetres")


class ReceiptOut(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    width = serializers.IntegerField()
    text = serializers.CharField(help_text="rows of 32 or 48 letters, marked as a copy")
    message = serializers.CharField(help_text="short, for WhatsApp")


class SalesReport(CooperativeAPI, generics.GenericAPIView[Sale]):
    """What was sold, added up."""

    permission = Permission.SALES_READ
    serializer_class = ReportOut

    @extend_schema(operation_id="sales_report", tags=["shops"], parameters=[ReportIn])
    def get(self, request: ApiRequest) -> Response:
        given = ReportIn(data=request.query_params)
        given.is_valid(raise_exception=True)
        group = given.validated_data["group"]
        dates = date_ranges.chosen(given.validated_data, on=business_today())
        scope = queries.ReportScope(
            self.cooperative, dates, self._unit(given.validated_data.get("unit"))
        )
        is_history = group == queries.DIFFERENCES
        told = {
            "group": group,
            "since": dates.since,
            "until": dates.until,
            "unit": scope.unit.code if scope.unit else None,
            "total": queries.total(scope),
            "rows": [] if is_history else queries.ROWS[group](scope),
            "shifts": queries.differences(scope) if is_history else [],
        }
        return Response(self.get_serializer(told).data)

    def _unit(self, code: str | None) -> BusinessUnit | None:
        if code is None:
            return None
        unit = BusinessUnit.objects.of(self.cooperative).filter(code=code).first()
        if unit is None:
            raise ValidationError({"unit": [_("There is no such unit of business.")]})
        return unit


class SaleReceipt(CooperativeAPI, generics.GenericAPIView[Sale]):
    """A receipt as text. Nobody has counted a print, so it bears the mark of a copy."""

    permission = Permission.SALES_READ
    serializer_class = ReceiptOut

    @extend_schema(operation_id="sales_receipt", tags=["shops"], parameters=[ReceiptIn])
    def get(self, request: ApiRequest, id: UUID) -> Response:
        given = ReceiptIn(data=request.query_params)
        given.is_valid(raise_exception=True)
        sale = get_object_or_404(receipts_queries.whole(self.cooperative), id=id)
        width = int(given.validated_data["width"])
        told = {
            "number": sale.number,
            "width": width,
            "text": plain(receipts_queries.uncounted(sale), COLUMNS[width]),
            "message": message.text(sale, receipts_queries.shown(sale, None)),
        }
        return Response(self.get_serializer(told).data)
