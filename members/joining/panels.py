"""What a person has agreed to, and who has called on them."""

from datetime import timedelta

from kkmp.access.web import CoopRequest
from kkmp.lib.phone import wa_link_of
from members.joining import notices
from members.joining.models import Channel, Contact, Means, Purpose
from members.joining.services import consents
from members.register.models import Member, Status
from members.register.panels import Panel
from members.register.services import leaving_open

#: UU 27/2022: a withdrawn consent is acted on within three times 24 hours.
_HEED_WITHIN = timedelta(hours=72)
_CONTACTS_SHOWN = 5


def consent(_request: CoopRequest, member: Member) -> Panel:
    """What the person has said about the use of their data."""
    last = consents.latest(member)
    return Panel(
        "members/joining/_consent.html",
        {
            "member": member,
            "latest": last,
            "stop_by": last.at + _HEED_WITHIN if last and not last.is_given else None,
            "can_give": not last or not last.is_given or last.notice_version != notices.CURRENT,
            "means": [(means.value, means.label) for means in Means if means != Means.WEB],
        },
    )


def called_on(_request: CoopRequest, member: Member) -> Panel | None:
    """Who of the cooperative has called on the person."""
    rows = Contact.objects.of(member.cooperative_id).filter(member=member).select_related("by")
    found = list(rows.order_by("-on", "-id")[:_CONTACTS_SHOWN])
    if member.status == Status.LEFT and not found:
        return None
    leaving = leaving_open.reasons_by_member(member.cooperative_id, [member.id]).get(member.id, "")
    text = f"Yth. {member.addressed}, "
    return Panel(
        "members/joining/_contacts.html",
        {
            "member": member,
            "contacts": found,
            "channels": Channel.choices,
            "purpose": Purpose.OTHER if member.is_active else Purpose.JOINING,
            "whatsapp": "" if leaving else wa_link_of(member.phone, text),
            "leaving": leaving,
        },
    )
