"""Who may do what where."""

from kkmp.access.models import RoleHolding, User
from kkmp.access.permissions import CITY_ROLES, Permission, Role, permissions_of
from kkmp.registry.models import Cooperative, Regency


def permissions_at(user: User, cooperative: Cooperative) -> frozenset[Permission]:
    """What a user may do in one cooperative; empty for a stranger."""
    roles = RoleHolding.objects.filter(user=user, cooperative=cooperative)
    return permissions_of(list(roles.values_list("role", flat=True)))


def place_by_code(user: User, code: str) -> tuple[Cooperative | None, frozenset[Permission]]:
    """A cooperative and what a user may do there, in one statement; None for a stranger."""
    holdings = list(
        RoleHolding.objects.filter(user=user, cooperative__code=code)
        .select_related("cooperative")
        .order_by("id")
    )
    if not holdings:
        return None, frozenset()
    return holdings[0].cooperative, permissions_of([holding.role for holding in holdings])


def city_permissions(user: User) -> tuple[Regency | None, frozenset[Permission]]:
    """The regency a user works for and what they may do there.

    An administrator without a regency of their own reads the first one.
    """
    holdings = list(
        RoleHolding.objects.filter(user=user, role__in=[*CITY_ROLES, Role.ADMINISTRATOR])
        .select_related("regency")
        .order_by("regency_id", "id")
    )
    if not holdings:
        return None, frozenset()
    regency = next((h.regency for h in holdings if h.regency), None)
    regency = regency or Regency.objects.order_by("code").first()
    here = [h.role for h in holdings if h.regency in (None, regency)]
    return regency, permissions_of(here)


def places_of(user: User) -> list[RoleHolding]:
    """Everything a user holds, cooperatives first by name, for the menu."""
    return list(
        RoleHolding.objects.filter(user=user)
        .select_related("cooperative", "regency")
        .order_by("cooperative__name", "role", "id")
    )
