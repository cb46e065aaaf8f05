"""Calling on people: written down, so that nobody is called on twice or forgotten."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from members.joining.models import Channel, Contact, Purpose
from members.register.models import Member
from members.register.services import membership


class ContactRefused(DomainError):
    """The contact may not be noted so; the message is fit to show."""


@transaction.atomic
def note(
    *, member: Member, purpose: Purpose, channel: Channel, on: date, by: User, note: str = ""
) -> Contact:
    """Write down that somebody was called on.

    The same said again on the same day by the same person, as a double click does, is kept once.

    :param note: what came of it, at most 200 characters
    :raises ContactRefused: the note is too long
    """
    note = " ".join(note.split())
    most = Contact._meta.get_field("note").max_length or 0
    if len(note) > most:
        raise ContactRefused(
            _("At most %(count)d characters fit here.") % {"count": most}, field="note"
        )
    member = membership.locked(member)
    content = {"purpose": purpose, "channel": channel, "on": on, "by": by, "note": note}
    rows = Contact.objects.of(member.cooperative_id).filter(member=member, **content)
    first = rows.order_by("id").first()
    if first is not None:
        return first
    made = Contact.objects.create(cooperative=member.cooperative, member=member, **content)
    audit.record(
        cooperative=member.cooperative,
        action="member.contact",
        by=by,
        subject=member,
        purpose=str(purpose),
        channel=str(channel),
    )
    return made
