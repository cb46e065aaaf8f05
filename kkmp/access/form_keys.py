"""One form, one act: the key stands in the form's address."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kkmp.access.web import CoopRequest, GuestRequest
from kkmp.lib.ids import new_id

PARAMETER = "kunci"


class OnceRequest(CoopRequest):
    """A request to a form that may be sent once; ``form_key`` is its key."""

    form_key: UUID | None


class GuestOnceRequest(GuestRequest):
    """A guest's request to a public form that may be sent once; ``form_key`` is its key."""

    form_key: UUID | None


def keyed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a newly opened form its key, and answer at once.

    For pages that strangers and search engines open; the page's script puts the key into the
    address (``forms/key-in-address.js``).
    """

    @wraps(view)
    def wrapped(request: OnceRequest | GuestOnceRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.form_key = _in_address(request)
        if request.method == "GET" and request.form_key is None:
            request.form_key = new_id()
        return view(request, *args, **kwargs)

    return wrapped


def once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a newly opened form its key, and put it into the address by a redirect.

    A browser that goes back or reloads fetches the page anew. With the key in the address it
    gets the same form again, which the service takes once, and not another one.
    """
    with_key = keyed(view)

    @wraps(view)
    def wrapped(request: OnceRequest | GuestOnceRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "GET" and _in_address(request) is None:
            query = request.GET.copy()
            query[PARAMETER] = str(new_id())
            return redirect(f"{request.path}?{query.urlencode()}")
        return with_key(request, *args, **kwargs)

    return wrapped


def _in_address(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get(PARAMETER, ""))
    except ValueError:
        return None
