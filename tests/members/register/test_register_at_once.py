"""Two people at the register at the same moment: the database makes them take turns."""

from typing import Any
from uuid import uuid4

import pytest

from kkmp.access.models import User
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.models import Member
from members.register.services import membership
from members.register.services.membership import Particulars
from tests.at_once import at_once
from tests.conftest import MONDAY
from tests.members.committed import registered
from tests.members.conftest import NIKS

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clerks_register_a_nik_once(melati: Cooperative, rini: User) -> None:
    def register() -> Any:
        return membership.register(
            cooperative=melati,
            particulars=Particulars(name="Wulan", nik=NIKS[0]),
            on=MONDAY,
            by=rini,
        )

    answers = at_once(melati, register, register)
    assert sorted(type(answer).__name__ for answer in answers) == ["Member", "RegistrationRefused"]


def test_a_form_sent_twice_at_once_registers_one_person(melati: Cooperative, rini: User) -> None:
    key = uuid4()

    def register() -> Any:
        return membership.register(
            cooperative=melati, particulars=Particulars(name="Wulan"), on=MONDAY, by=rini, key=key
        )

    first, second = at_once(melati, register, register)
    assert first == second
    with scope.cooperative(melati.pk):
        assert Member.objects.of(melati).count() == 1


def test_two_people_cannot_be_given_the_same_nik(melati: Cooperative, rini: User) -> None:
    one, other = registered(melati, rini), registered(melati, rini)

    def give(member: Member) -> Any:
        return membership.edit(
            member=member,
            particulars=Particulars(name="Wulan", nik=NIKS[0]),
            version=1,
            on=MONDAY,
            by=rini,
        )

    answers = at_once(melati, lambda: give(one), lambda: give(other))
    assert sorted(type(answer).__name__ for answer in answers) == ["Member", "RegistrationRefused"]
