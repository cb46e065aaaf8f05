"""Who is in office, and who was: what pages, the API and documents read of the two bodies."""

from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from kkmp.registry.models import Cooperative
from members.bodies.models import Body, Officer, Position
from members.bodies.services.boards import Seat
from members.register.models import Status

_RANK = Case(
    *(When(position=position, then=Value(rank)) for rank, position in enumerate(Position)),
    output_field=IntegerField(),
)


def everybody(cooperative: Cooperative) -> QuerySet[Officer]:
    """All terms, those of the board first, in the order of their posts."""
    rows = Officer.objects.of(cooperative).select_related("member")
    return rows.order_by("body", _RANK, "-started_on", "id")


def in_office(cooperative: Cooperative, *, on: date) -> QuerySet[Officer]:
    """Who has a post on a day. A term that is over goes on until it is ended or renewed."""
    begun = everybody(cooperative).filter(started_on__lte=on)
    return begun.filter(Q(ended_on=None) | Q(ended_on__gt=on))


def seats(officers: QuerySet[Officer]) -> list[Seat]:
    """The officers as seats, in the form in which the rules on bodies judge them."""
    return [
        Seat(
            body=Body(officer.body),
            position=Position(officer.position),
            name=officer.name,
            sex=officer.sex,
            member_id=officer.member_id,
            is_active_member=officer.member is not None and officer.member.status == Status.ACTIVE,
            is_kelurahan_head=officer.is_kelurahan_head,
            term_ends_on=officer.term_ends_on,
        )
        for officer in officers
    ]


def name_of(cooperative: Cooperative, body: Body, position: Position, *, on: date) -> str:
    """Who signs for a post; empty where it is vacant."""
    held = in_office(cooperative, on=on).filter(body=body, position=position)
    return held.values_list("name", flat=True).first() or ""
