"""Two people at the same moment over one application, or one person's contacts."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from kkmp.access.models import User
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.joining.services import applications, contacts
from members.models import Application, Channel, Consent, Contact, Member, Purpose
from members.register.services import membership
from members.register.services.particulars import Particulars
from tests.at_once import at_once
from tests.conftest import MONDAY
from tests.members.conftest import NIKS

pytestmark = pytest.mark.django_db(transaction=True)


def _submit(cooperative: Cooperative, key: Any) -> Application:
    return applications.submit(
        cooperative=cooperative,
        particulars=Particulars(name="Tuti (rekaan)", nik=NIKS[0]),
        notice_version="2026-11",
        key=key,
        at=timezone.now(),
    )


def _sent(cooperative: Cooperative) -> Application:
    with scope.cooperative(cooperative.pk):
        return _submit(cooperative, uuid4())


def test_a_form_sent_twice_at_once_is_one_application(melati: Cooperative) -> None:
    key = uuid4()
    first, second = at_once(melati, *[lambda: _submit(melati, key)] * 2)
    assert first == second
    with scope.cooperative(melati.pk):
        assert Application.objects.of(melati).count() == 1


def test_two_clerks_take_an_applicant_once(melati: Cooperative, rini: User, budi: User) -> None:
    sent = _sent(melati)

    def take(by: User) -> Any:
        return lambda: applications.accept(
            application=sent, particulars=Particulars(name="Tuti"), at=timezone.now(), by=by
        )

    answers = at_once(melati, take(rini), take(budi))
    assert {type(answer) for answer in answers} == {Member, applications.ApplicationDecided}
    with scope.cooperative(melati.pk):
        assert Member.objects.of(melati).count() == 1
        assert Consent.objects.of(melati).count() == 1


def test_one_clerk_takes_and_the_other_declines(
    melati: Cooperative, rini: User, budi: User
) -> None:
    sent, now = _sent(melati), timezone.now()
    answers = at_once(
        melati,
        lambda: applications.accept(
            application=sent, particulars=Particulars(name="Tuti"), at=now, by=rini
        ),
        lambda: applications.decline(application=sent, why="pindah", at=now, by=budi),
    )
    refused = [a for a in answers if isinstance(a, applications.ApplicationDecided)]
    assert len(refused) == 1


def test_a_double_click_notes_a_contact_once(melati: Cooperative, rini: User) -> None:
    with scope.cooperative(melati.pk):
        member = membership.register(
            cooperative=melati, particulars=Particulars(name="Wulan"), on=MONDAY, by=rini
        )

    def call() -> Contact:
        return contacts.note(
            member=member, purpose=Purpose.JOINING, channel=Channel.CALL, on=MONDAY, by=rini
        )

    first, second = at_once(melati, call, call)
    assert first == second
