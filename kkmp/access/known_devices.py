"""The browsers in which somebody has signed in before, told by a cookie that opens nothing.

By it a stranger's wrong passwords, from however many addresses, do not shut the owner out of the
browser that they always use. It names no person to whoever reads it.
"""

import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from kkmp.access.models import User
from kkmp.lib.seal import keyed_hash

COOKIE = "kkmp_known"
_AGE = 365 * 24 * 60 * 60
#: People who share a computer, the latest first.
_MOST = 8


def device_of(request: HttpRequest, user: User | None) -> str | None:
    """What this browser is called for an account; None where it has not signed in here."""
    return _read(request).get(_mark(user)) if user else None


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Know the browser again, now that somebody has shown in it to be the owner."""
    known, mark = _read(request), _mark(user)
    name = known.pop(mark, None) or secrets.token_urlsafe(12)
    kept = {mark: name} | dict(list(known.items())[: _MOST - 1])
    response.set_cookie(
        COOKIE,
        Signer(salt=COOKIE).sign_object(kept),
        max_age=_AGE,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, str]:
    try:
        kept = Signer(salt=COOKIE).unsign_object(request.COOKIES.get(COOKIE, ""))
    except (BadSignature, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _mark(user: User) -> str:
    return keyed_hash("known device", str(user.pk)).hex()[:24]
