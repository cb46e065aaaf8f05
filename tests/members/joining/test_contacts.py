"""Writing down that somebody was called on."""

import pytest

from kkmp.access.models import AuditEvent
from members.joining.services import contacts
from members.models import Channel, Contact, Purpose
from tests.conftest import MONDAY


@pytest.fixture
def note(wulan, rini):
    def write(**options) -> Contact:
        given = {"purpose": Purpose.ARREARS, "channel": Channel.CALL, "on": MONDAY, "by": rini}
        return contacts.note(member=wulan, **given | options)

    return write


def test_a_contact_is_kept_with_its_trace(note, wulan, in_melati):
    made = note(note="  janji   Sabtu ")
    assert (made.member, made.note, made.on) == (wulan, "janji Sabtu", MONDAY)
    event = AuditEvent.objects.of(in_melati).get(action="member.contact")
    assert event.details == {"purpose": "arrears", "channel": "call"}


def test_a_double_click_is_noted_once(note, in_melati):
    assert note() == note()
    assert note(purpose=Purpose.JOINING) != note()
    assert Contact.objects.of(in_melati).count() == 2


def test_a_note_that_is_too_long_is_refused(note, in_melati):
    with pytest.raises(contacts.ContactRefused) as refused:
        note(note="x" * 201)
    assert "note" in refused.value.fields
    assert not Contact.objects.of(in_melati).exists()
