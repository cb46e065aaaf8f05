"""Filters for finding sales through the API."""

import django_filters as filters
from django.db.models import QuerySet

from kkmp.lib.filters import DayFilter, FilterSet
from shops.till.models import Sale


class Sales(FilterSet[QuerySet[Sale]]):
    since = DayFilter(field_name="date", lookup_expr="gte")
    until = DayFilter(field_name="date", lookup_expr="lte")
    unit = filters.CharFilter(field_name="unit__code")
    member = filters.UUIDFilter(field_name="member_id")
    key = filters.UUIDFilter(field_name="key")

    class Meta:
        model = Sale
        fields: list[str] = []
