"""The devices on which somebody is signed in, kept up to date without a write at each request."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kkmp.access.models import User
from kkmp.access.services import devices

#: A device's last activity is written down at most once in this many seconds.
PRECISION = 300
_MOST = 10_000


class ActivityMiddleware:
    """Notes a device once in five minutes, or when its address or browser have changed.

    It writes a row and waits for the disk; a till that sells would do so with every sale.
    """

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        self.get_response = get_response
        #: When the activity was last written down, by session, address and browser.
        self.noted: OrderedDict[tuple[str, str, str], float] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.session.session_key
        if key is not None and self._is_due((key, *_origin(request))):
            note(request)
        return self.get_response(request)

    def _is_due(self, device: tuple[str, str, str]) -> bool:
        now = time.monotonic()
        if now - self.noted.get(device, -PRECISION) < PRECISION:
            return False
        self.noted[device] = now
        self.noted.move_to_end(device)
        while len(self.noted) > _MOST:
            self.noted.popitem(last=False)
        return True


def note(request: HttpRequest) -> None:
    """Write down the device of whoever is signed in."""
    if not isinstance(request.user, User) or not request.user.is_authenticated:
        return
    if request.session.session_key is None:
        request.session.create()
    key = request.session.session_key
    ip, agent = _origin(request)
    if key:
        devices.seen(user=request.user, key=key, ip=ip, agent=agent, at=timezone.now())


def _origin(request: HttpRequest) -> tuple[str, str]:
    return get_adapter().get_client_ip(request), request.META.get("HTTP_USER_AGENT", "")
