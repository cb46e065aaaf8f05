"""Two collections at the same moment: the database makes them take turns."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from kkmp.access.models import User
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.dues.services import collections
from members.dues.services.collections import Payment
from members.models import Member
from members.savings import checks
from members.savings import queries as savings_queries
from members.savings.services import savings
from tests.at_once import at_once
from tests.conftest import MONDAY
from tests.members.committed import kind_of, registered
from tests.members.conftest import NIKS

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_sendings_of_one_collection_are_taken_once(
    melati: Cooperative, rini: User, tono: User
) -> None:
    member, key = _paid_up(melati, rini, tono), uuid4()
    payments = [Payment(member, kind_of(melati, "wajib"), 10_000)]

    def collect() -> Any:
        return collections.collect(
            cooperative=melati, payments=payments, title="Rapat", key=key, on=MONDAY, by=tono
        )

    first, second = at_once(melati, collect, collect)
    assert first == second
    assert {first.is_repeat, second.is_repeat} == {True, False}
    with scope.cooperative(melati.pk):
        assert savings_queries.holdings(member, on=MONDAY)[1].balance_idr == 10_000
        assert checks.savings_differences(melati) == []


def test_a_collection_and_a_deposit_of_one_member_both_count(
    melati: Cooperative, rini: User, tono: User
) -> None:
    member, kind = _paid_up(melati, rini, tono), kind_of(melati, "wajib")

    def collect() -> Any:
        return collections.collect(
            cooperative=melati,
            payments=[Payment(member, kind, 10_000)],
            title="Rapat",
            key=uuid4(),
            on=MONDAY,
            by=tono,
        )

    def pay() -> Any:
        return savings.deposit(
            member=member, kind=kind, amount_idr=20_000, key=uuid4(), on=MONDAY, by=tono
        )

    at_once(melati, collect, pay, collect, pay)
    with scope.cooperative(melati.pk):
        assert savings_queries.holdings(member, on=MONDAY)[1].balance_idr == 60_000
        assert checks.savings_differences(melati) == []


def test_one_key_for_two_meetings_is_taken_once(
    melati: Cooperative, rini: User, tono: User
) -> None:
    members = [_paid_up(melati, rini, tono, nik=NIKS[at]) for at in (0, 1)]
    kind, key = kind_of(melati, "wajib"), uuid4()

    def collect(member: Member) -> Callable[[], Any]:
        return lambda: collections.collect(
            cooperative=melati,
            payments=[Payment(member, kind, 10_000)],
            title="Rapat",
            key=key,
            on=MONDAY,
            by=tono,
        )

    answers = at_once(melati, *(collect(member) for member in members))
    assert sorted(type(answer).__name__ for answer in answers) == ["Collection", "KeyReused"]


def _paid_up(cooperative: Cooperative, rini: User, tono: User, nik: Any = NIKS[0]) -> Member:
    member = registered(cooperative, rini, nik=nik)
    with scope.cooperative(cooperative.pk):
        return savings.deposit(
            member=member,
            kind=kind_of(cooperative, "pokok"),
            amount_idr=100_000,
            key=uuid4(),
            on=MONDAY,
            by=tono,
        ).member
