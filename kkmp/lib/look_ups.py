"""What the address of a list in the administration may ask for: the list's own filters.

Django lets a list be narrowed by every column of its table, also by those that no page shows: with
``?password__startswith=`` each answer would tell one letter. Here a list is narrowed by what it
offers, and its filters take what they offer; a list that says nothing offers nothing.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, cast

from django.contrib.admin import (
    BooleanFieldListFilter,
    ChoicesFieldListFilter,
    RelatedFieldListFilter,
    SimpleListFilter,
)
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ALL_VAR, ORDER_VAR, PAGE_VAR, SEARCH_VAR
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from kkmp.lib.narrowing import SpanFilter

Fits = Callable[[str], bool]

#: Letters that are looked for, and letters of a day.
MOST_LETTERS, LETTERS_OF_A_DAY = 200, 40


def refusal(page: "ModelAdmin[Any]", request: HttpRequest) -> str:
    """Why this list is not shown as it was asked for; empty where it may be."""
    offered = dict(look_ups(page, request))
    unknown = [name for name in request.GET if name not in offered]
    if unknown:
        return _("This list cannot be narrowed down by %(names)s.") % {"names": ", ".join(unknown)}
    for name, texts in request.GET.lists():
        if not all(offered[name](text) for text in texts):
            return _("“%(value)s” is nothing that this list offers for %(name)s.") % {
                "value": texts[-1][:MOST_LETTERS],
                "name": name,
            }
    return ""


def chosen(asked: QueryDict) -> QueryDict:
    """What was asked for without the filters that were left open, which Django would read."""
    kept = asked.copy()
    for name, texts in asked.lists():
        if name != ALL_VAR and not any(texts):
            del kept[name]
    kept._mutable = False
    return kept


def look_ups(page: "ModelAdmin[Any]", request: HttpRequest) -> Iterator[tuple[str, Fits]]:
    """Names that the address may hold, each with what tells a value that fits."""
    yield PAGE_VAR, _matching(r"[1-9]\d{0,5}")
    yield ORDER_VAR, _matching(r"(-?\d{1,2}(\.-?\d{1,2}){0,9})?")
    yield ALL_VAR, _matching("")
    # A list without a box for it looks for nothing.
    yield SEARCH_VAR, _at_most(MOST_LETTERS)
    if page.date_hierarchy:
        yield f"{page.date_hierarchy}__year", _matching(r"(19|20|21)\d\d")
        yield f"{page.date_hierarchy}__month", _matching(r"0?[1-9]|1[0-2]")
        yield f"{page.date_hierarchy}__day", _matching(r"0?[1-9]|[12]\d|3[01]")
    for one in page.get_list_filter(request):
        yield from _of_filter(page, one)


def _of_filter(page: "ModelAdmin[Any]", one: Any) -> Iterator[tuple[str, Fits]]:  # noqa: ANN401
    """What one filter reads; its own names are those that Django's classes give it."""
    if isinstance(one, type) and issubclass(one, SimpleListFilter):
        yield str(one.parameter_name), _at_most(MOST_LETTERS)
        return
    if not isinstance(one, tuple):
        raise ImproperlyConfigured(f"{page}: say which filter {one!r} is")
    path, kind = one
    field = get_fields_from_path(page.model, path)[-1]
    if issubclass(kind, SpanFilter):
        yield f"{path}_from", _at_most(LETTERS_OF_A_DAY)
        yield f"{path}_to", _at_most(LETTERS_OF_A_DAY)
        return
    if issubclass(kind, BooleanFieldListFilter):
        yield f"{path}__exact", _matching("[01]?")
    elif issubclass(kind, RelatedFieldListFilter):
        target = cast("models.ForeignKey[Any, Any]", field).target_field
        yield f"{path}__{target.name}__exact", _value_of(target)
    elif issubclass(kind, ChoicesFieldListFilter):
        offered = {"", *(str(value) for value, _label in field.flatchoices)}
        yield f"{path}__exact", offered.__contains__
    else:
        raise ImproperlyConfigured(f"{page}: what does the filter {kind.__name__} read?")
    if field.null:
        yield f"{path}__isnull", _matching("(True|False)?")


def _matching(pattern: str) -> Fits:
    shape = re.compile(pattern, re.ASCII)
    return lambda typed: shape.fullmatch(typed) is not None


def _at_most(letters: int) -> Fits:
    return lambda typed: len(typed) <= letters


def _value_of(field: models.Field[Any, Any]) -> Fits:
    """Whether a text can be a value of the column; whether a row has it is another matter."""

    def fits(typed: str) -> bool:
        try:
            return typed == "" or field.to_python(typed) is not None
        except ValidationError:
            return False

    return fits
