"""Reports for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.clock import business_today
from shops.drawers.models import Shift
from shops.reports import date_ranges
from shops.reports.queries import sums
from shops.till.models import Sale
from shops.units.serializers import unit_named


class ReportIn(serializers.Serializer[Any]):
    group = serializers.ChoiceField(choices=list(sums.NAMES), help_text="what to add up by")
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
    count = serializers.IntegerField(allow_null=True, help_text="receipts; null of categories")
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
    counted_idr = serializers.IntegerField(
        source="last_counted_idr", help_text="by the last correction of the count"
    )
    difference_idr = serializers.IntegerField(source="last_difference_idr")

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
        code = given.validated_data.get("unit")
        unit = None if code is None else unit_named(self.cooperative, code)
        scope = sums.ReportScope(self.cooperative, dates, unit)
        is_history = group == sums.DIFFERENCES
        told = {
            "group": group,
            "since": dates.since,
            "until": dates.until,
            "unit": scope.unit.code if scope.unit else None,
            "total": sums.total(scope),
            "rows": [] if is_history else sums.ROWS[group](scope),
            "shifts": sums.differences(scope) if is_history else [],
        }
        return Response(self.get_serializer(told).data)
