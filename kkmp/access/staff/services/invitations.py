"""Links by which people choose their password themselves: nobody else ever knows it."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import Invitation, User
from kkmp.access.services import accounts, audit
from kkmp.lib import seal
from kkmp.lib.errors import DomainError

LIFETIME = timedelta(days=7)


class InvitationRefused(DomainError):
    """The link opens nothing any more."""


@transaction.atomic
def issue(*, user: User, at: datetime, by: User | None) -> str:
    """Make somebody a link that works once, for a week; one made before opens nothing then.

    :returns: the link's secret, which cannot be shown again
    """
    _end(user, at)
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(user=user, digest=seal.digest(secret), expires_at=at + LIFETIME)
    audit.record_system(action="user.invite", by=by, subject=user)
    return secret


def find(*, secret: str, at: datetime) -> Invitation | None:
    """The invitation behind a link, with its user; None for any other text."""
    found = Invitation.objects.select_related("user").filter(digest=seal.digest(secret)).first()
    if found is None or not found.opens_at(at) or not found.user.is_active:
        return None
    return found


@transaction.atomic
def use(*, secret: str, password: str, at: datetime) -> User:
    """Choose the password; nothing opens the account any more that did with the old one.

    :param password: already checked by the site's password rules
    :raises InvitationRefused: the link was used, has expired or is another text
    """
    found = find(secret=secret, at=at)
    user = User.objects.select_for_update().get(pk=found.user_id) if found else None
    # Once it is held: two who open the link at once choose one password.
    if user is None or find(secret=secret, at=at) is None:
        raise InvitationRefused(_("This link opens nothing any more."))
    return accounts.set_password(
        user=user, password=password, at=at, by=user, act="user.password_chosen"
    )


@transaction.atomic
def withdraw(*, user: User, at: datetime) -> None:
    """Let somebody's open links open nothing any more."""
    _end(user, at)


def _end(user: User, at: datetime) -> None:
    user.invitations.filter(ended_at=None).update(ended_at=at)
