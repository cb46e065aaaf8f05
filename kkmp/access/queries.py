"""Who may do what where."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Model

from kkmp.access.models import AuditEvent, RoleHolding, SystemEvent, User
from kkmp.access.permissions import CITY_ROLES, Permission, Role, permissions_of
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, Regency

_PLACE = """
    SELECT cooperative.*, holding.role
    FROM access_roleholding holding
    JOIN registry_cooperative cooperative ON cooperative.id = holding.cooperative_id
    WHERE holding.user_id = %s AND cooperative.code = %s
    ORDER BY holding.id
"""


def permissions_at(user: User, cooperative: Cooperative) -> frozenset[Permission]:
    """What a user may do in one cooperative; empty for a stranger."""
    roles = RoleHolding.objects.filter(user=user, cooperative=cooperative)
    return permissions_of(list(roles.values_list("role", flat=True)))


def place_by_code(user: User, code: str) -> tuple[Cooperative | None, frozenset[Permission]]:
    """A cooperative and what a user may do there, in one statement; None for a stranger.

    Every request asks this, so the statement is written down: building it took four times as
    long as the database did.
    """
    found: list[Any] = list(Cooperative.objects.raw(_PLACE, [user.pk, code]))
    if not found:
        return None, frozenset()
    return found[0], permissions_of([each.role for each in found])


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


def last_hand(row: Model, acts: Collection[str] = ()) -> str:
    """Who was the last to act on a row, by name; empty where it is not on record.

    :param acts: which acts are meant; any if none
    """
    named: dict[str, Any] = {"subject_label": row._meta.label, "subject_id": str(row.pk)}
    if acts:
        named["action__in"] = acts
    system = SystemEvent.objects.filter(**named).select_related("actor").order_by("-at", "-id")
    latest = [event for event in (system.first(), _last_within(row, named)) if event]
    newest = max(latest, key=lambda event: event.at, default=None)
    return str(newest.actor) if newest and newest.actor else ""


def _last_within(row: Model, named: dict[str, Any]) -> AuditEvent | None:
    """The last event about a row in the trail of its own cooperative."""
    place: UUID | None = (
        row.pk if isinstance(row, Cooperative) else getattr(row, "cooperative_id", None)
    )
    if place is None:
        return None
    with scope.cooperative(place):
        events = AuditEvent.objects.of(place).filter(**named)
        return events.select_related("actor").order_by("-at", "-id").first()
