"""Finding entries of savings."""

import django_filters
from django.db.models import QuerySet

from kkmp.lib.filters import FilterSet
from members.savings.models import SavingsEntry


class SavingsFilter(FilterSet[QuerySet[SavingsEntry]]):
    """Entries by days, kind and member."""

    since = django_filters.DateFilter(field_name="date", lookup_expr="gte")
    until = django_filters.DateFilter(field_name="date", lookup_expr="lte")
    kind = django_filters.CharFilter(field_name="kind__code", help_text="pokok, wajib, sukarela")
    member = django_filters.UUIDFilter(field_name="member_id")

    class Meta:
        model = SavingsEntry
        fields: list[str] = []
