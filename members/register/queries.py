"""What pages and the API read of the register."""

from uuid import UUID

from django.db.models import (
    Count,
    QuerySet,
)

from kkmp.lib.idempotency import id_for
from kkmp.registry.models import Cooperative
from members.register.models import Member, MemberQuerySet, People, Status, StatusChange


def funnel(cooperative: Cooperative) -> dict[str, int]:
    """How many people stand at each step of the funnel, steps without anybody included."""
    rows = Member.objects.of(cooperative).values("status").annotate(people=Count("id"))
    found = {row["status"]: row["people"] for row in rows.order_by("status")}
    return {status.value: found.get(status.value, 0) for status in Status}


def rws(cooperative: Cooperative) -> list[str]:
    """The RWs that people on the register live in."""
    found = Member.objects.of(cooperative).exclude(rw="").order_by("rw")
    return list(found.values_list("rw", flat=True).distinct())


def agencies(cooperative: Cooperative) -> list[str]:
    """The agencies that people on the register work for."""
    found = Member.objects.of(cooperative).exclude(agency="").order_by("agency")
    return list(found.values_list("agency", flat=True).distinct())


def in_order(members: MemberQuerySet[People]) -> MemberQuerySet[People]:
    """The order of the register, on the page and in its file."""
    return members.order_by("name", "id")


def registered(cooperative: Cooperative, key: UUID | None) -> Member | None:
    """Whom a form with this key has registered already."""
    return Member.objects.of(cooperative).filter(id=id_for(cooperative.pk, key)).first()


def steps(member: Member) -> QuerySet[StatusChange]:
    """A person's way through the funnel, latest first."""
    return (
        StatusChange.objects.of(member.cooperative_id)
        .filter(member=member)
        .select_related("by")
        .order_by("-on", "-id")
    )
