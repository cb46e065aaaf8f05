"""What programs send, read as Django REST framework does, each accent on its letter.

Forms with files that come by POST were read by :class:`kkmp.lib.unicode_form.ComposedMiddleware`
before.
"""

import json
from collections.abc import Mapping
from json import JSONDecodeError
from typing import IO, Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import exceptions, parsers
from typing_extensions import override

from kkmp.lib.outside import holds_unkept, out_of_bounds
from kkmp.lib.unicode_form import compose_names, composed, composed_query

#: So deep is nothing that is read here nested.
_DEEPEST = 20
#: PostgreSQL's largest whole number.
_LARGEST = 2**63 - 1


def read_json(body: bytes) -> Any:  # noqa: ANN401
    """What a page's script sends, composed and bounded.

    :raises ValueError: it is no JSON, or nothing that can be kept
    """
    try:
        sent = json.loads(body)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if why := unbounded(sent):
        raise ValueError(why)
    return composed(sent)


def unbounded(part: object, depth: int = 0) -> str:
    """Why a value that was read from JSON cannot be kept, in words; empty where it can."""
    if isinstance(part, str):
        return _("There are letters in it that cannot be kept.") if holds_unkept(part) else ""
    if isinstance(part, int | float):
        return "" if abs(part) <= _LARGEST else out_of_bounds()
    within: list[object] = []
    if isinstance(part, dict):
        within = [*part, *part.values()]
    elif isinstance(part, list):
        within = part
    if within and depth == _DEEPEST:
        return _("It is nested too deep.")
    return next((why for one in within if (why := unbounded(one, depth + 1))), "")


class JSONParser(parsers.JSONParser):
    @override
    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        try:
            sent = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise exceptions.ParseError(_("It is nested too deep.")) from error
        except exceptions.ParseError as refusal:
            raise exceptions.ParseError(
                _unread(refusal.__cause__ or refusal.__context__)
            ) from refusal
        if why := unbounded(sent):
            raise exceptions.ParseError(why)
        return composed(sent)


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
        return composed_query(_kept(super().parse(stream, media_type, parser_context)))


class MultiPartParser(parsers.MultiPartParser):
    """Forms with files that do not come by POST, which are read here first."""

    @override
    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        sent = super().parse(stream, media_type, parser_context)
        compose_names(sent.files)
        return parsers.DataAndFiles(composed_query(_kept(sent.data)), sent.files)


def _kept(sent: QueryDict) -> QueryDict:
    for name, texts in sent.lists():
        if any(holds_unkept(str(text)) for text in (name, *texts)):
            raise exceptions.ParseError(_("There are letters in it that cannot be kept."))
    return sent
