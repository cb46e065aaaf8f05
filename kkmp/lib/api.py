"""The API's pages and its one error shape, ``{code, message, fields}``."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, pagination, serializers, views
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from typing_extensions import override

from kkmp.lib import periods
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError


class CursorPagination(pagination.CursorPagination):
    """Pages that stay put while rows are added: 50 rows, ``?page_size=`` up to 200.

    Newest first, since ids rise with time. A view's ``cursor_ordering`` (a name or a tuple of
    names) overrides it; the id is added as the tail that makes the order unique.
    """

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "-id"

    @override
    def get_ordering(
        self, request: Request, queryset: QuerySet[Any], view: views.APIView | None
    ) -> tuple[str, ...]:
        wanted = getattr(view, "cursor_ordering", self.ordering)
        names = (wanted,) if isinstance(wanted, str) else tuple(wanted)
        if {"id", "-id", "pk", "-pk"}.isdisjoint(names):
            names += ("-id" if names[0].startswith("-") else "id",)
        return names

    @override
    def get_page_size(self, request: Request) -> int | None:
        """:raises ValidationError: no whole number from 1 is asked for"""
        asked = request.query_params.get("page_size", "")
        if asked and not re.fullmatch(r"0*[1-9]\d{0,8}", asked, re.ASCII):
            said = _("Write a whole number from 1 to %(most)d.") % {"most": self.max_page_size}
            raise exceptions.ValidationError({"page_size": [said]})
        return super().get_page_size(request)

    @override
    def decode_cursor(self, request: Request) -> pagination.Cursor | None:
        """:raises NotFound: no answer can have given it, also where it could be read somehow"""
        cursor = super().decode_cursor(request)
        sent = request.query_params.get("cursor")
        if cursor is None or not sent:
            return cursor
        given = parse_qs(urlsplit(self.encode_cursor(cursor)).query)
        if given.get("cursor") != [sent]:
            raise exceptions.NotFound
        return cursor

    @override
    def paginate_queryset(
        self,
        queryset: QuerySet[Any] | Sequence[Any],
        request: Request,
        view: views.APIView | None = None,
    ) -> list[Any] | None:
        """:raises ValidationError: the cursor is none that an answer has given"""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (exceptions.NotFound, DjangoValidationError, ValueError, DataError) as refusal:
            if not request.query_params.get("cursor"):
                raise
            said = _("This is no place in the list: take it from “next” or “previous”.")
            raise exceptions.ValidationError({"cursor": [said]}) from refusal


class _View(Protocol):
    """What a page needs of :class:`rest_framework.generics.GenericAPIView`."""

    def get_queryset(self) -> QuerySet[Any]: ...
    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]: ...
    def paginate_queryset(self, queryset: QuerySet[Any]) -> Sequence[Any] | None: ...
    def get_serializer(self, *args: Any, **kwargs: Any) -> serializers.BaseSerializer[Any]: ...
    def get_paginated_response(self, data: object) -> Response: ...


class _PagedView(_View, Protocol):
    def page(self, rows: QuerySet[Any]) -> Response: ...


class Paged:
    """Mixin before a view of the API: its GET answers a page of a list."""

    pagination_class: type[pagination.BasePagination] | None = CursorPagination

    def page(self: _View, rows: QuerySet[Any]) -> Response:
        """The page that was asked for, in the shape of the view's serializer."""
        some = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(some, many=True).data)


class Listed(Paged):
    """Mixin before a view of the API: its GET answers a page of the view's own rows, filtered.

    Its name in the description is given by ``@extend_schema_view(get=extend_schema(…))``.
    """

    # Without a docstring: the description of the API would have it in place of the view's.
    def get(self: _PagedView, _request: Request) -> Response:
        return self.page(self.filter_queryset(self.get_queryset()))


class WholeNumber(serializers.IntegerField):
    """A whole number that is sent. ``"1.000"`` is refused: Django REST framework would take it
    for 1, and people here write a thousand like that.
    """

    re_decimal = re.compile("(?!)")

    @override
    def to_internal_value(self, data: Any) -> int:
        if _is_foreign(data):
            self.fail("invalid")
        return int(super().to_internal_value(data))


class Decimals(serializers.DecimalField):
    """A number with decimals that is sent, in the digits of this keyboard."""

    @override
    def to_internal_value(self, data: Any) -> Decimal:
        if _is_foreign(data):
            self.fail("invalid")
        return super().to_internal_value(data)


