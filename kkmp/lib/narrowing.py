"""Filters of the administration's lists: choosers that can be searched, and spans of days."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.admin import FieldListFilter, ModelAdmin
from django.contrib.admin.utils import NotRelationField, get_fields_from_path
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override
from unfold.contrib.filters.admin import (
    BooleanRadioFilter,
    ChoicesDropdownFilter,
    RelatedDropdownFilter,
)
from unfold.widgets import UnfoldAdminTextInputWidget

from kkmp.lib.day_input import PlainDayInput
from kkmp.lib.errors import DomainError
from kkmp.lib.periods import JAKARTA, parse_date


class Day(forms.CharField):
    """A day as it is typed here, whatever the browser's language."""

    def __init__(self, **options: Any) -> None:
        look = UnfoldAdminTextInputWidget().attrs["class"]
        super().__init__(required=False, widget=PlainDayInput({"class": look}), **options)

    def clean(self, value: object) -> date | None:
        typed = str(super().clean(value)).strip()
        try:
            return parse_date(typed) if typed else None
        except DomainError as refusal:
            raise ValidationError(str(refusal)) from refusal


class SpanFilter(FieldListFilter):
    """Narrows a list to the days from one to another, both included."""

    template = "admin/span_filter.html"

    def __init__(
        self,
        field: models.Field[Any, Any],
        request: HttpRequest,
        params: dict[str, Any],
        model: type[models.Model],
        model_admin: ModelAdmin[Any],
        field_path: str,
    ) -> None:
        super().__init__(field, request, params, model, model_admin, field_path)
        self.has_moments = isinstance(field, models.DateTimeField)
        self.form = forms.Form(request.GET or None)
        since, until = self.expected_parameters()
        self.form.fields |= {str(since): Day(label=_("From")), str(until): Day(label=_("To"))}

    @override
    def expected_parameters(self) -> list[str | None]:
        return [f"{self.field_path}_from", f"{self.field_path}_to"]

    @override
    def has_output(self) -> bool:
        return True

    @override
    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[Any]
    ) -> models.QuerySet[Any]:
        if not self.form.is_bound or not self.form.is_valid():
            return queryset
        since, until = (self.form.cleaned_data[str(name)] for name in self.expected_parameters())
        if since is not None:
            first = begin_of(since) if self.has_moments else since
            queryset = queryset.filter(**{f"{self.field_path}__gte": first})
        if until is not None:
            after = until + timedelta(days=1)
            end = begin_of(after) if self.has_moments else after
            queryset = queryset.filter(**{f"{self.field_path}__lt": end})
        return queryset

    @override
    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        yield {"form": self.form}


def begin_of(day: date) -> datetime:
    """Midnight in Semarang."""
    return datetime.combine(day, time.min, JAKARTA)


def fitting(model: type[models.Model], path: str) -> tuple[str, type[FieldListFilter]] | str:
    """The filter that fits a field: a chooser, a span of days, yes and no."""
    try:
        field = get_fields_from_path(model, path)[-1]
    except NotRelationField:
        return path
    if isinstance(field, models.DateField):
        return path, SpanFilter
    if isinstance(field, models.BooleanField):
        return path, BooleanRadioFilter
    if isinstance(field, models.ForeignKey):
        return path, RelatedDropdownFilter
    return (path, ChoicesDropdownFilter) if getattr(field, "choices", None) else path
