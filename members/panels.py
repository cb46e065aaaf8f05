"""What one member's page shows beside savings and particulars: a panel a subject.

A panel is a function that takes the request and the member and returns a :class:`Panel`, or
None where there is nothing to show. It asks for what it shows itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from kkmp.access.web import CoopRequest
from members import notices, whatsapp
from members.models import Channel, Contact, Means, Member, Purpose, Status
from members.services import consents


@dataclass(frozen=True, slots=True)
class Panel:
    """:param context: of its template, as ``panel``"""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[CoopRequest, Member], Panel | None]

#: UU 27/2022: what is taken back is heeded within three times 24 hours.
_HEED_WITHIN = timedelta(hours=72)
_CONTACTS_SHOWN = 5


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


#: In the order of the page.
PANELS: tuple[Maker, ...] = (consent, called_on)


def of(request: CoopRequest, member: Member) -> list[Panel]:
    """The panels of a member's page for whoever looks at it."""
    return [panel for make in PANELS if (panel := make(request, member)) is not None]
