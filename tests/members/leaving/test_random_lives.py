"""Random lives of memberships: whatever happens, no rupiah is created or lost."""

from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.ledger import checks as ledger_checks
from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.models import Line
from kkmp.access.models import User
from kkmp.lib.errors import DomainError
from kkmp.registry.models import Cooperative, CooperativeFigures
from members.figures.queries import counters
from members.leaving import checks as leaving_checks
from members.leaving.services import exits, readmission
from members.leaving.services.exits import Decision, Heir
from members.models import Exit, ExitReason, Member, SavingsBalance, SavingsEntry, Status
from members.savings import queries as savings_queries
from members.savings.services import savings
from tests.conftest import MONDAY

#: What somebody tries, who, of which kind or with which choice, how much, and days later.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "deposit",
                "deposit",
                "join",
                "withdraw",
                "correct",
                "buy",
                "ask",
                "take_back",
                "decide",
                "decide",
                "leave",
                "leave",
                "pay",
                "unpay",
                "readmit",
            ]
        ),
        st.integers(0, 1),
        st.integers(0, 2),
        st.integers(1, 100_000),
        st.integers(0, 2),
    ),
    min_size=8,
    max_size=24,
)
CODES = ("pokok", "wajib", "sukarela")
REASONS = (ExitReason.RESIGNED, ExitReason.DIED, ExitReason.DECLINED)


@dataclass
class Life:
    """Two people, what was done, and what a child's arithmetic says of the cash."""

    cooperative: Cooperative
    people: tuple[Member, Member]
    clerk: User
    board: User
    cash_idr: int
    day: date = MONDAY
    entries: list[SavingsEntry] = field(default_factory=list)

    def act(self, what: str, who: int, choice: int, amount_idr: int) -> None:
        getattr(self, what)(self.people[who], choice, amount_idr)

    def deposit(self, member: Member, choice: int, amount_idr: int) -> None:
        kind, key = self._kind(choice), uuid4()
        self._pay_in(member, kind, amount_idr, key)

    def join(self, member: Member, choice: int, amount_idr: int) -> None:
        held = SavingsBalance.objects.of(self.cooperative).filter(member=member, kind__code="pokok")
        paid = held.values_list("balance_idr", flat=True).first() or 0
        self._pay_in(member, self._kind(0), 100_000 - paid, uuid4())

    def _pay_in(self, member: Member, kind: Any, amount_idr: int, key: UUID) -> None:
        for _try in range(2):
            entry = savings.deposit(
                member=member, kind=kind, amount_idr=amount_idr, key=key, on=self.day, by=self.board
            )
        self.entries.append(entry)
        self.cash_idr += amount_idr

    def withdraw(self, member: Member, choice: int, amount_idr: int) -> None:
        self.entries.append(
            savings.withdraw(
                member=member,
                kind=self._kind(2),
                amount_idr=amount_idr,
                key=uuid4(),
                on=self.day,
                by=self.board,
            )
        )
        self.cash_idr -= amount_idr

    def correct(self, member: Member, choice: int, amount_idr: int) -> None:
        if self.entries:
            entry = savings.reverse_entry(
                entry=self.entries[amount_idr % len(self.entries)],
                reason="salah",
                key=uuid4(),
                on=self.day,
                by=self.board,
            )
            self.cash_idr += entry.amount_idr

    def buy(self, member: Member, choice: int, amount_idr: int) -> None:
        """On credit, and only who is a member."""
        member.refresh_from_db()
        if member.is_active:
            ledger.post(
                cooperative=self.cooperative,
                kind="manual",
                memo="Bon",
                entries=[
                    ledger.debit(Code.MEMBER_CREDIT, amount_idr, party=member.party),
                    ledger.credit(Code.MEMBER_SALES, amount_idr),
                ],
                key=uuid4(),
                on=self.day,
                by=self.board,
            )

    def ask(self, member: Member, choice: int, amount_idr: int) -> None:
        key = uuid4()
        for _try in range(2):
            exits.request(
                member=member,
                reason=REASONS[choice],
                heir=Heir("Waris"),
                key=key,
                on=self.day,
                by=self.clerk,
            )

    def take_back(self, member: Member, choice: int, amount_idr: int) -> None:
        exit = self._latest(member)
        if exit is not None and not choice:
            exits.take_back(exit=exit, by=self.clerk)

    def decide(self, member: Member, choice: int, amount_idr: int) -> None:
        exit, key = self._latest(member), uuid4()
        pay_on = self.day + timedelta(days=30) if choice else None
        if exit is not None:
            decision = Decision("1/BA", exit.requested_on, pay_on)
            decided = exits.decide(
                exit=exit, decision=decision, key=key, on=self.day, by=self.board
            )
            self.cash_idr -= 0 if pay_on else decided.refund_idr
            again = exits.decide(exit=exit, decision=decision, key=key, on=self.day, by=self.board)
            assert again.is_repeat

    def leave(self, member: Member, choice: int, amount_idr: int) -> None:
        """The usual way: asked for as fits, and decided."""
        member.refresh_from_db()
        with suppress(DomainError):
            self.ask(member, 0 if member.is_active else 2, amount_idr)
        self.decide(member, choice, amount_idr)

    def pay(self, member: Member, choice: int, amount_idr: int) -> None:
        exit, key = self._latest(member), uuid4()
        if exit is not None:
            for _try in range(2):
                paid = exits.pay(exit=exit, key=key, on=self.day, by=self.board)
            self.cash_idr -= paid.refund_idr

    def unpay(self, member: Member, choice: int, amount_idr: int) -> None:
        exit = self._latest(member)
        if exit is not None:
            exits.unpay(exit=exit, reason="salah", key=uuid4(), on=self.day, by=self.board)
            self.cash_idr += exit.refund_idr

    def readmit(self, member: Member, choice: int, amount_idr: int) -> None:
        readmission.readmit(member=member, by_board=True, on=self.day, by=self.clerk)

    def _latest(self, member: Member) -> Exit | None:
        rows = Exit.objects.of(self.cooperative).filter(member=member).select_related("member")
        return rows.order_by("-id").first()

    def _kind(self, choice: int) -> Any:
        return savings_queries.kinds(self.cooperative).get(code=CODES[choice])


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_no_rupiah_is_created_or_lost_over_a_membership(
    wulan: Member, ayu: Member, rini: User, budi: User, steps: list
) -> None:
    savepoint = transaction.savepoint()
    life = Life(ayu.cooperative, (wulan, ayu), rini, budi, cash_idr=100_000)
    for what, who, choice, amount_idr, days in steps:
        life.day += timedelta(days=days)
        with suppress(DomainError), transaction.atomic():
            life.act(what, who, choice, amount_idr)
    with translation.override("en"):
        assert ledger_checks.differences(life.cooperative) == []
    _assert_ledger_entries_and_balances_agree(life)
    _assert_refunds_are_owed(life)
    _assert_the_counters_agree(life.cooperative)
    _assert_who_left_holds_nothing(life.cooperative)
    connection.check_constraints()
    transaction.savepoint_rollback(savepoint)


