"""People's accounts: made, renamed, switched off and on, and helped back in."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kkmp.access.models import SystemEvent, User
from kkmp.access.services import audit, sign_in_tries, ways_in
from kkmp.lib.errors import DomainError

#: The act of failing to sign in.
REFUSED = "session.refuse"
UNKNOWN = "session.refuse_unknown"
#: So many are kept of one account in an hour.
MOST_REFUSED = 20


class Factor(models.TextChoices):
    """What was wrong where somebody failed to sign in."""

    PASSWORD = "password", gettext_lazy("wrong password")
    CODE = "code", gettext_lazy("wrong code of the two-step verification")
    PASSKEY = "passkey", gettext_lazy("a passkey that does not belong to the account")
    BLOCKED = "blocked", gettext_lazy("the right password, of an account that is blocked")


class AccountRefused(DomainError):
    """The account may not be made or changed like this."""


@transaction.atomic
def create(*, username: str, name: str, password: str | None, by: User | None) -> User:
    """Make an account; what it may do comes with its roles.

    :param password: already checked by the site's password rules; None lets nobody in until the
        person has chosen one by an invitation
    :raises AccountRefused: somebody is called like this, in whatever capitals
    """
    _name_is_free(username)
    user = User.objects.create_user(username, password=password, name=name.strip())
    audit.record_system(action="user.create", by=by, subject=user, username=user.username)
    return user


@transaction.atomic
def edit(*, user: User, username: str, name: str, by: User) -> User:
    """Rename an account; nothing is written when nothing changed.

    :raises AccountRefused: the user name is taken
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if username != locked.username:
        _name_is_free(username, but=locked)
    wanted = {"username": username, "name": name.strip()}
    changed = [key for key, value in wanted.items() if getattr(locked, key) != value]
    if changed:
        for key in changed:
            setattr(locked, key, wanted[key])
        locked.save(update_fields=changed)
        audit.record_system(action="user.edit", by=by, subject=locked, fields=changed)
    return locked


@transaction.atomic
def block(*, user: User, at: datetime, by: User) -> User:
    """Shut somebody out: they are signed out at once, and nothing that opened works again later.

    :raises AccountRefused: it is one's own account, or it is blocked already
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked == by:
        raise AccountRefused(_("You cannot switch off your own account."))
    if not locked.is_active:
        raise AccountRefused(_("%(name)s is blocked already.") % {"name": locked})
    ways_in.end(user=locked, at=at)
    return _switch(locked, "user.deactivate", is_active=False, by=by)


@transaction.atomic
def unblock(*, user: User, by: User) -> User:
    """Let somebody in again who was blocked, with the password and the roles they still have.

    :raises AccountRefused: the account is not blocked
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.is_active:
        raise AccountRefused(_("%(name)s is not blocked.") % {"name": locked})
    return _switch(locked, "user.activate", is_active=True, by=by)


def _switch(locked: User, action: str, *, is_active: bool, by: User) -> User:
    locked.is_active = is_active
    locked.save(update_fields=["is_active"])
    audit.record_system(action=action, by=by, subject=locked)
    return locked


@transaction.atomic
def set_password(*, user: User, password: str, at: datetime, by: User | None, act: str) -> User:
    """Give somebody a new password; nothing opens the account any more that did so far.

    :param password: already checked by the site's password rules
    :param act: as it stands in the trail
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    locked.set_password(password)
    locked.save(update_fields=["password"])
    ways_in.end(user=locked, at=at)
    sign_in_tries.forget(locked)
    audit.record_system(action=act, by=by, subject=locked)
    return locked


@transaction.atomic
def forget_second_factors(*, user: User, by: User) -> None:
    """Let somebody who lost their phone sign in with the password alone, to set it up anew.

    The phone is signed out, and so is every other device: nobody knows which of them it was.

    :raises AccountRefused: there is no second factor
    """
    gone, _by_table = Authenticator.objects.filter(user=user).delete()
    if not gone:
        raise AccountRefused(_("There is no two-step sign-in on this account."))
    ways_in.sign_out(user=user)
    audit.record_system(action="user.second_factors_forgotten", by=by, subject=user)


def begin_session(*, user: User) -> None:
    """Write down that somebody has signed in, after every factor that they have set up."""
    audit.record_system(action="session.begin", by=user, subject=user)


def refuse_session(*, username: str, at: datetime) -> None:
    """Write down that somebody failed to sign in; of a name that is nobody's it is not kept which.

    What was typed in place of a user name may be a password.
    """
    user = User.objects.filter(username__iexact=username.strip()).first()
    if user is not None:
        _refuse(user, Factor.PASSWORD, at)
        return
    unknown = SystemEvent.objects.filter(action=UNKNOWN, at__gt=at - timedelta(hours=1))
    if unknown.count() < MOST_REFUSED:
        audit.record_system(action="session.refuse_unknown", by=None)


def refuse_code(*, user: User, at: datetime) -> None:
    """Write down that somebody who had the password gave a wrong code of the second step."""
    _refuse(user, Factor.CODE, at)


def refuse_blocked(*, user: User, at: datetime) -> None:
    """Write down that somebody who had the password was not let in, since the account is shut."""
    _refuse(user, Factor.BLOCKED, at)


def refuse_passkey(*, user: User, at: datetime) -> None:
    """Write down that somebody who had the password held another passkey against it."""
    _refuse(user, Factor.PASSKEY, at)


def _refuse(user: User, wrong: Factor, at: datetime) -> None:
    """Record a failed sign-in, up to a number an hour: who tries on does not fill the trail."""
    refused = SystemEvent.objects.filter(
        action=REFUSED, subject_id=str(user.pk), at__gt=at - timedelta(hours=1)
    )
    if refused.count() < MOST_REFUSED:
        audit.record_system(action=REFUSED, by=None, subject=user, wrong=wrong)


def _name_is_free(username: str, but: User | None = None) -> None:
    others = User.objects.exclude(pk=but.pk) if but else User.objects.all()
    if others.filter(username__iexact=username).exists():
        raise AccountRefused(_("Somebody already has this user name."), field="username")
