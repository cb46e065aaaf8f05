"""Leaving while somebody else does the same, or something that does not go with it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from finance.ledger import checks
from kkmp.access.models import User
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, CooperativeFigures
from members.leaving.services import exits
from members.leaving.services.exits import Decision
from members.models import Exit, ExitReason, Member, SavingsEntry, Status
from members.savings.services import savings
from tests.at_once import at_once
from tests.conftest import MONDAY
from tests.members.committed import kind_of, registered
from tests.members.conftest import NIKS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def member(melati: Cooperative, rini: User, tono: User) -> Member:
    """Active, with the principal and 50,000 voluntary savings."""
    found = registered(melati, rini, nik=NIKS[0])
    with scope.cooperative(melati.pk):
        for code, amount in (("pokok", 100_000), ("sukarela", 50_000)):
            kind = kind_of(melati, code)
            savings.deposit(
                member=found, kind=kind, amount_idr=amount, key=uuid4(), on=MONDAY, by=tono
            )
    return found


@pytest.fixture
def leaving(member: Member, melati: Cooperative, rini: User) -> Exit:
    with scope.cooperative(melati.pk):
        return _ask(member, rini)()


def _ask(member: Member, by: User) -> Callable[[], Any]:
    return lambda: exits.request(
        member=member, reason=ExitReason.RESIGNED, key=uuid4(), on=MONDAY, by=by
    )


def _decide(exit: Exit, by: User, key: Any = None) -> Callable[[], Any]:
    key = key or uuid4()
    return lambda: exits.decide(
        exit=exit, decision=Decision("1/BA", MONDAY), key=key, on=MONDAY, by=by
    )


def test_nobody_resigns_twice_at_the_same_moment(
    member: Member, melati: Cooperative, rini: User, budi: User
) -> None:
    answers = at_once(melati, _ask(member, rini), _ask(member, budi))
    assert sorted(type(answer).__name__ for answer in answers) == ["Exit", "ExitRefused"]
    with scope.cooperative(melati.pk):
        assert Exit.objects.of(melati).count() == 1


@pytest.mark.parametrize("is_retry", [True, False])
def test_a_leaving_is_decided_and_paid_once(
    leaving: Exit, melati: Cooperative, budi: User, is_retry: bool
) -> None:
    key = uuid4()
    acts = [_decide(leaving, budi, key if is_retry else None) for _try in range(2)]
    names = sorted(type(answer).__name__ for answer in at_once(melati, *acts))
    assert names == (["Exit", "Exit"] if is_retry else ["DecisionRefused", "Exit"])
    with scope.cooperative(melati.pk):
        assert checks.differences(melati) == []
        assert CooperativeFigures.objects.of(melati).get().active_members == 0
        assert SavingsEntry.objects.of(melati).filter(amount_idr__lt=0).count() == 2


def test_a_deposit_at_the_moment_of_the_decision_is_refused_or_paid_back(
    leaving: Exit, melati: Cooperative, budi: User, tono: User
) -> None:
    kind = kind_of(melati, "sukarela")
    at_once(
        melati,
        _decide(leaving, budi),
        lambda: savings.deposit(
            member=leaving.member, kind=kind, amount_idr=10_000, key=uuid4(), on=MONDAY, by=tono
        ),
    )
    with scope.cooperative(melati.pk):
        exit = Exit.objects.of(melati).select_related("member").get()
        assert exit.member.status == Status.LEFT
        assert exit.refund_idr in (150_000, 160_000)
        assert checks.differences(melati) == []


def test_a_refund_is_paid_once_at_the_same_moment(
    leaving: Exit, melati: Cooperative, budi: User, tono: User
) -> None:
    with scope.cooperative(melati.pk):
        decision = Decision("1/BA", MONDAY, MONDAY)
        exits.decide(exit=leaving, decision=decision, key=uuid4(), on=MONDAY, by=budi)

    def pay() -> Any:
        return exits.pay(exit=leaving, key=uuid4(), on=MONDAY, by=tono)

    answers = at_once(melati, pay, pay)
    assert sorted(type(answer).__name__ for answer in answers) == ["Exit", "PayoutRefused"]
    with scope.cooperative(melati.pk):
        assert checks.differences(melati) == []
