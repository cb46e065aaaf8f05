"""What pages and the API read of the register."""

from contextlib import suppress
from uuid import UUID

from django.db.models import (
    Count,
    Q,
    QuerySet,
)

from kkmp.lib.idempotency import id_for
from kkmp.lib.phone import PhoneError, parse_phone
from kkmp.registry.models import Cooperative
from members.register.models import Member, MemberQuerySet, People, Status, StatusChange

#: More people than this in an answer help nobody at a till.
MEMBERS_FOUND = 8


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
    """The member whom a form with this key has registered already; None where none has."""
    return Member.objects.of(cooperative).filter(id=id_for(cooperative.pk, key)).first()


def steps(member: Member) -> QuerySet[StatusChange]:
    """A person's way through the funnel, latest first."""
    return (
        StatusChange.objects.of(member.cooperative_id)
        .filter(member=member)
        .select_related("by")
        .order_by("-on", "-id")
    )


def find_members(cooperative: Cooperative, text: str) -> list[Member]:
    """Active members by number, name or phone; their number and name are loaded, no more."""
    text = text.strip()
    if not text:
        return []
    matches = Q(*(Q(name__icontains=word) for word in text.split()))
    digits = text.lstrip("#").lstrip("0")
    if digits.isdecimal() and len(digits) < 9:
        matches |= Q(number=int(digits))
    with suppress(PhoneError):
        matches |= Q(phone=parse_phone(text) or text)
    return list(
        Member.objects.of(cooperative)
        .with_status(Status.ACTIVE)
        .filter(matches)
        .only("cooperative_id", "number", "name")
        .order_by("name", "id")[:MEMBERS_FOUND]
    )
