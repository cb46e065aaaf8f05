"""Entries, balances and books agree whatever happens, and a difference is named."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from uuid import uuid4

from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.models import Journal
from kkmp.access.models import User
from kkmp.lib.errors import DomainError
from kkmp.registry.models import Cooperative, CooperativeFigures
from members.figures.queries import counters
from members.models import Member, SavingsBalance, SavingsEntry, SavingsKind
from members.savings import checks
from members.savings import queries as savings_queries
from tests.conftest import MONDAY

Act = Callable[..., SavingsEntry]


def test_nothing_differs_where_nothing_is(in_melati: Cooperative) -> None:
    assert checks.savings_differences(in_melati) == []


def test_a_balance_that_strays_is_named(ayu: Member, voluntary: SavingsKind, pay: Act) -> None:
    pay(ayu, voluntary, 50_000)
    SavingsBalance.objects.of(ayu.cooperative).filter(kind=voluntary).update(balance_idr=50_001)
    (difference,) = checks.savings_differences(ayu.cooperative)
    assert difference.member_id == ayu.id
    for part in ("Ayu (rekaan)", "Simpanan sukarela", "Rp50.000", "Rp50.001"):
        assert part in str(difference)


def test_savings_in_the_books_without_an_entry_are_named(
    ayu: Member, voluntary: SavingsKind, tono: User
) -> None:
    _post(ayu, voluntary, tono, party=True)
    (difference,) = checks.savings_differences(ayu.cooperative)
    assert difference.member_id == ayu.id
    assert voluntary.account_code in str(difference)


def test_savings_of_nobody_are_named(ayu: Member, voluntary: SavingsKind, tono: User) -> None:
    _post(ayu, voluntary, tono, party=False)
    (difference,) = checks.savings_differences(ayu.cooperative)
    assert difference.member_id is None


def test_a_running_balance_that_is_not_the_sum_is_named(
    ayu: Member, voluntary: SavingsKind, tono: User
) -> None:
    SavingsEntry.objects.create(
        cooperative=ayu.cooperative,
        member=ayu,
        kind=voluntary,
        number=99,
        date=MONDAY,
        amount_idr=7_000,
        balance_after_idr=7_777,
        journal=_post(ayu, voluntary, tono, party=True),
    )
    SavingsBalance.objects.create(
        cooperative=ayu.cooperative, member=ayu, kind=voluntary, balance_idr=7_000
    )
    (difference,) = checks.savings_differences(ayu.cooperative)
    for part in ("99", "Rp7.777", "Rp7.000"):
        assert part in str(difference)


#: What, whose, of which kind, how much; a correction takes the entry that the amount points at.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["deposit", "deposit", "withdraw", "correct"]),
        st.integers(0, 1),
        st.sampled_from(["pokok", "wajib", "sukarela"]),
        st.integers(1, 100_000),
    ),
    max_size=12,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_whatever_happens_entries_balances_and_books_agree(
    wulan: Member, ayu: Member, pay: Act, take: Act, correct: Act, steps: list
) -> None:
    cooperative = ayu.cooperative
    kinds = {kind.code: kind for kind in savings_queries.kinds(cooperative)}
    savepoint = transaction.savepoint()
    entries: list[SavingsEntry] = []
    for act, whose, code, amount in steps:
        member, kind = (wulan, ayu)[whose], kinds[code]
        with suppress(DomainError):
            if act == "deposit":
                entries.append(pay(member, kind, amount))
            elif act == "withdraw":
                entries.append(take(member, kind, amount))
            elif entries:
                entries.append(correct(entries[amount % len(entries)]))
    _assert_all_agrees(cooperative, entries)
    transaction.savepoint_rollback(savepoint)


def _assert_all_agrees(cooperative: Cooperative, entries: list[SavingsEntry]) -> None:
    held: Counter = Counter({"pokok": 100_000})
    for entry in entries:
        held[entry.kind.code] += entry.amount_idr
        assert entry.balance_after_idr >= 0
    assert checks.savings_differences(cooperative) == []
    figures = CooperativeFigures.objects.of(cooperative).get()
    assert held["pokok"] == figures.principal_idr
    assert held["wajib"] == figures.mandatory_idr
    assert held["sukarela"] == figures.voluntary_idr
    counted = counters.figures_now(cooperative)
    assert counted == {name: getattr(figures, name) for name in counted}
    moved = sum((Counter(day) for day in counters.figures_by_day(cooperative).values()), Counter())
    assert dict(moved) == {name: value for name, value in counted.items() if value}
    connection.check_constraints()


def _post(member: Member, kind: SavingsKind, by: User, *, party: bool) -> Journal:
    return ledger.post(
        cooperative=member.cooperative,
        kind="manual",
        memo="Salah tempat",
        key=uuid4(),
        on=MONDAY,
        by=by,
        entries=[
            ledger.debit(Code.CASH, 7_000),
            ledger.credit(kind.account_code, 7_000, party=member.party if party else None),
        ],
    )