def _assert_ledger_entries_and_balances_agree(life: Life) -> None:
    owed = _balances(life.cooperative)
    held = sum(row.balance_idr for row in SavingsBalance.objects.of(life.cooperative))
    entered = sum(entry.amount_idr for entry in SavingsEntry.objects.of(life.cooperative))
    kept = sum(owed[code] for code in ("3-1101", "3-1102", "2-1103"))
    assert held == entered == kept
    # What came in and was not paid out is either savings, or owed to former members, or it paid
    # for goods bought on credit.
    assert -owed[Code.CASH] == life.cash_idr
    paid_for = owed[Code.MEMBER_SALES] + owed[Code.MEMBER_CREDIT]
    assert life.cash_idr == kept + owed[Code.FORMER_MEMBERS] + paid_for
    settled = sum(exit.settled_idr for exit in Exit.objects.of(life.cooperative))
    assert settled == paid_for


def _assert_refunds_are_owed(life: Life) -> None:
    due: Counter = Counter()
    for exit in Exit.objects.of(life.cooperative).select_related("member"):
        due[exit.member.party_id] += exit.refund_idr if exit.is_due else 0
    for member in life.people:
        assert (
            _balances(life.cooperative, member.party_id)[Code.FORMER_MEMBERS]
            == (due[member.party_id])
        )
    assert leaving_checks.refund_differences(life.cooperative) == []


def _assert_the_counters_agree(cooperative: Cooperative) -> None:
    figures = CooperativeFigures.objects.of(cooperative).get()
    counted = counters.figures_now(cooperative)
    assert counted == {name: getattr(figures, name) for name in counted}
    moved: dict[str, int] = defaultdict(int)
    for day in counters.figures_by_day(cooperative).values():
        for name, change in day.items():
            moved[name] += change
    assert {name: moved[name] for name in counted} == counted


def _assert_who_left_holds_nothing(cooperative: Cooperative) -> None:
    gone = SavingsBalance.objects.of(cooperative).filter(member__status=Status.LEFT)
    assert not gone.exclude(balance_idr=0).exists()
    numbers = [member.number for member in Member.objects.of(cooperative) if member.number]
    old = [e.member_number for e in Exit.objects.of(cooperative) if e.is_decided]
    current = Member.objects.of(cooperative).with_status(Status.ACTIVE)
    assert not {member.number for member in current} & set(old)
    assert len(numbers) == len(set(numbers))


def _balances(cooperative: Cooperative, party_id: UUID | None = None) -> Counter:
    """Credits less debits, by account."""
    lines = Line.objects.of(cooperative).select_related("account")
    found: Counter = Counter()
    for line in lines.filter(party_id=party_id) if party_id else lines:
        found[line.account.code] += line.credit_idr - line.debit_idr
    return found


def test_a_refund_that_the_books_do_not_owe_is_named(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], tono: User
) -> None:
    decide(ask(rich), pay_on=MONDAY)
    ledger.post(
        cooperative=rich.cooperative,
        kind="manual",
        memo="Salah tempat",
        entries=[
            ledger.debit(Code.FORMER_MEMBERS, 5_000, party=rich.party),
            ledger.credit(Code.CASH, 5_000),
        ],
        key=uuid4(),
        on=MONDAY,
        by=tono,
    )
    (difference,) = leaving_checks.refund_differences(rich.cooperative)
    assert difference.member_id == rich.id
    for part in ("Ayu (rekaan)", "Rp175.000", "Rp170.000", "2-1117"):
        assert part in str(difference)


def test_a_leaving_that_says_something_else_than_its_entries_is_named(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit]
) -> None:
    exit = decide(ask(rich))
    Exit.objects.of(rich.cooperative).filter(id=exit.id).update(
        savings_idr=176_000, refund_idr=176_000
    )
    (difference,) = leaving_checks.refund_differences(rich.cooperative)
    for part in ("Ayu (rekaan)", "Rp175.000", "Rp176.000"):
        assert part in str(difference)
