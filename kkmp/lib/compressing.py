"""Pages that go out compressed: large, and without a secret beside what a stranger can choose.

Not every page: where a token stands beside what an address brings in, the length of the answer
would tell the token letter by letter (BREACH).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from typing_extensions import override

_MARK = "may_be_compressed"


def compressed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page that may go out compressed; that happens once nothing is put into it any more."""

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        setattr(response, _MARK, True)
        return response

    return wrapped


class CompressingMiddleware(GZipMiddleware):
    """Django's, for :func:`compressed` alone."""

    @override
    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not getattr(response, _MARK, False):
            return response
        return super().process_response(request, response)
