"""Giving and taking roles."""

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import RoleHolding, User
from kkmp.access.permissions import CITY_ROLES, COOPERATIVE_ROLES, Role
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.registry.models import Cooperative, Regency


class RoleRefused(DomainError):
    """The role may not be given there, or not be taken away by this person."""


@transaction.atomic
def grant(
    *,
    user: User,
    role: Role,
    cooperative: Cooperative | None = None,
    regency: Regency | None = None,
    by: User | None,
) -> RoleHolding:
    """Give a role; giving it twice changes nothing. Administrators may enter the admin.

    :raises RoleRefused: the place does not fit the role
    """
    _place_fits(role, cooperative, regency)
    holding, made = RoleHolding.objects.get_or_create(
        user=user, role=role, cooperative=cooperative, regency=regency
    )
    if made:
        _open_admin(user)
        audit.record_system(action="role.grant", by=by, subject=user, **_where(holding))
    return holding


@transaction.atomic
def revoke(*, holding: RoleHolding, by: User | None) -> None:
    """Take a role away; it ends with the next request.

    :raises RoleRefused: an administrator would shut themselves out
    """
    if by is not None and holding.user == by and holding.role == Role.ADMINISTRATOR:
        raise RoleRefused(_("Ask another administrator to take this role from you."))
    audit.record_system(action="role.revoke", by=by, subject=holding.user, **_where(holding))
    user = holding.user
    holding.delete()
    _open_admin(user)


def _place_fits(role: Role, cooperative: Cooperative | None, regency: Regency | None) -> None:
    wrong: dict[str, list[str]] = {}
    if role in COOPERATIVE_ROLES and cooperative is None:
        wrong["cooperative"] = [_("This role is held in a cooperative: choose which one.")]
    if role in CITY_ROLES and regency is None:
        wrong["regency"] = [_("This role is held in a regency: choose which one.")]
    if role not in COOPERATIVE_ROLES and cooperative is not None:
        wrong["cooperative"] = [_("This role is not held in a cooperative: leave it empty.")]
    if role not in CITY_ROLES and regency is not None:
        wrong["regency"] = [_("This role is not held in a regency: leave it empty.")]
    if wrong:
        raise RoleRefused(
            " ".join(text for texts in wrong.values() for text in texts), fields=wrong
        )


def _open_admin(user: User) -> None:
    administers = RoleHolding.objects.filter(user=user, role=Role.ADMINISTRATOR).exists()
    if user.is_staff != administers:
        user.is_staff = user.is_superuser = administers
        user.save(update_fields=["is_staff", "is_superuser"])


def _where(holding: RoleHolding) -> dict[str, str]:
    place = holding.cooperative or holding.regency
    return {"role": holding.role, "place": str(place or "")}