def _is_foreign(data: object) -> bool:
    """Whether a number is written in other digits than ours, which no form here reads."""
    return isinstance(data, str) and not data.isascii()


class Day(serializers.DateField):
    """A day that a program sends: a year ahead at most, unless the field says otherwise."""

    FORMAT = "YYYY-MM-DD"

    def __init__(self, *, years: int = 1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.years = years

    @override
    def to_internal_value(self, value: Any) -> date:
        if _is_foreign(value):
            self.fail("invalid", format=self.FORMAT)
        day: date = super().to_internal_value(value)
        try:
            periods.refuse_late(day, on=business_today(), years=self.years)
        except periods.DateError as refusal:
            raise serializers.ValidationError(str(refusal), code=refusal.code) from refusal
        return day


class Error(serializers.Serializer[Any]):
    """What every refusal looks like; for the description of the API."""

    code = serializers.CharField(help_text="stable, for programs: nik_date, not_found, invalid …")
    message = serializers.CharField(help_text="for people, in the language asked for")
    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        help_text="messages by input; a nested input as entries.0.amount_idr",
    )


def exception_handler(exc: Exception, _context: dict[str, Any]) -> Response | None:
    """Answer what was refused; None (a 500, with its request id) for what is broken."""
    if isinstance(exc, DomainError):
        response = _answer(exc.status, exc.code, str(exc), exc.fields)
    elif isinstance(exc, DjangoValidationError):
        response = _invalid(_django_detail(exc), 400)
    elif isinstance(exc, exceptions.ValidationError):
        response = _invalid(exc.detail, exc.status_code)
    elif isinstance(exc, Http404):
        response = _refused(exceptions.NotFound())
    elif isinstance(exc, PermissionDenied):
        response = _refused(exceptions.PermissionDenied())
    elif isinstance(exc, exceptions.APIException):
        response = _refused(exc)
    else:
        return None
    views.set_rollback()
    return response


def _answer(status: int, code: str, message: str, fields: dict[str, list[str]]) -> Response:
    return Response({"code": code, "message": message, "fields": fields}, status=status)


def _invalid(detail: object, status: int) -> Response:
    fields: dict[str, list[str]] = {}
    for name, text in _flat(detail):
        fields.setdefault(name, []).append(text)
    general = [
        text
        for name in ("", NON_FIELD_ERRORS, api_settings.NON_FIELD_ERRORS_KEY)
        for text in fields.pop(name, [])
    ]
    return _answer(
        status, "invalid", " ".join(general) or _("Some of it is not right yet."), fields
    )


def _refused(exc: exceptions.APIException) -> Response:
    """The exception's own words where it was given any, else ours for its kind."""
    code = str(exc.default_code)
    said = str(exc.detail)
    message = _standard_messages().get(code, said) if _says_nothing_new(exc) else said
    response = _answer(exc.status_code, code, message, {})
    if auth_header := getattr(exc, "auth_header", None):
        response["WWW-Authenticate"] = auth_header
    if (wait := getattr(exc, "wait", None)) is not None:
        response["Retry-After"] = str(int(wait))
    return response


def _says_nothing_new(exc: exceptions.APIException) -> bool:
    composed = (exceptions.MethodNotAllowed, exceptions.UnsupportedMediaType, exceptions.Throttled)
    return isinstance(exc, composed) or str(exc.detail) == str(exc.default_detail)


def _standard_messages() -> dict[str, str]:
    return {
        "parse_error": _("The request could not be read."),
        "authentication_failed": _("This sign-in is not valid."),
        "not_authenticated": _("Sign in first."),
        "permission_denied": _("Your role does not allow this."),
        "not_found": _("There is nothing here."),
        "method_not_allowed": _("This address does not take that method."),
        "not_acceptable": _("This form of answer is not available."),
        "unsupported_media_type": _("Send the request as JSON."),
        "throttled": _("Too many requests; wait a moment and try again."),
    }


def _django_detail(exc: DjangoValidationError) -> object:
    return exc.message_dict if hasattr(exc, "error_dict") else exc.messages


def _flat(detail: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Messages with the dotted path of the input they are about."""
    if isinstance(detail, dict):
        for key, inner in detail.items():
            yield from _flat(inner, (*path, str(key)))
    elif isinstance(detail, list | tuple):
        for index, inner in enumerate(detail):
            deeper = (*path, str(index)) if isinstance(inner, dict | list) else path
            yield from _flat(inner, deeper)
    else:
        yield ".".join(path), str(detail)
