"""Giving and taking roles."""

from django.db import transaction

from kkmp.access.models import RoleHolding, User
from kkmp.access.permissions import Role
from kkmp.access.services import audit
from kkmp.registry.models import Cooperative, Regency


@transaction.atomic
def grant(
    *,
    user: User,
    role: Role,
    cooperative: Cooperative | None = None,
    regency: Regency | None = None,
    by: User | None,
) -> RoleHolding:
    """Give a role; giving it twice changes nothing. Administrators may enter the admin."""
    holding, made = RoleHolding.objects.get_or_create(
        user=user, role=role, cooperative=cooperative, regency=regency
    )
    if made:
        _open_admin(user)
        audit.record_system(action="role.grant", by=by, subject=user, **_where(holding))
    return holding


@transaction.atomic
def revoke(*, holding: RoleHolding, by: User | None) -> None:
    """Take a role away; it ends with the next request."""
    audit.record_system(action="role.revoke", by=by, subject=holding.user, **_where(holding))
    user = holding.user
    holding.delete()
    _open_admin(user)


def _open_admin(user: User) -> None:
    administers = RoleHolding.objects.filter(user=user, role=Role.ADMINISTRATOR).exists()
    if user.is_staff != administers:
        user.is_staff = user.is_superuser = administers
        user.save(update_fields=["is_staff", "is_superuser"])


def _where(holding: RoleHolding) -> dict[str, str]:
    place = holding.cooperative or holding.regency
    return {"role": holding.role, "place": str(place or "")}
