"""Finding goods: on the page of the list, and through the API."""

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from finance.ledger.models import BusinessUnit
from kkmp.access.api import ApiRequest
from kkmp.access.web import CoopRequest
from kkmp.lib.barcodes import spellings
from kkmp.lib.filters import FilterSet
from shops.goods import queries
from shops.goods.models import Category, Product
from shops.units import queries as units_queries


def _categories(request: CoopRequest | ApiRequest) -> QuerySet[Category]:
    return Category.objects.of(request.cooperative).order_by("name", "id")


def _units(request: CoopRequest | ApiRequest) -> QuerySet[BusinessUnit]:
    return units_queries.units(request.cooperative)


class ProductFilter(FilterSet[QuerySet[Product]]):
    """Finds goods by letters or barcode, category, unit, low stock; retired ones when asked for."""

    q = filters.CharFilter(label=_("Name or barcode"), method="by_text")
    category = filters.ModelChoiceFilter(
        label=_("Category"), queryset=_categories, empty_label=_("All")
    )
    unit = filters.ModelChoiceFilter(
        label=_("Unit of business"), queryset=_units, empty_label=_("All")
    )
    request: CoopRequest
    low = filters.BooleanFilter(
        label=_("Running low"), method="running_low", widget=forms.CheckboxInput
    )
    retired = filters.BooleanFilter(
        label=_("No longer sold"), method="only_retired", widget=forms.CheckboxInput
    )

    class Meta:
        model = Product
        fields: list[str] = []

    def by_text(self, found: QuerySet[Product], _name: str, text: str) -> QuerySet[Product]:
        return queries.matching(self.request.cooperative, found, text)

    def running_low(self, found: QuerySet[Product], _name: str, wanted: bool) -> QuerySet[Product]:
        return queries.below_minimum(found) if wanted else found

    def only_retired(self, found: QuerySet[Product], _name: str, wanted: bool) -> QuerySet[Product]:
        return found.filter(is_active=not wanted)


class ApiProductFilter(FilterSet[QuerySet[Product]]):
    request: ApiRequest
    q = filters.CharFilter(method="by_text", help_text="part of the name, or the barcode")
    category = filters.CharFilter(field_name="category__name", lookup_expr="iexact")
    unit = filters.CharFilter(field_name="unit__code")
    code = filters.CharFilter(method="by_code")
    running_low = filters.BooleanFilter(method="low", help_text="less than the minimum, or none")
    is_active = filters.BooleanFilter(field_name="is_active")

    class Meta:
        model = Product
        fields: list[str] = []

    def by_text(self, found: QuerySet[Product], _name: str, text: str) -> QuerySet[Product]:
        return queries.matching(self.request.cooperative, found, text)

    def by_code(self, found: QuerySet[Product], _name: str, code: str) -> QuerySet[Product]:
        return found.filter(code__in=spellings(code))

    def low(self, found: QuerySet[Product], _name: str, wanted: bool) -> QuerySet[Product]:
        return queries.below_minimum(found) if wanted else found
