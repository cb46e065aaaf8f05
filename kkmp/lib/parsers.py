"""What programs send, read as Django REST framework does, each accent on its letter.

Forms with files were read by :class:`kkmp.lib.letters.ComposedMiddleware` before.
"""

from collections.abc import Mapping
from typing import IO, Any

from rest_framework import parsers
from typing_extensions import override

from kkmp.lib.letters import composed, composed_query


class JSONParser(parsers.JSONParser):
    @override
    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        return composed(super().parse(stream, media_type, parser_context))


class FormParser(parsers.FormParser):
    @override
    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        return composed_query(super().parse(stream, media_type, parser_context))
