"""Who may sign in at a cooperative, and what they may do there."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from kkmp.access.models import Device, Invitation, RoleHolding, User
from kkmp.registry.models import Cooperative


def people(cooperative: Cooperative, at: datetime) -> QuerySet[User]:
    """The people with a role at a cooperative, by name.

    Each has ``here`` (the roles), ``last_sign_in``, ``is_invited`` (a link is open) and
    ``is_elsewhere`` (they work for others too).
    """
    held = RoleHolding.objects.filter(cooperative=cooperative).order_by("role", "id")
    devices = Device.objects.filter(user=OuterRef("pk")).order_by("-created_at")
    others = RoleHolding.objects.filter(user=OuterRef("pk")).exclude(cooperative=cooperative)
    links = Invitation.objects.filter(user=OuterRef("pk"), ended_at=None, expires_at__gt=at)
    return (
        User.objects.filter(Exists(held.filter(user=OuterRef("pk"))))
        .prefetch_related(Prefetch("holdings", held, to_attr="here"))
        .annotate(
            last_sign_in=Subquery(devices.values("created_at")[:1]),
            is_invited=Exists(links),
            is_elsewhere=Exists(others),
        )
        .order_by("name", "username")
    )


def holdings(cooperative: Cooperative, user_id: UUID) -> QuerySet[RoleHolding]:
    """The roles of one person here."""
    return RoleHolding.objects.filter(cooperative=cooperative, user=user_id).select_related(
        "user", "cooperative"
    )
