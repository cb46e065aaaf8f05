"""Finding sales through the API."""

import django_filters as filters

from shops.till.models import Sale


class Sales(filters.FilterSet):
    date = filters.DateFromToRangeFilter(field_name="date")
    unit = filters.CharFilter(field_name="unit__code")
    member = filters.UUIDFilter(field_name="member_id")
    key = filters.UUIDFilter(field_name="key")

    class Meta:
        model = Sale
        fields: list[str] = []
