"""Two people at the same moment: the database makes them take turns."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from finance.models import Journal
from kkmp.access.models import User
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.dues.services import collections
from members.dues.services.collections import Payment
from members.models import Member, SavingsKind, Status
from members.register.services import membership
from members.register.services.membership import Particulars
from members.savings import checks
from members.savings import queries as savings_queries
from members.savings.services import savings
from tests.at_once import at_once
from tests.conftest import MONDAY
from tests.members.conftest import NIKS

pytestmark = pytest.mark.django_db(transaction=True)


def registered(cooperative: Cooperative, by: User, **particulars: Any) -> Member:
    with scope.cooperative(cooperative.pk):
        return membership.register(
            cooperative=cooperative,
            particulars=Particulars(name="Wulan", **particulars),
            on=MONDAY,
            by=by,
        )


def kind_of(cooperative: Cooperative, code: str) -> SavingsKind:
    with scope.cooperative(cooperative.pk):
        return SavingsKind.objects.of(cooperative).get(code=code)


def test_a_double_click_is_taken_once(melati: Cooperative, rini: User, tono: User) -> None:
    member, kind, key = registered(melati, rini, nik=NIKS[0]), kind_of(melati, "pokok"), uuid4()

    def pay() -> Any:
        return savings.deposit(
            member=member, kind=kind, amount_idr=100_000, key=key, on=MONDAY, by=tono
        )

    first, second = at_once(melati, pay, pay)
    assert first == second
    assert {first.was_recorded_before, second.was_recorded_before} == {True, False}
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
    assert {first.was_recorded_before, second.was_recorded_before} == {True, False}
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
