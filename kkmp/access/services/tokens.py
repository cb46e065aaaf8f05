"""API tokens: shown once, kept as a digest, expiring."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from kkmp.access.models import ApiToken, User
from kkmp.access.services import audit
from kkmp.lib import seal

LIFETIME = timedelta(days=90)
_PREFIX = "kkmp_"


@transaction.atomic
def issue(*, user: User, name: str, at: datetime, by: User | None) -> tuple[ApiToken, str]:
    """Make a token that works for 90 days.

    :returns: the row and the secret, which cannot be shown again
    """
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
    token = ApiToken.objects.select_related("user").filter(digest=seal.digest(secret)).first()
    if token is None or not token.works_at(at) or not token.user.is_active:
        return None
    return token
