"""What programs send, read as Django REST framework does, each accent on its letter.

Forms with files were read by :class:`kkmp.lib.unicode_form.ComposedMiddleware` before.
"""

from collections.abc import Mapping
from json import JSONDecodeError
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework import exceptions, parsers
from typing_extensions import override

from kkmp.lib.unicode_form import composed, composed_query


class JSONParser(parsers.JSONParser):
    @override
    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        try:
            return composed(super().parse(stream, media_type, parser_context))
        except exceptions.ParseError as refusal:
            raise exceptions.ParseError(
                _unread(refusal.__cause__ or refusal.__context__)
            ) from refusal


def _unread(cause: BaseException | None) -> str:
    """Where it stops being JSON; what the parser itself says is English."""
    if not isinstance(cause, JSONDecodeError):
        return _("The request could not be read as JSON.")
    return _("The request is no JSON from line %(line)d, character %(column)d on.") % {
        "line": cause.lineno,
        "column": cause.colno,
    }


class FormParser(parsers.FormParser):
    @override
    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        return composed_query(super().parse(stream, media_type, parser_context))
