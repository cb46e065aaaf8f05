"""API tokens: shown once, kept as a digest, few at a time, and ending by themselves."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access import arrivals
from kkmp.access.arrivals import Arrival
from kkmp.access.models import ApiToken, User
from kkmp.access.services import audit, ways_in
from kkmp.lib import seal
from kkmp.lib.errors import DomainError

LIFETIME = timedelta(days=90)
#: So many of one person work at a time.
MOST = 10
_PREFIX = "kkmp_"


class TokenRefused(DomainError):
    """No token is made."""


@transaction.atomic
def issue(*, user: User, name: str, at: datetime, by: User | None) -> tuple[ApiToken, str]:
    """Make a token that works for 90 days.

    :returns: the row and the secret, which cannot be shown again
    :raises TokenRefused: there are as many as one person may have
    :raises WaysInEnded: see :func:`ways_in.hold`
    """
    held = ways_in.hold(user)
    if ApiToken.objects.filter(user=held, revoked_at=None, expires_at__gt=at).count() >= MOST:
        raise TokenRefused(
            _("There are %(count)d keys already. Revoke one that is not used any more.")
            % {"count": MOST},
            field="name",
        )
    secret = _PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user, name=name, digest=seal.digest(secret), expires_at=at + LIFETIME
    )
    audit.record_system(action="token.issue", by=by, subject=token, name=name)
    return token, secret


@transaction.atomic
def revoke(*, token: ApiToken, at: datetime, by: User) -> None:
    """End a token at once."""
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        audit.record_system(action="token.revoke", by=by, subject=token, name=token.name)


def find(*, secret: str, at: datetime) -> ApiToken | None:
    """The working token behind a secret, with its user; None for any other text."""
    found = arrived(secret=secret, at=at, code="")
    return found[0] if found else None


def arrived(*, secret: str, at: datetime, code: str) -> tuple[ApiToken, Arrival] | None:
    """The working token behind a secret, with who they are in a cooperative; else None."""
    found = arrivals.by_token(seal.digest(secret), code)
    if found is None or not found[0].works_at(at) or not found[0].user.is_active:
        return None
    return found
