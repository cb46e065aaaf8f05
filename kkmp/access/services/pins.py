"""Approving at somebody else's screen: a PIN that is slow to guess and rests after wrong tries."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access import queries
from kkmp.access.models import ApprovalPin, User
from kkmp.access.permissions import Permission, permissions_of
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.registry.models import Cooperative

LENGTH = 6
MOST_FAILURES = 5
REST = timedelta(minutes=10)


class PinRefused(DomainError):
    """The PIN does not approve; the message is fit to show the cashier."""


@transaction.atomic
def choose(*, user: User, digits: str, at: datetime) -> None:
    """Give oneself a PIN, or another one.

    :raises PinRefused: it is not six digits, or too easy to guess
    """
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()):
        raise PinRefused(_("A PIN has %(count)d digits.") % {"count": LENGTH}, field="pin")
    if len(set(digits)) < 3 or digits in "0123456789" or digits in "9876543210":
        raise PinRefused(_("This PIN is too easy to guess. Choose another."), field="pin")
    ApprovalPin.objects.update_or_create(
        user=user,
        defaults={
            "digest": make_password(digits),
            "set_at": at,
            "failures": 0,
            "rests_until": None,
        },
    )
    audit.record_system(action="pin.choose", by=user, subject=user)


def approve(
    *,
    cooperative: Cooperative,
    username: str,
    digits: str,
    permission: Permission,
    at: datetime,
    by: User,
) -> User:
    """The person who approves, if the PIN is theirs and their role here allows it.

    Wrong tries stay counted and written down even though the request that brought them is
    undone: this must be called before the cooperative's transaction begins, and asserts it.

    :param by: at whose screen it is approved
    :raises PinRefused: unknown, wrong, resting, or not allowed here
    """
    user = User.objects.filter(username__iexact=username.strip(), is_active=True).first()
    if user is None or permission not in queries.permissions_at(user, cooperative):
        raise PinRefused(
            # The same for whoever does not exist: a cashier's screen is no list of names.
            _("%(name)s may not approve this here. Check the spelling of the sign-in name.")
            % {"name": username},
            field="approver",
        )
    if not _is_right(user, digits, at, by):
        raise PinRefused(_("This is not the PIN of %(name)s.") % {"name": user}, field="pin")
    return user


@transaction.atomic(durable=True)
def _is_right(user: User, digits: str, at: datetime, by: User) -> bool:
    pin = ApprovalPin.objects.select_for_update().filter(user=user).first()
    if pin is None:
        raise PinRefused(
            _("%(name)s has no PIN yet: it is chosen on the profile page.") % {"name": user},
            field="pin",
        )
    if pin.rests_until is not None and at < pin.rests_until:
        raise PinRefused(_("Too many wrong PINs. Try again in ten minutes."), field="pin")
    if check_password(digits, pin.digest):
        if pin.failures:
            ApprovalPin.objects.filter(pk=pin.pk).update(failures=0, rests_until=None)
        return True
    failures = pin.failures + 1
    rests_until = at + REST if failures >= MOST_FAILURES else None
    ApprovalPin.objects.filter(pk=pin.pk).update(
        failures=0 if rests_until else failures, rests_until=rests_until
    )
    audit.record_system(action="pin.refuse", by=by, subject=user, failures=failures)
    return False


def may_have_one(user: User) -> bool:
    """Whether the user may approve anything anywhere."""
    roles = [holding.role for holding in queries.places_of(user)]
    return Permission.SALES_APPROVE in permissions_of(roles)
