"""Writing down that somebody of the cooperative called on a person."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from members.models import Contact, Member
from members.services import membership


class NoteRefused(DomainError):
    """The contact cannot be written down like this; the message is fit to show."""


@transaction.atomic
def note(
    *, member: Member, purpose: str, channel: str, on: date, note: str = "", by: Any
) -> Contact:
    """Write down a contact; the very same one of the same day is written down once.

    :param purpose: of :class:`~members.models.Purpose`
    :param channel: of :class:`~members.models.Channel`
    :param note: what came of it, at most 200 characters
    :raises NoteRefused: the note is too long
    """
    note = " ".join(note.split())
    most = Contact._meta.get_field("note").max_length or 0
    if len(note) > most:
        raise NoteRefused(
            _("At most %(count)d characters fit here.") % {"count": most}, field="note"
        )
    member = membership.locked(member)
    what = {"purpose": purpose, "channel": channel, "on": on, "note": note, "by": by}
    first = Contact.objects.of(member.cooperative).filter(member=member, **what).first()
    if first is not None:
        return first
    made = Contact.objects.create(cooperative=member.cooperative, member=member, **what)
    audit.record(
        cooperative=member.cooperative,
        action="member.contact",
        by=by,
        subject=member,
        purpose=str(purpose),
        channel=str(channel),
    )
    return made
