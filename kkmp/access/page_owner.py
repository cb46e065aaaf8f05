"""What a page sends names the person it was opened for, and is taken from nobody else.

Two people share a computer, and a tab of the first stays open while the second signs in: what the
first one typed would be done in the second one's name. So each form, each fragment and each script
sends along for whom its page was drawn (:data:`FIELD`, :data:`HEADER`), and one middleware compares
before any view or token is looked at. ``{% csrf_token %}`` writes the field: no form can forget it.
"""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from kkmp.access.models import User

FIELD = "opened_for"
HEADER = "X-Opened-For"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
#: Acts of nobody in particular: leaving, and the language of the page.
_ANYBODY = ("account_logout", "set_language")


def mark(user: User | AnonymousUser | None) -> str:
    """Names a person to the server; empty for nobody. It opens nothing."""
    if user is None or not user.is_authenticated:
        return ""
    return _signer().sign(str(user.pk))


class OpenedForMiddleware:
    """Refuses what a page sends that was opened for somebody else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in _SAFE or request.path in map(reverse, _ANYBODY):
            return self.get_response(request)
        owner = _owner(_sent(request))
        if owner is None:
            return self.get_response(request)
        user = request.user
        if not user.is_authenticated and not _wants_data(request):
            return _signed_out(request)
        if user.is_authenticated and str(user.pk) != owner:
            return _somebody_else(request, owner)
        return self.get_response(request)


def unfit_token(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answers a token that does not fit any more: somebody has signed in or out since then."""
    text = _(
        "This page was opened before somebody signed in or out on this device. Nothing was saved."
    )
    if _wants_data(request):
        return _refusal(request, "page_too_old", text, 403)
    return _page(request, text, 403)


def _sent(request: HttpRequest) -> str:
    sent = request.headers.get(HEADER)
    if sent is None and request.content_type in (
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ):
        sent = request.POST.get(FIELD)
    return sent or ""


def _owner(sent: str) -> str | None:
    """None where nobody is named. A mark that is not ours names somebody else."""
    if not sent:
        return None
    try:
        return _signer().unsign(sent)
    except BadSignature:
        return ""


def _somebody_else(request: HttpRequest, owner: str) -> HttpResponse:
    first = User.objects.filter(pk=owner).first() if owner else None
    told = {"first": str(first or _("somebody else")), "second": str(request.user)}
    text = (
        _(
            "This page was opened by %(first)s, and %(second)s is signed in on this device now. "
            "Nothing was saved."
        )
        % told
    )
    if _wants_data(request):
        return _refusal(request, "opened_by_another", text, 409)
    return _page(request, text, 409, first=first)


def _signed_out(request: HttpRequest) -> HttpResponse:
    text = _(
        "You were signed out, so nothing was saved. Sign in again: what was typed is filled in."
    )
    messages.warning(request, text)
    return redirect(_sign_in(request))


def _refusal(request: HttpRequest, code: str, text: str, status: int) -> HttpResponse:
    if getattr(request, "htmx", False) or request.headers.get("HX-Request"):
        return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
    return JsonResponse({"code": code, "message": text, "fields": {}}, status=status)


def _page(
    request: HttpRequest, text: str, status: int, *, first: User | None = None
) -> HttpResponse:
    told = {
        "text": text,
        "first": first,
        "back": came_from(request),
        "sign_in": _sign_in(request),
    }
    return render(request, "access/not_saved.html", told, status=status)


def came_from(request: HttpRequest) -> str:
    """The page that a form stood on, with its key; the home page where it is not known."""
    sender = request.headers.get("Referer", "")
    allowed = url_has_allowed_host_and_scheme(
        sender, {request.get_host()}, require_https=request.is_secure()
    )
    if not allowed:
        return reverse("home")
    address = urlsplit(sender)
    return f"{address.path}?{address.query}" if address.query else address.path


def _sign_in(request: HttpRequest) -> str:
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': came_from(request)})}"


def _wants_data(request: HttpRequest) -> bool:
    """A script or a program asks, and would show nobody a page."""
    return bool(request.headers.get("HX-Request")) or request.content_type == "application/json"


def _signer() -> Signer:
    return Signer(salt=FIELD)
