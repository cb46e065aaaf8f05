"""Narrowing lists, with the types that django-filter does not bring."""

from typing import Any, Generic, TypeVar

import django_filters
from django import forms
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from kkmp.lib.forms import DateField

Rows = TypeVar("Rows", bound=QuerySet[Any])


class Filter(django_filters.Filter):
    """A condition of a kind of its own; say what reads it in ``field_class``."""

    field_class: type[forms.Field]


@extend_schema_field(OpenApiTypes.DATE)
class DayFilter(Filter):
    """A day, in every way that people write it."""

    field_class = DateField


class FilterSet(django_filters.FilterSet, Generic[Rows]):
    """What a list can be narrowed by; give the kind of queryset that it is made of.

    A method that is named as ``method=`` takes rows, the filter's name and what was asked for.
    """

    queryset: Rows

    @property
    def form(self) -> forms.Form:
        """What was asked for, as it was typed."""
        form: forms.Form = super().form
        return form

    @property
    def qs(self) -> Rows:
        """The rows that are left; all of them where the form does not hold."""
        rows: Rows = super().qs
        return rows
