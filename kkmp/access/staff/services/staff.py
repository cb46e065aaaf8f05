"""Whom a cooperative lets in, decided by its own chair: invited, given roles, blocked, helped.

An account is one in the whole installation, so a chair acts on those alone who work nowhere else:
whoever is also the city's, an administrator or at another cooperative is an administrator's to
block and to help. Of them a chair gives and takes the roles at the own cooperative, and no others.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access import queries
from kkmp.access.models import RoleHolding, SystemEvent, User
from kkmp.access.permissions import COOPERATIVE_ROLES, PERMISSIONS, Role
from kkmp.access.services import accounts, audit, roles
from kkmp.access.staff.services import invitations
from kkmp.lib.errors import DomainError
from kkmp.lib.existing import present
from kkmp.registry.models import Cooperative


class StaffRefused(DomainError):
    """A chair may not do this, or not to this person."""


def may_give(user: User, cooperative: Cooperative) -> list[Role]:
    """The roles that somebody may give at a cooperative: none that may do more than they may."""
    own = queries.permissions_at(user, cooperative)
    return [role for role in Role if role in COOPERATIVE_ROLES and PERMISSIONS[role] <= own]


@transaction.atomic
def invite(
    *, cooperative: Cooperative, name: str, username: str, role: Role, at: datetime, by: User
) -> tuple[User, str]:
    """Make an account with a role here; whoever it is for chooses the password by the link.

    :returns: the account and the link's secret
    :raises AccountRefused: the user name is taken
    :raises StaffRefused: the role may do more than whoever gives it
    """
    _refuse_higher(role, cooperative, by)
    return welcome(cooperative=cooperative, name=name, username=username, role=role, at=at, by=by)


@transaction.atomic
def welcome(
    *, cooperative: Cooperative, name: str, username: str, role: Role, at: datetime, by: User | None
) -> tuple[User, str]:
    """Make an account with any role at a cooperative, as at its founding.

    :raises AccountRefused: the user name is taken
    """
    user = accounts.create(username=username, name=name, password=None, by=by)
    roles.grant(user=user, role=role, cooperative=cooperative, by=by)
    _note("staff.invite", cooperative, user, by)
    return user, invitations.issue(user=user, at=at, by=by)


@transaction.atomic
def link(*, cooperative: Cooperative, user: User, at: datetime, by: User) -> str:
    """A new link for somebody who lost the first one, or forgot the password.

    The second step of signing in stays: only an administrator takes that away.

    :raises StaffRefused: they work elsewhere too, are blocked, or no person of this cooperative
    """
    _refuse_elsewhere(user, cooperative)
    if not user.is_active:
        raise StaffRefused(_("%(name)s is blocked. Lift the block first.") % {"name": user})
    if user == by:
        raise StaffRefused(_("Change your own password on your profile."))
    _note("staff.link", cooperative, user, by)
    return invitations.issue(user=user, at=at, by=by)


@transaction.atomic
def give(
    *, cooperative: Cooperative, user: User, role: Role, by: User, is_meant: bool = False
) -> RoleHolding:
    """Give somebody of the cooperative another role here.

    :param is_meant: see :func:`roles.grant`
    :raises RolesMeet: one person would watch over their own work, and it is not said to be meant
    :raises StaffRefused: they are none of its people, or the role may do more than its giver
    """
    _refuse_stranger(user, cooperative)
    _refuse_higher(role, cooperative, by)
    return roles.grant(user=user, role=role, cooperative=cooperative, by=by, is_meant=is_meant)


@transaction.atomic
def take(*, holding: RoleHolding, at: datetime, by: User) -> None:
    """Take a role at the own cooperative away; without any the person is none of its people.

    :param holding: of a cooperative
    :raises StaffRefused: nobody would be left who is chair
    """
    cooperative = present(holding.cooperative, "a role of a cooperative is taken")
    user = holding.user
    if holding.role == Role.CHAIR:
        _refuse_last_chair(user, cooperative)
    roles.revoke(holding=holding, by=by)
    if not user.holdings.exists():
        invitations.withdraw(user=user, at=at)


@transaction.atomic
def block(*, cooperative: Cooperative, user: User, at: datetime, by: User) -> User:
    """Shut somebody out; see :func:`accounts.block`.

    :raises StaffRefused: they work elsewhere too, or nobody would be left who is chair
    """
    _refuse_elsewhere(user, cooperative)
    _refuse_last_chair(user, cooperative)
    blocked = accounts.block(user=user, at=at, by=by)
    _note("staff.block", cooperative, user, by)
    return blocked


@transaction.atomic
def unblock(*, cooperative: Cooperative, user: User, by: User) -> User:
    """Let in again whom somebody of the cooperative has blocked.

    :raises StaffRefused: they work elsewhere too, or an administrator has blocked them
    """
    _refuse_elsewhere(user, cooperative)
    blocker = _blocked_by(user)
    if blocker and blocker.holdings.filter(role=Role.ADMINISTRATOR).exists():
        raise StaffRefused(
            _("An administrator has blocked %(name)s; only they lift it.") % {"name": user}
        )
    unblocked = accounts.unblock(user=user, by=by)
    _note("staff.unblock", cooperative, user, by)
    return unblocked


def works_elsewhere(user: User, cooperative: Cooperative) -> bool:
    """Whether somebody has a role that is not of this cooperative."""
    return user.holdings.exclude(cooperative=cooperative).exists()


def _blocked_by(user: User) -> User | None:
    named = {"subject_label": User._meta.label, "subject_id": str(user.pk)}
    acts = SystemEvent.objects.filter(action="user.deactivate", **named)
    latest = acts.select_related("actor").order_by("-at", "-id").first()
    return latest.actor if latest else None


def _refuse_stranger(user: User, cooperative: Cooperative) -> None:
    if not user.holdings.filter(cooperative=cooperative).exists():
        raise StaffRefused(_("%(name)s has no role at this cooperative.") % {"name": user})


def _refuse_elsewhere(user: User, cooperative: Cooperative) -> None:
    _refuse_stranger(user, cooperative)
    if works_elsewhere(user, cooperative):
        raise StaffRefused(
            _("%(name)s works elsewhere too: ask an administrator.") % {"name": user}
        )


def _refuse_higher(role: Role, cooperative: Cooperative, by: User) -> None:
    if role not in may_give(by, cooperative):
        raise StaffRefused(_("You may not give this role."), field="role")


def _refuse_last_chair(user: User, cooperative: Cooperative) -> None:
    """Held until the transaction ends, so that two chairs do not shut each other out."""
    chairs = RoleHolding.objects.filter(cooperative=cooperative, role=Role.CHAIR)
    held = list(chairs.select_for_update(of=("self",)).order_by("id").values_list("user_id"))
    active = User.objects.filter(pk__in=[pk for (pk,) in held], is_active=True)
    left = set(active.values_list("pk", flat=True))
    if user.pk in left and left == {user.pk}:
        raise StaffRefused(_("A cooperative needs a chair: make somebody else chair first."))


def _note(action: str, cooperative: Cooperative, user: User, by: User | None) -> None:
    """Record it in the cooperative's own trail; the act itself stands in the system's."""
    audit.record(cooperative=cooperative, action=action, by=by, subject=user)
