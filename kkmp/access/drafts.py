"""Nothing typed is lost: the page keeps what is sent until the server says that it was saved.

``forms/typed.js`` keeps a form's boxes in the tab while it is sent, under a name that it sends
along; a saved form's name comes back in a cookie, and the page forgets it. Whatever stands between
(a session that ended, a line that was cut, a refusal and the way back) leaves it where it was.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse

FIELD = "typed_under"
COOKIE = "kkmp_saved"
_MOMENT = 60


class TypedMiddleware:
    """Tells a page that what it sent was taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Only what has been read already: an answer never waits for a body.
        name = request.POST.get(FIELD, "") if _is_form(request) else ""
        if name.isalnum() and len(name) <= 40 and _was_taken(request, response):
            response.set_cookie(
                COOKIE, name, max_age=_MOMENT, secure=settings.SECURE, samesite="Lax"
            )
        return response


def _is_form(request: HttpRequest) -> bool:
    kinds = ("application/x-www-form-urlencoded", "multipart/form-data")
    return request.method == "POST" and request.content_type in kinds


def _was_taken(request: HttpRequest, response: HttpResponse) -> bool:
    """Refusals are 422 and the like; Django's administration shows them with 200."""
    if response.status_code >= 400:
        return False
    if 300 <= response.status_code < 400:
        to = urlsplit(response.get("Location", "")).path
        return to not in (resolve_url(settings.LOGIN_URL), reverse("account_reauthenticate"))
    return not request.path.startswith(reverse("admin:index"))
