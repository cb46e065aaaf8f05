"""Filters of the list of goods."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from finance.ledger.models import BusinessUnit
from shops.goods import queries as goods_queries
from shops.goods.models import Category, Product
from shops.units import queries as units_queries


def _categories(request: Any) -> QuerySet[Category]:
    return Category.objects.of(request.cooperative).order_by("name", "id")


def _units(request: Any) -> QuerySet[BusinessUnit]:
    return units_queries.units(request.cooperative)


class ProductFilter(filters.FilterSet):
    """By letters or barcode, category, unit, low stock; retired goods only when asked for."""

    q = filters.CharFilter(label=_("Name or barcode"), method="by_text")
    category = filters.ModelChoiceFilter(
        label=_("Category"), queryset=_categories, empty_label=_("All")
    )
    unit = filters.ModelChoiceFilter(
        label=_("Unit of business"), queryset=_units, empty_label=_("All")
    )
    low = filters.BooleanFilter(
        label=_("Running low"), method="running_low", widget=forms.CheckboxInput
    )
    retired = filters.BooleanFilter(
        label=_("No longer sold"), method="only_retired", widget=forms.CheckboxInput
    )

    class Meta:
        model = Product
        fields: list[str] = []

    def by_text(self, found: QuerySet, name: str, text: str) -> QuerySet:
        return goods_queries.matching(self.request.cooperative, found, text)

    def running_low(self, found: QuerySet, name: str, wanted: bool) -> QuerySet:
        return goods_queries.below_minimum(found) if wanted else found

    def only_retired(self, found: QuerySet, name: str, wanted: bool) -> QuerySet:
        return found.filter(is_active=not wanted)
