"""Two people at one account at the same moment: the database makes them take turns."""

from typing import Any
from uuid import uuid4

import pytest

from finance.models import Journal
from kkmp.access.models import User
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.models import Status
from members.register.services import membership
from members.savings import checks
from members.savings.services import savings
from tests.at_once import at_once
from tests.conftest import MONDAY
from tests.members.committed import kind_of, registered
from tests.members.conftest import NIKS

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_double_click_is_taken_once(melati: Cooperative, rini: User, tono: User) -> None:
    member, kind, key = registered(melati, rini, nik=NIKS[0]), kind_of(melati, "pokok"), uuid4()

    def pay() -> Any:
        return savings.deposit(
            member=member, kind=kind, amount_idr=100_000, key=key, on=MONDAY, by=tono
        )

    first, second = at_once(melati, pay, pay)
    assert first == second
    assert {first.is_repeat, second.is_repeat} == {True, False}
    with scope.cooperative(melati.pk):
        assert Journal.objects.of(melati).count() == 1
        assert checks.savings_differences(melati) == []


def test_two_tills_cannot_both_empty_the_balance(
    melati: Cooperative, rini: User, tono: User
) -> None:
    member = registered(melati, rini, nik=NIKS[0])
    kind = kind_of(melati, "sukarela")
    with scope.cooperative(melati.pk):
        for code, amount in (("pokok", 100_000), ("sukarela", 50_000)):
            savings.deposit(
                member=member,
                kind=kind_of(melati, code),
                amount_idr=amount,
                key=uuid4(),
                on=MONDAY,
                by=tono,
            )

    def take() -> Any:
        return savings.withdraw(
            member=member, kind=kind, amount_idr=40_000, key=uuid4(), on=MONDAY, by=tono
        )

    answers = at_once(melati, take, take)
    assert sorted(isinstance(answer, savings.WithdrawalRefused) for answer in answers) == [
        False,
        True,
    ]


def test_a_move_cannot_undo_a_membership_won_at_the_same_moment(
    melati: Cooperative, rini: User, tono: User
) -> None:
    member, kind = registered(melati, rini, nik=NIKS[0]), kind_of(melati, "pokok")
    at_once(
        melati,
        lambda: savings.deposit(
            member=member, kind=kind, amount_idr=100_000, key=uuid4(), on=MONDAY, by=tono
        ),
        lambda: membership.move(member=member, to=Status.INCOMPLETE, on=MONDAY, by=rini),
    )
    with scope.cooperative(melati.pk):
        member.refresh_from_db()
        assert (member.status, member.number) == (Status.ACTIVE, 1)
