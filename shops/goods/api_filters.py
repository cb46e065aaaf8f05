"""Finding goods through the API."""

import django_filters as filters
from django.db.models import QuerySet

from shops.goods import queries
from shops.goods.models import Product


class Products(filters.FilterSet):
    search = filters.CharFilter(method="by_text", help_text="part of the name, or the barcode")
    category = filters.CharFilter(field_name="category__name", lookup_expr="iexact")
    unit = filters.CharFilter(field_name="unit__code")
    code = filters.CharFilter(field_name="code")
    running_low = filters.BooleanFilter(method="low", help_text="less than the minimum, or none")
    is_active = filters.BooleanFilter(field_name="is_active")

    class Meta:
        model = Product
        fields: list[str] = []

    def by_text(self, found: QuerySet, name: str, text: str) -> QuerySet:
        return queries.matching(self.request.cooperative, found, text)

    def low(self, found: QuerySet, name: str, wanted: bool) -> QuerySet:
        return queries.below_minimum(found) if wanted else found
