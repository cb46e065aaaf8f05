"""Leaving: asked for, decided by another person, settled to the rupiah, paid once."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from finance.ledger import checks
from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.models import Line, Party
from finance.months.services.months import close
from kkmp.access.models import AuditEvent, User
from kkmp.lib.confirmed_amounts import AmountChanged
from kkmp.registry.models import Cooperative, CooperativeFigures
from members.figures.queries import counters
from members.leaving.services import exits, settlements
from members.leaving.services.exits import Heir
from members.models import (
    Exit,
    ExitReason,
    ExitState,
    Member,
    SavingsEntry,
    SavingsKind,
    Status,
    StatusChange,
)
from members.register.services import membership
from members.savings import queries as savings_queries
from members.savings.checks import savings_differences
from tests.conftest import MONDAY

Act = Callable[..., SavingsEntry]
TUESDAY = MONDAY + timedelta(days=1)
LATER = date(2027, 3, 31)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def owes(member: Member, amount_idr: int, by: User) -> None:
    """A debt that a cooperative brought along, posted by hand: no shop has a sale for it."""
    ledger.post(
        cooperative=member.cooperative,
        kind="manual",
        memo="Bon",
        entries=[
            ledger.debit(Code.MEMBER_CREDIT, amount_idr, party=member.party),
            ledger.credit(Code.MEMBER_SALES, amount_idr),
        ],
        key=uuid4(),
        on=MONDAY,
        by=by,
    )


def balance_of(cooperative: Cooperative, code: str, party: Party | None = None) -> int:
    """Credits less debits of an account, of one party where it is named."""
    lines = Line.objects.of(cooperative).filter(account__code=code)
    lines = lines.filter(party=party) if party else lines
    return sum(line.credit_idr - line.debit_idr for line in lines)


# --- Asking ----------------------------------------------------------------------------------


def test_a_request_moves_nothing(rich: Member, ask: Callable[..., Exit]) -> None:
    exit = ask(rich, note="  pindah  kerja ")
    assert (exit.state, exit.note) == (ExitState.REQUESTED, "pindah kerja")
    assert (exit.member_number, exit.member_since) == (1, MONDAY)
    rich.refresh_from_db()
    assert rich.status == Status.ACTIVE
    assert AuditEvent.objects.of(rich.cooperative).filter(action="exit.request").count() == 1


def test_a_request_sent_twice_is_recorded_once(rich: Member, ask: Callable[..., Exit]) -> None:
    key = uuid4()
    first, second = ask(rich, key=key), ask(rich, key=key, on=TUESDAY)
    assert first == second
    assert second.is_repeat
    with pytest.raises(ledger.KeyReused):
        ask(rich, ExitReason.MOVED, key=key)
    with pytest.raises(ledger.KeyReused):
        ask(rich, key=key, asked_on=TUESDAY, on=TUESDAY)


def test_nobody_leaves_twice(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit]
) -> None:
    exit = ask(rich)
    with pytest.raises(exits.ExitRefused, match="waits for a decision"):
        ask(rich)
    decide(exit)
    with pytest.raises(exits.ExitRefused, match="has left already"):
        ask(rich)


@pytest.mark.parametrize("number", [1, None])
def test_the_database_holds_one_leaving_a_membership(
    rich: Member, ask: Callable[..., Exit], number: int | None
) -> None:
    exit = ask(rich)
    Exit.objects.of(rich.cooperative).filter(id=exit.id).update(member_number=number)
    exit.refresh_from_db()
    exit.pk, exit.key = uuid4(), uuid4()
    with (
        pytest.raises(IntegrityError, match="members_exit_once_a_membership"),
        transaction.atomic(),
    ):
        exit.save(force_insert=True)


def test_a_decision_key_and_a_due_day_are_held_by_the_database(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], enrol: Any
) -> None:
    exit = decide(ask(rich), pay_on=LATER)
    rows = Exit.objects.of(rich.cooperative)
    with pytest.raises(IntegrityError, match="members_exit_paid_or_due"), transaction.atomic():
        rows.filter(id=exit.id).update(pay_on=None)
    other = ask(enrol("Lain (rekaan)"), ExitReason.DECLINED)
    with pytest.raises(IntegrityError, match="members_exit_decision_key"), transaction.atomic():
        rows.filter(id=other.id).update(decision_key=exit.decision_key)


def test_the_reason_fits_where_the_person_stands(
    rich: Member, wulan: Member, ask: Callable[..., Exit]
) -> None:
    with pytest.raises(exits.ExitRefused) as refusal:
        ask(rich, ExitReason.DECLINED)
    assert "reason" in refusal.value.fields
    for reason in (ExitReason.RESIGNED, ExitReason.DISMISSED, ExitReason.MOVED):
        with pytest.raises(exits.ExitRefused):
            ask(wulan, reason)


def test_who_died_needs_an_heir(rich: Member, ask: Callable[..., Exit]) -> None:
    with pytest.raises(exits.ExitRefused) as refusal:
        ask(rich, ExitReason.DIED, heir=Heir("  "))
    assert "heir_name" in refusal.value.fields
    exit = ask(rich, ExitReason.DIED, heir=Heir(" Budi  (rekaan)", "anak", "+628120000009"))
    assert Heir.of(exit) == Heir("Budi (rekaan)", "anak", "+628120000009")


@pytest.mark.parametrize("days", [-1, 1])
def test_the_day_of_the_letter_lies_within_the_membership(
    rich: Member, ask: Callable[..., Exit], days: int
) -> None:
    with pytest.raises(exits.ExitRefused) as refusal:
        ask(rich, asked_on=MONDAY + timedelta(days=days))
    assert "asked_on" in refusal.value.fields


def test_a_request_can_be_taken_back_until_it_is_decided(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], rini: User
) -> None:
    exit = exits.take_back(exit=ask(rich), by=rini)
    assert exits.take_back(exit=exit, by=rini).state == ExitState.CANCELLED
    assert AuditEvent.objects.of(rich.cooperative).filter(action="exit.take_back").count() == 1
    with pytest.raises(exits.DecisionRefused, match="taken back"):
        decide(exit)
    decided = decide(ask(rich))
    with pytest.raises(exits.ExitRefused):
        exits.take_back(exit=decided, by=rini)


def test_the_heir_can_be_corrected_until_the_payment(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], rini: User, tono: User
) -> None:
    exit = decide(ask(rich, ExitReason.DIED, heir=Heir("Bidi")), pay_on=LATER)
    exit = exits.correct_heir(exit=exit, heir=Heir("Budi", "anak"), by=rini)
    assert exit.heir_name == "Budi"
    with pytest.raises(exits.ExitRefused) as refusal:
        exits.correct_heir(exit=exit, heir=Heir(""), by=rini)
    assert "heir_name" in refusal.value.fields
    exit = exits.pay(exit=exit, key=uuid4(), on=TUESDAY, by=tono)
    with pytest.raises(exits.ExitRefused):
        exits.correct_heir(exit=exit, heir=Heir("Lain"), by=rini)


# --- Deciding --------------------------------------------------------------------------------


def test_every_kind_is_paid_back_and_the_books_say_so(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit]
) -> None:
    cooperative, cash_idr = rich.cooperative, -balance_of(rich.cooperative, Code.CASH)
    exit = decide(ask(rich))
    lines = exit.lines.filter(cooperative=cooperative).order_by("kind__position")
    assert [line.amount_idr for line in lines] == [100_000, 30_000, 45_000]
    assert (exit.savings_idr, exit.settled_idr, exit.refund_idr) == (175_000, 0, 175_000)
    assert getattr(exit.journal, "kind", "") == "savings.exit"
    assert getattr(exit.payment, "kind", "") == "savings.refund"
    assert -balance_of(cooperative, Code.CASH) == cash_idr - 175_000
    assert balance_of(cooperative, Code.FORMER_MEMBERS, rich.party) == 0
    assert savings_queries.with_savings(cooperative).get(id=rich.id).savings_idr == 0
    assert savings_differences(cooperative) == []


def test_deciding_strikes_off_the_register_and_counts_one_less(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit]
) -> None:
    exit = decide(ask(rich), on=TUESDAY)
    rich.refresh_from_db()
    assert (rich.status, rich.left_on, rich.number) == (Status.LEFT, MONDAY, 1)
    assert (exit.number, exit.decision_number, exit.decided_on) == (1, "12/BA/2026", MONDAY)
    change = StatusChange.objects.of(rich.cooperative).filter(member=rich).latest("id")
    assert (change.before, change.after, change.on) == (Status.ACTIVE, Status.LEFT, MONDAY)
    figures = CooperativeFigures.objects.of(rich.cooperative).get()
    assert (figures.active_members, figures.principal_idr, figures.voluntary_idr) == (0, 0, 0)
    assert counters.figures_now(rich.cooperative)["active_members"] == 0


def test_who_recorded_the_request_does_not_decide_it(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], budi: User
) -> None:
    exit = ask(rich, by=budi)
    with pytest.raises(exits.DecisionRefused, match="recorded this request yourself"):
        decide(exit)
    rich.refresh_from_db()
    assert rich.is_active


def test_a_decision_sent_twice_is_posted_once(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit]
) -> None:
    exit, key = ask(rich), uuid4()
    first = decide(exit, key=key)
    again = decide(exit, key=key, on=TUESDAY)
    assert (again, again.is_repeat) == (first, True)
    assert balance_of(rich.cooperative, Code.FORMER_MEMBERS) == 0
    for changes in ({"number": "13"}, {"pay_on": LATER}, {"decided_on": TUESDAY, "on": TUESDAY}):
        with pytest.raises(ledger.KeyReused):
            decide(exit, key=key, **changes)
    with pytest.raises(exits.DecisionRefused, match="decided already"):
        decide(exit)


def test_a_decision_s_key_is_not_taken_for_another(
    rich: Member, wulan: Member, ask: Callable[..., Exit], decide: Callable[..., Exit]
) -> None:
    key = uuid4()
    decide(ask(rich), key=key)
    with pytest.raises(ledger.KeyReused):
        decide(ask(wulan, ExitReason.DECLINED), key=key)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": " "}, "decision_number"),
        ({"decided_on": TUESDAY}, "decided_on"),
        ({"decided_on": MONDAY - timedelta(days=1)}, "decided_on"),
        ({"pay_on": MONDAY - timedelta(days=1)}, "pay_on"),
    ],
)
def test_what_is_wrong_with_a_decision_is_said_beside_the_input(
    rich: Member,
    ask: Callable[..., Exit],
    decide: Callable[..., Exit],
    changes: dict[str, Any],
    field: str,
) -> None:
    with pytest.raises(exits.DecisionRefused) as refusal:
        decide(ask(rich), **changes)
    assert field in refusal.value.fields


def test_a_closed_month_takes_no_decision(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], tono: User
) -> None:
    exit = ask(rich)
    close(cooperative=rich.cooperative, month=date(2026, 11, 1), on=date(2026, 12, 1), by=tono)
    with pytest.raises(ledger.MonthClosed):
        decide(exit)


def test_what_is_owed_is_settled_first(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], tono: User
) -> None:
    owes(rich, 60_000, tono)
    exit = decide(ask(rich), pay_on=LATER)
    assert (exit.savings_idr, exit.settled_idr, exit.refund_idr) == (175_000, 60_000, 115_000)
    assert balance_of(rich.cooperative, Code.MEMBER_CREDIT, rich.party) == 0
    assert balance_of(rich.cooperative, Code.FORMER_MEMBERS, rich.party) == 115_000
    assert checks.differences(rich.cooperative) == []


def test_a_debt_above_the_savings_has_to_be_paid_first(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], tono: User
) -> None:
    owes(rich, 200_000, tono)
    assert settlements.settlement_of(rich).short_idr == 25_000
    exit = ask(rich)
    with pytest.raises(exits.DecisionRefused, match=r"Rp\xa025,000 has to be paid first"):
        decide(exit)
    rich.refresh_from_db()
    assert rich.is_active


def test_a_debt_that_takes_all_leaves_nothing_to_pay(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], tono: User
) -> None:
    owes(rich, 175_000, tono)
    exit = decide(ask(rich))
    assert (exit.refund_idr, exit.payment, exit.pay_on, exit.is_due) == (0, None, None, False)
    with pytest.raises(exits.PayoutRefused, match="nothing to pay"):
        exits.pay(exit=exit, key=uuid4(), on=MONDAY, by=tono)


def test_who_applied_and_does_not_go_on_gets_the_part_back(
    wulan: Member,
    principal: SavingsKind,
    pay: Act,
    ask: Callable[..., Exit],
    decide: Callable[..., Exit],
) -> None:
    pay(wulan, principal, 40_000)
    exit = decide(ask(wulan, ExitReason.DECLINED))
    assert (exit.refund_idr, exit.member_number) == (40_000, None)
    wulan.refresh_from_db()
    assert wulan.status == Status.LEFT
    assert CooperativeFigures.objects.of(wulan.cooperative).get().active_members == 0


def test_somebody_without_savings_leaves_without_a_journal(
    wulan: Member, ask: Callable[..., Exit], decide: Callable[..., Exit]
) -> None:
    exit = decide(ask(wulan, ExitReason.DECLINED))
    assert (exit.journal, exit.payment, exit.savings_idr) == (None, None, 0)
    assert exit.number == 1


def test_an_applicant_who_became_a_member_meanwhile_is_not_declined(
    wulan: Member,
    rini: User,
    ask: Callable[..., Exit],
    decide: Callable[..., Exit],
) -> None:
    exit = ask(wulan, ExitReason.DECLINED)
    # A list that is taken over may do that; nobody can pay in while it waits.
    membership.activate(member=wulan, on=MONDAY, by=rini)
    with pytest.raises(exits.DecisionRefused, match="has become a member"):
        decide(exit)


# --- Paying ----------------------------------------------------------------------------------


def test_a_refund_is_owed_until_its_day(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], tono: User
) -> None:
    exit = decide(ask(rich), pay_on=LATER)
    assert (exit.is_due, exit.pay_on, exit.paid_on) == (True, LATER, None)
    assert balance_of(rich.cooperative, Code.FORMER_MEMBERS, rich.party) == 175_000
    assert checks.differences(rich.cooperative) == []
    exit = exits.pay(exit=exit, key=uuid4(), on=TUESDAY, by=tono)
    assert (exit.is_due, exit.paid_on, exit.paid_by) == (False, TUESDAY, tono)
    assert balance_of(rich.cooperative, Code.FORMER_MEMBERS, rich.party) == 0
    assert checks.differences(rich.cooperative) == []


def test_a_payment_sent_twice_is_paid_once(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], tono: User
) -> None:
    exit, key = decide(ask(rich), pay_on=LATER), uuid4()
    first = exits.pay(exit=exit, key=key, on=MONDAY, by=tono)
    again = exits.pay(exit=exit, key=key, on=TUESDAY, by=tono)
    assert (again.payment, again.is_repeat) == (first.payment, True)
    with pytest.raises(exits.PayoutRefused, match="paid out already"):
        exits.pay(exit=exit, key=uuid4(), on=MONDAY, by=tono)
    assert AuditEvent.objects.of(rich.cooperative).filter(action="exit.pay").count() == 1


def test_nothing_is_paid_before_it_is_decided(
    rich: Member, ask: Callable[..., Exit], tono: User
) -> None:
    with pytest.raises(exits.PayoutRefused, match="decided before"):
        exits.pay(exit=ask(rich), key=uuid4(), on=MONDAY, by=tono)


def test_a_payment_that_was_not_made_is_undone_and_owed_again(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], tono: User
) -> None:
    exit, key = decide(ask(rich)), uuid4()
    undo = {"exit": exit, "reason": "uang  belum diambil", "key": key, "on": TUESDAY, "by": tono}
    undone = exits.unpay(**undo)
    assert (undone.is_due, undone.pay_on) == (True, TUESDAY)
    assert balance_of(rich.cooperative, Code.FORMER_MEMBERS, rich.party) == 175_000
    assert exits.unpay(**undo).is_repeat
    with pytest.raises(ledger.KeyReused):
        exits.unpay(**undo | {"reason": "lain"})
    with pytest.raises(exits.PayoutRefused, match="not been paid"):
        exits.unpay(**undo | {"key": uuid4()})
    paid = exits.pay(exit=exit, key=uuid4(), on=TUESDAY, by=tono)
    with pytest.raises(exits.PayoutRefused) as refusal:
        exits.unpay(**undo | {"key": uuid4(), "reason": " "})
    assert "reason" in refusal.value.fields
    assert paid.payment
    assert checks.differences(rich.cooperative) == []


def test_the_key_of_an_undone_payment_pays_nothing_again(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], tono: User
) -> None:
    exit, key = decide(ask(rich), pay_on=LATER), uuid4()
    exits.pay(exit=exit, key=key, on=MONDAY, by=tono)
    exits.unpay(exit=exit, reason="salah", key=uuid4(), on=MONDAY, by=tono)
    with pytest.raises(ledger.KeyReused):
        exits.pay(exit=exit, key=key, on=MONDAY, by=tono)


def test_the_first_receipt_is_the_original(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], tono: User
) -> None:
    exit = decide(ask(rich), pay_on=LATER)
    with pytest.raises(exits.PayoutRefused):
        exits.issue_receipt(exit=exit, by=tono)
    exits.pay(exit=exit, key=uuid4(), on=MONDAY, by=tono)
    assert [exits.issue_receipt(exit=exit, by=tono) for _time in range(2)] == [0, 1]


# --- One balance over everything ---------------------------------------------------------------


def owed_by_shop(member: Member, amount_idr: int, by: User) -> None:
    """Goods bought on credit and paid in cash have come back: the shop owes the member."""
    ledger.post(
        cooperative=member.cooperative,
        kind="manual",
        memo="Barang kembali",
        entries=[
            ledger.debit(Code.CASH, amount_idr),
            ledger.credit(Code.MEMBER_CREDIT, amount_idr, party=member.party),
        ],
        key=uuid4(),
        on=MONDAY,
        by=by,
    )


def test_what_the_shop_owes_is_paid_with_the_savings(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], tono: User
) -> None:
    owed_by_shop(rich, 88_000, tono)
    exit = decide(ask(rich))
    assert (exit.savings_idr, exit.credited_idr, exit.settled_idr) == (175_000, 88_000, 0)
    assert exit.refund_idr == 263_000
    cooperative = rich.cooperative
    assert balance_of(cooperative, Code.MEMBER_CREDIT, rich.party) == 0
    assert balance_of(cooperative, Code.FORMER_MEMBERS, rich.party) == 0
    assert balance_of(cooperative, Code.CASH) == 0  # paid in, and paid out
    assert checks.differences(cooperative) == []


def test_what_was_seen_is_what_is_decided_and_paid(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], tono: User
) -> None:
    exit = ask(rich)
    with pytest.raises(AmountChanged, match=r"Rp\xa0175,000 now, and was Rp\xa0150,000"):
        decide(exit, shown_idr=150_000)
    exit = decide(exit, LATER, shown_idr=175_000)
    with pytest.raises(AmountChanged):
        exits.pay(exit=exit, key=uuid4(), on=TUESDAY, by=tono, shown_idr=150_000)
    assert exits.pay(exit=exit, key=uuid4(), on=TUESDAY, by=tono, shown_idr=175_000).paid_on


def test_the_check_of_the_books_lists_what_stands_in_the_name_of_somebody_gone(
    rich: Member, ask: Callable[..., Exit], decide: Callable[..., Exit], tono: User
) -> None:
    decide(ask(rich))
    owed_by_shop(rich, 12_000, tono)
    assert [str(one) for one in checks.differences(rich.cooperative)] == [
        f"{rich.name} is no member, and account 1-1121 still holds Rp\xa012,000 in that name."
    ]
