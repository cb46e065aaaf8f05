"""How often strangers may send an application to join."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils import timezone

from kkmp.access.services import tries
from kkmp.access.services.tries import Limit
from kkmp.registry.models import Cooperative

_HOUR, _HALF_DAY, _DAY = timedelta(hours=1), timedelta(hours=12), timedelta(days=1)
#: Neighbours share connections, and a whole meeting may sit behind one.
FROM_ONE = Limit(kind="join_from_one", most=30, window=_HOUR, rest=_HOUR)
FROM_ALL = Limit(kind="join_from_all", most=500, window=_DAY, rest=_HALF_DAY)


def allows_joining(request: HttpRequest, cooperative: Cooperative) -> bool:
    """Count one application to join; False once a connection or all together have sent too many.

    Counted only where it was taken, so that nobody is kept out by mistyping.
    """
    network = tries.network(get_adapter().get_client_ip(request))
    try:
        tries.take(
            FROM_ONE.key(cooperative.pk, network), FROM_ALL.key(cooperative.pk), at=timezone.now()
        )
    except tries.TooManyTries:
        return False
    return True
