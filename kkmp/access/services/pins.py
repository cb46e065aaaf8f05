"""Approving at somebody else's screen: a PIN that is slow to guess and rests after wrong tries.

Wrong tries are counted by whose PIN it is, and by at whose screen it was typed: else one cashier
would have some tries with everybody who may approve.
"""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from kkmp.access import queries
from kkmp.access.models import ApprovalPin, User
from kkmp.access.permissions import Permission, permissions_of
from kkmp.access.services import audit, tries, ways_in
from kkmp.access.services.tries import Limit, Told, TooManyTries
from kkmp.lib.errors import DomainError
from kkmp.registry.models import Cooperative

LENGTH = 6
MOST_FAILURES = 5
PIN = Limit(kind="approval_pin", most=MOST_FAILURES, rest=timedelta(minutes=10))
SCREEN = Limit(
    kind="approval_pin_screen",
    most=15,
    window=timedelta(hours=1),
    rest=timedelta(hours=1),
    is_cleared=False,
)


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
    ways_in.hold(user)
    ApprovalPin.objects.update_or_create(
        user=user, defaults={"digest": make_password(digits), "set_at": at}
    )
    tries.forget(PIN.key(user.pk))
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
    pin = ApprovalPin.objects.filter(user=user).first()
    if pin is None:
        raise PinRefused(
            _("%(name)s has no PIN yet: it is chosen on the profile page.") % {"name": user},
            field="pin",
        )
    _judge(user, pin, digits, cooperative, at, by)
    return user


@sensitive_variables("digits")
def _judge(
    user: User, pin: ApprovalPin, digits: str, cooperative: Cooperative, at: datetime, by: User
) -> None:
    told = Told(action="pin.refuse", by=by, subject=user)
    try:
        held = tries.begin(PIN.key(user.pk), SCREEN.key(by.pk, cooperative.pk), told=told, at=at)
    except TooManyTries as shut:
        raise PinRefused(str(shut), field="pin") from shut
    if not check_password(digits, pin.digest):
        tries.wrong(held)
        raise PinRefused(_("This is not the PIN of %(name)s.") % {"name": user}, field="pin")
    tries.right(held, at=at)


def may_have_one(user: User) -> bool:
    """Whether the user may approve anything anywhere."""
    roles = [holding.role for holding in queries.places_of(user)]
    return Permission.SALES_APPROVE in permissions_of(roles)
