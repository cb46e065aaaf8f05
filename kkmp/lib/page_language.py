"""The language of a page: of the reader's choice or the browser, or of its address alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from typing_extensions import override


class LanguageMiddleware(LocaleMiddleware):
    """Django's; but a page that says its language itself is the same for every browser."""

    @override
    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.has_header("Content-Language"):
            return response
        return super().process_response(request, response)


def of_one_language(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page in the language that its address names, also where it says that nothing changed."""

    @wraps(view)
    def wrapped(request: HttpRequest, *, language: str, **kwargs: Any) -> HttpResponseBase:
        response = view(request, language=language, **kwargs)
        response["Content-Language"] = language
        return response

    return wrapped
