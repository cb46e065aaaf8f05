"""What lets somebody in, and all of it ended: sessions, API tokens, the approval PIN, open links.

Whoever ends the one because it may be in other hands has to end the others too: a thief with the
password has made a token long before it is changed.
"""

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from kkmp.access.models import ApiToken, ApprovalPin, User
from kkmp.access.services import devices
from kkmp.lib.errors import DomainError


class WaysInEnded(DomainError):
    """The account was blocked, or has another password, since whoever asks was let in."""


@transaction.atomic
def hold(user: User) -> User:
    """The account, held while another way in is made for it, so that none comes behind the end.

    :raises WaysInEnded: what let the user in has ended meanwhile
    """
    # Every row that names a user asks for the key alone: those go on.
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not locked.is_active or locked.get_session_auth_hash() != user.get_session_auth_hash():
        raise WaysInEnded(_("You have been signed out. Sign in again."))
    return locked


@transaction.atomic
def end(*, user: User, at: datetime) -> None:
    """Let nothing open the account that opened it so far; the password stays as it is."""
    sign_out(user=user)
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
    ApprovalPin.objects.filter(user=user).delete()
    user.invitations.filter(ended_at=None).update(ended_at=at)


@transaction.atomic
def sign_out(*, user: User) -> None:
    """End every session, those too that are just being begun."""
    User.objects.filter(pk=user.pk).update(sign_ins_ended=models.F("sign_ins_ended") + 1)
    user.refresh_from_db(fields=["sign_ins_ended"])
    devices.end_all(user=user)
