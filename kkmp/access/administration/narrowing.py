"""How the trail is narrowed down: by act and by person; by days as every list is."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override
from unfold.contrib.filters.admin import AutocompleteSelectFilter, DropdownFilter

from kkmp.access import audit_sentences
from kkmp.access.models import User


class ActFilter(DropdownFilter):
    """One act, or all of a group."""

    title = _("act")
    parameter_name = "act"

    @override
    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Any:
        return audit_sentences.choices()

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset.filter(action__in=audit_sentences.named(chosen)) if chosen else queryset


class PersonFilter(AutocompleteSelectFilter):
    """Whoever did it, or whom it was done to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("person")

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return concerning(queryset, chosen) if chosen else queryset


def concerning(rows: QuerySet[Any], person: object) -> QuerySet[Any]:
    """Events that somebody caused, or that are about them."""
    label = User._meta.label
    try:
        return rows.filter(Q(actor=person) | Q(subject_label=label, subject_id=str(person)))
    except ValidationError:
        return rows.none()
