"""Pages that refuse, for guards that ask thousands of times and judge only whether they refuse.

Drawing the page of a refusal, with the menu around it, costs more than refusing. So each person is
shown it once in each part of the house; after that an empty answer says as much by its status.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views import defaults

from kkmp import urls

_Page = Callable[[HttpRequest, Exception], HttpResponse]
_PAGES: dict[HTTPStatus, _Page] = {
    HTTPStatus.FORBIDDEN: defaults.permission_denied,
    HTTPStatus.NOT_FOUND: defaults.page_not_found,
}


@contextmanager
def drawn_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for status, page in _PAGES.items():
            patch.setattr(urls, f"handler{status:d}", _once(status, page), raising=False)
        yield


def _once(status: HTTPStatus, page: _Page) -> _Page:
    drawn: set[tuple[str, str]] = set()

    def show(request: HttpRequest, exception: Exception) -> HttpResponse:
        who = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        shown = (who, request.resolver_match.namespace if request.resolver_match else "")
        if shown in drawn:
            return HttpResponse(status=status)
        drawn.add(shown)
        return page(request, exception)

    return show
