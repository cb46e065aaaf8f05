"""A page for what cannot be done just now and may be tried again."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kkmp.lib.errors import DomainError

#: Seconds after which trying again makes sense.
RETRY_AFTER = "10"


class UnavailableMiddleware:
    """Tells a page's refusal with status 503; the transaction of the request is undone by then.

    The API tells its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError) or exception.status != 503:
            return None
        response = render(request, "503.html", {"refusal": str(exception)}, status=503)
        response["Retry-After"] = RETRY_AFTER
        return response
