"""Giving and taking roles."""

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import RoleHolding, User
from kkmp.access.permissions import CITY_ROLES, COOPERATIVE_ROLES, Role
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, Regency

#: Two roles of one cooperative in one hand, of which one watches over the other.
APART = (
    frozenset({Role.TREASURER, Role.CASHIER}),
    frozenset({Role.SUPERVISOR, Role.CHAIR}),
    frozenset({Role.SUPERVISOR, Role.TREASURER}),
    frozenset({Role.SUPERVISOR, Role.CASHIER}),
)


class RoleRefused(DomainError):
    """The role may not be given there, or not be taken away by this person."""


class RolesMeet(RoleRefused):
    """One person would watch over their own work; whoever gives the role says that it is meant."""

    code = "roles_meet"


@transaction.atomic
def grant(
    *,
    user: User,
    role: Role,
    cooperative: Cooperative | None = None,
    regency: Regency | None = None,
    by: User | None,
    is_meant: bool = False,
) -> RoleHolding:
    """Give a role; giving it twice changes nothing. Administrators may enter the admin.

    A cooperative's own trail hears of it, too.

    :param is_meant: that it is given beside another which should be somebody else's
    :raises RoleRefused: the place does not fit the role
    :raises RolesMeet: one person would watch over their own work, and it is not said to be meant
    """
    _place_fits(role, cooperative, regency)
    beside = _beside(user, role, cooperative)
    if beside and not is_meant:
        raise _meet(user, role, beside)
    holding, made = RoleHolding.objects.get_or_create(
        user=user, role=role, cooperative=cooperative, regency=regency
    )
    if made:
        _open_admin(user)
        _note("role.grant", holding, by)
    return holding


@transaction.atomic
def revoke(*, holding: RoleHolding, by: User | None) -> None:
    """Take a role away; it ends with the next request.

    :raises RoleRefused: an administrator would shut themselves out
    """
    if by is not None and holding.user == by and holding.role == Role.ADMINISTRATOR:
        raise RoleRefused(_("Ask another administrator to take this role from you."))
    _note("role.revoke", holding, by)
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


def _beside(user: User, role: Role, cooperative: Cooperative | None) -> list[Role]:
    """What the person holds there already and should not hold together with the role."""
    if cooperative is None:
        return []
    held = RoleHolding.objects.filter(user=user, cooperative=cooperative).exclude(role=role)
    return [
        Role(other)
        for other in held.order_by("role").values_list("role", flat=True)
        if frozenset({role, Role(other)}) in APART
    ]


def _meet(user: User, role: Role, beside: list[Role]) -> RolesMeet:
    return RolesMeet(
        _(
            "%(name)s is already: %(held)s here. Who is %(role)s as well watches over their own "
            "work. Give the role only if it is meant like this."
        )
        % {
            "name": user.name or user.username,
            "held": ", ".join(str(each.label) for each in beside),
            "role": role.label,
        },
        field="is_meant",
    )


def _note(action: str, holding: RoleHolding, by: User | None) -> None:
    """Record it in the system's trail, and in that of the cooperative where the role is held."""
    told = _where(holding)
    audit.record_system(action=action, by=by, subject=holding.user, **told)
    if holding.cooperative is not None:
        with scope.cooperative(holding.cooperative.pk):
            audit.record(
                cooperative=holding.cooperative,
                action=action,
                by=by,
                subject=holding.user,
                **told,
            )


def _where(holding: RoleHolding) -> dict[str, str]:
    place = holding.cooperative or holding.regency
    told = {"role": holding.role, "place": str(place or "")}
    return told | ({"place_id": str(place.pk)} if isinstance(place, Cooperative) else {})
