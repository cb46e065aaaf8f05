"""How often strangers may send an application: limits of ``ACCOUNT_RATE_LIMITS``."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.http import HttpRequest

from kkmp.registry.models import Cooperative


def allows_joining(request: HttpRequest, cooperative: Cooperative) -> bool:
    """Count one application to join; False once a connection or all together have sent too many.

    Counted only where it was taken, so that nobody is kept out by mistyping. Neighbours share
    connections, and a whole meeting may sit behind one.
    """
    address = get_adapter().get_client_ip(request)
    return bool(
        ratelimit.consume(request, action="join", key=f"{cooperative.code} {address}")
        and ratelimit.consume(request, action="join_all", key=cooperative.code)
    )
