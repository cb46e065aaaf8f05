"""What comes in from outside is bounded here, and told in the shape of whoever asked.

Letters that no database keeps (NUL, half a character), numbers and days beyond every column, what
is nested without end, a disk that is full: none of them is a fault of the code, so none is a 500.
People read a page in their language, programs the API's one shape, also where nothing of the API
was reached.
"""

import codecs
import errno
import logging
import re
import sys
from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.core.handlers.wsgi import WSGIRequest
from django.db import DataError, Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template import loader
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _
from django.views import defaults

from kkmp.lib.kept_files import FileIsGone
from kkmp.lib.request_id import current_request_id

_log = logging.getLogger(__name__)
_API = "/api/"
#: NUL, and halves of a character: PostgreSQL and UTF-8 have neither.
_UNKEPT = re.compile("[\x00\ud800-\udfff]")
#: Headers that are read as text somewhere; the web server refuses others that hold a NUL.
_HEADERS = ("HTTP_X_COOPERATIVE", "HTTP_AUTHORIZATION", "HTTP_ACCEPT_LANGUAGE", "HTTP_USER_AGENT")
#: ASCII is a part of UTF-8.
_OURS = {"utf-8", "ascii"}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
#: PostgreSQL's names for a full disk, and for a file that it cannot make longer.
_FULL_STATES = {"53100", "58030"}


#: What comes of a value that no column has: too large, too deep, or no id where one is looked for.
_NO_FAULTS = (DataError, OverflowError, UnicodeEncodeError, RecursionError, ValidationError)


class Utf8Request(WSGIRequest):
    """A request that is read as UTF-8, whatever it says that it is.

    Django decodes by the name that a stranger sends before any middleware is asked, also by one
    that decodes no text at all (``rot13``, ``hex``), and breaks. Such a name is refused later.
    """

    def _set_content_type_params(self, meta: dict[str, str]) -> None:
        said = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        self.content_type, self.content_params = said


class BoundsMiddleware:
    """Refuses what nothing here can keep, before any view and whatever it is for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.encoding is not None:
            # Or whoever reads the form, the page of a refusal too, reads it by the name sent.
            request.encoding = None  # type: ignore[assignment]
        if not _is_utf8(request):
            return unreadable(request, _("Send the letters as UTF-8."))
        return self.get_response(request) if _is_kept(_before(request)) else unreadable(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """What was typed, once whoever reads it first would read it anyway."""
        if request.method != "POST" or _is_kept(_typed(request)):
            return None
        return unreadable(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What was found too large only where it was to be kept; nothing of it stays."""
        return told(request, error)


def told(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """The answer to what broke by no fault of ours; None where it is one."""
    if is_disk_full(error):
        _log.critical("the disk is full")
        return full(request)
    if isinstance(error, _NO_FAULTS):
        _log.warning("what was sent is out of bounds: %s", type(error).__name__)
        return unreadable(request, out_of_bounds())
    return None


def out_of_bounds() -> str:
    return _("There is a number, a day, a text or an id in it that nothing here can have.")


def is_disk_full(error: BaseException | None) -> bool:
    """Whether something could not be written because there is no room left."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    state = getattr(error.__cause__, "sqlstate", None) if isinstance(error, Error) else None
    return state in _FULL_STATES


def _is_utf8(request: HttpRequest) -> bool:
    """Whether a request is written in our letters' encoding, as far as it says one."""
    said = (request.content_params or {}).get("charset")
    try:
        return said is None or codecs.lookup(said).name in _OURS
    except (LookupError, ValueError):
        return False


def _before(request: HttpRequest) -> Iterable[str]:
    yield request.path_info
    for name, texts in request.GET.lists():
        yield name
        yield from texts
    yield from request.COOKIES.values()
    for header in _HEADERS:
        yield str(request.META.get(header, ""))


def _typed(request: HttpRequest) -> Iterable[str]:
    for name, texts in request.POST.lists():
        yield name
        yield from map(str, texts)
    for name, files in request.FILES.lists():
        yield name
        yield from (str(file.name) for file in files)


def _is_kept(texts: Iterable[str]) -> bool:
    return not any(map(holds_unkept, texts))


def holds_unkept(text: str) -> bool:
    """Whether a text has letters in it that cannot be kept."""
    return _UNKEPT.search(text) is not None


# --- Answers ----------------------------------------------------------------------------------


def is_program(request: HttpRequest) -> bool:
    """Whether the API was asked, also at an address that it does not have."""
    return request.path_info.startswith(_API)


def unreadable(request: HttpRequest, why: str = "") -> HttpResponse:
    """400, with the reason where there is one to say."""
    why = why or _("There are letters in it that cannot be kept.")
    if is_program(request):
        return refused(400, "parse_error", why)
    return render(request, "400.html", {"reason": why}, status=400)


def full(request: HttpRequest) -> HttpResponse:
    """507: the disk is full, and nothing was saved."""
    why = _("The server has no room left. Nothing was saved. Tell the administrator.")
    if is_program(request):
        return refused(507, "disk_full", why)
    return HttpResponse(loader.render_to_string("507.html", {"reason": why}), status=507)


def refused(status: int, code: str, message: str) -> JsonResponse:
    """A refusal in the shape of the API's."""
    return JsonResponse({"code": code, "message": message, "fields": {}}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_program(request):
        return refused(400, "parse_error", _("The request could not be read."))
    if isinstance(exception, MultiPartParserError):
        return unreadable(request, _("The form did not arrive whole."))
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_program(request):
        return refused(403, "permission_denied", _("Your role does not allow this."))
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_program(request):
        return refused(404, "not_found", _("There is nothing here."))
    if isinstance(exception, FileIsGone):
        return render(request, "404.html", {"reason": str(exception)}, status=404)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, with its number in the log; what is no fault of ours is told as what it is."""
    known = told(request, sys.exc_info()[1])
    if known is not None:
        return known
    number = current_request_id()
    if is_program(request):
        why = _("Something broke on our side. Tell the administrator this number: %(number)s.")
        return refused(500, "server_error", why % {"number": number})
    # Without the request: what the page's frame would look up may be what is broken.
    return HttpResponse(loader.render_to_string("500.html", {"request_id": number}), status=500)
