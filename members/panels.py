"""What one member's page shows beside savings and particulars: a panel a subject.

A panel is a function that takes the request and the member and returns a :class:`Panel`, or
None where there is nothing to show. It asks for what it shows itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest
from kkmp.imports import queries as imports
from kkmp.registry.services import identity_marks
from members import notices, whatsapp
from members.card_forms import Link
from members.models import Channel, Contact, Means, Member, MemberLink, Purpose, Status
from members.services import consents, marks


@dataclass(frozen=True, slots=True)
class Panel:
    """:param context: of its template, as ``panel``"""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[CoopRequest, Member], Panel | None]


#: UU 27/2022: what is taken back is heeded within three times 24 hours.
_HEED_WITHIN = timedelta(hours=72)
_CONTACTS_SHOWN = 5


def elsewhere(request: CoopRequest, member: Member) -> Panel | None:
    """That another cooperative has the same person, for who may do something about it."""
    nik = marks.nik_of(member)
    if Permission.MEMBERS_WRITE not in request.permissions or not nik:
        return None
    if member.status == Status.LEFT:
        return None
    found = identity_marks.elsewhere(cooperative=request.cooperative, niks=[nik])
    return Panel("members/panels/_elsewhere.html") if found else None


def papers(request: CoopRequest, member: Member) -> Panel | None:
    """Card and passbook."""
    passbook = Permission.SAVINGS_READ in request.permissions
    if not passbook and not member.is_active:
        return None
    return Panel("members/panels/_papers.html", {"passbook": passbook, "card": member.is_active})


def links(request: CoopRequest, member: Member) -> Panel | None:
    """The person's own page: the links that work, and giving out another."""
    if Permission.MEMBERS_WRITE not in request.permissions or member.status == Status.LEFT:
        return None
    given = MemberLink.objects.of(request.cooperative).filter(member=member)
    working = given.working(timezone.now()).select_related("made_by").order_by("-made_at", "id")
    return Panel("members/panels/_links.html", {"links": working, "form": Link()})


def consent(request: CoopRequest, member: Member) -> Panel:
    """What the person has said about the use of their data."""
    last = consents.latest(member)
    return Panel(
        "members/_consent.html",
        {
            "member": member,
            "latest": last,
            "stop_by": last.at + _HEED_WITHIN if last and not last.is_given else None,
            "can_give": not last or not last.is_given or last.notice_version != notices.CURRENT,
            "means": [(means.value, means.label) for means in Means if means != Means.WEB],
        },
    )


def called_on(request: CoopRequest, member: Member) -> Panel | None:
    """Who of the cooperative has called on the person."""
    rows = Contact.objects.of(member.cooperative_id).filter(member=member).select_related("by")
    found = list(rows.order_by("-on", "-id")[:_CONTACTS_SHOWN])
    if member.status == Status.LEFT and not found:
        return None
    return Panel(
        "members/_contacts.html",
        {
            "member": member,
            "contacts": found,
            "channels": Channel.choices,
            "purpose": Purpose.OTHER if member.is_active else Purpose.JOINING,
            "whatsapp": whatsapp.link(member.phone, f"Yth. {whatsapp.addressed(member)}, "),
        },
    )


def taken_back(request: CoopRequest, member: Member) -> Panel | None:
    """Why somebody has left who never was here: the file that brought them was undone."""
    if member.status != Status.LEFT:
        return None
    batch = imports.undone_batch(request.cooperative, member.id)
    return Panel("members/_taken_back.html", {"batch": batch}) if batch else None


#: In the order of the page; those of other apps come behind.
PANELS: tuple[Maker, ...] = (taken_back, elsewhere, papers, links, consent, called_on)

_plugged_in: list[Maker] = []


def register(maker: Maker) -> None:
    """Add a panel of an app above, in its ``AppConfig.ready``; twice changes nothing."""
    if maker not in _plugged_in:
        _plugged_in.append(maker)


def of(request: CoopRequest, member: Member) -> list[Panel]:
    """The panels of a member's page for whoever looks at it."""
    return [
        panel for make in (*PANELS, *_plugged_in) if (panel := make(request, member)) is not None
    ]
