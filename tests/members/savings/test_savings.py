from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest

from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.models import Journal, Line
from kkmp.access.models import AuditEvent, User
from kkmp.registry.models import Cooperative, CooperativeFigures, CooperativeSettings
from members.models import Member, SavingsEntry, SavingsKind, Status
from members.register.services.membership import RegistrationRefused
from members.savings import queries
from members.savings.services import savings
from members.savings.services.savings import DepositRefused, WithdrawalRefused
from tests.conftest import MONDAY
from tests.members.conftest import NIKS

Act = Callable[..., SavingsEntry]
Enrol = Callable[..., Member]


def _posted(entry: SavingsEntry) -> list[tuple[str, str, int, int]]:
    lines = Line.objects.of(entry.cooperative).filter(journal=entry.journal)
    return [
        (line.account.code, line.party.name if line.party else "", line.debit_idr, line.credit_idr)
        for line in lines.order_by("position")
    ]


def _settle(cooperative: Cooperative, *, principal_idr: int, valid_from: date) -> None:
    CooperativeSettings.objects.create(
        cooperative=cooperative,
        valid_from=valid_from,
        principal_idr=principal_idr,
        mandatory_idr=10_000,
    )


def test_a_deposit_posts_cash_against_the_member_s_savings(
    ayu: Member, voluntary: SavingsKind, pay: Act
) -> None:
    entry = pay(ayu, voluntary, 50_000)
    assert _posted(entry) == [
        (Code.CASH, "", 50_000, 0),
        (Code.VOLUNTARY_SAVINGS, "Ayu (rekaan)", 0, 50_000),
    ]
    assert (entry.amount_idr, entry.balance_after_idr, entry.date) == (50_000, 50_000, MONDAY)
    assert entry.journal.memo == "Simpanan sukarela: Ayu (rekaan)"
    event = AuditEvent.objects.of(ayu.cooperative).get(subject_id=str(entry.id))
    assert (event.action, event.details) == (
        "savings.deposit",
        {"kind": "sukarela", "amount_idr": 50_000},
    )


def test_the_city_s_counters_move_with_it(
    ayu: Member, mandatory: SavingsKind, voluntary: SavingsKind, pay: Act, take: Act
) -> None:
    pay(ayu, mandatory, 10_000)
    pay(ayu, voluntary, 30_000)
    take(ayu, voluntary, 5_000)
    figures = CooperativeFigures.objects.of(ayu.cooperative).get()
    assert (figures.principal_idr, figures.mandatory_idr, figures.voluntary_idr) == (
        100_000,
        10_000,
        25_000,
    )
    assert figures.active_members == 1


def test_full_principal_makes_a_member(wulan: Member, principal: SavingsKind, pay: Act) -> None:
    member = pay(wulan, principal, 100_000).member
    assert (member.status, member.number, member.joined_on) == (Status.ACTIVE, 1, MONDAY)


def test_a_part_of_the_principal_leaves_the_person_incomplete(
    wulan: Member, principal: SavingsKind, pay: Act
) -> None:
    assert pay(wulan, principal, 40_000).member.status == Status.INCOMPLETE
    assert pay(wulan, principal, 10_000).member.status == Status.INCOMPLETE
    assert pay(wulan, principal, 50_000).member.status == Status.ACTIVE


def test_no_more_than_what_is_open_of_the_principal(
    wulan: Member, principal: SavingsKind, pay: Act
) -> None:
    pay(wulan, principal, 40_000)
    with pytest.raises(DepositRefused, match=r"Rp60\.000"):
        pay(wulan, principal, 60_001)


def test_paid_principal_takes_nothing_more(ayu: Member, principal: SavingsKind, pay: Act) -> None:
    with pytest.raises(DepositRefused) as refusal:
        pay(ayu, principal, 1)
    assert "kind" in refusal.value.fields


def test_the_last_payment_needs_a_nik(enrol: Enrol, principal: SavingsKind, pay: Act) -> None:
    member = enrol("Tanpa NIK")
    with pytest.raises(RegistrationRefused, match="NIK"):
        pay(member, principal, 100_000)
    assert not Journal.objects.of(member.cooperative).exists()


def test_other_savings_only_from_members(wulan: Member, mandatory: SavingsKind, pay: Act) -> None:
    with pytest.raises(DepositRefused) as refusal:
        pay(wulan, mandatory, 10_000)
    assert "kind" in refusal.value.fields


def test_nothing_from_who_has_left(ayu: Member, voluntary: SavingsKind, pay: Act) -> None:
    Member.objects.of(ayu.cooperative).filter(id=ayu.id).update(status=Status.LEFT)
    with pytest.raises(DepositRefused, match="Ayu"):
        pay(ayu, voluntary, 10_000)


@pytest.mark.parametrize("amount_idr", [0, -1])
def test_amounts_are_above_zero(
    ayu: Member, voluntary: SavingsKind, pay: Act, take: Act, amount_idr: int
) -> None:
    with pytest.raises(DepositRefused):
        pay(ayu, voluntary, amount_idr)
    with pytest.raises(WithdrawalRefused):
        take(ayu, voluntary, amount_idr)


def test_a_withdrawal_posts_savings_against_cash(
    ayu: Member, voluntary: SavingsKind, pay: Act, take: Act
) -> None:
    pay(ayu, voluntary, 50_000)
    entry = take(ayu, voluntary, 20_000)
    assert _posted(entry) == [
        (Code.VOLUNTARY_SAVINGS, "Ayu (rekaan)", 20_000, 0),
        (Code.CASH, "", 0, 20_000),
    ]
    assert (entry.amount_idr, entry.balance_after_idr) == (-20_000, 30_000)


def test_no_more_than_the_balance_is_paid_out(
    ayu: Member, voluntary: SavingsKind, pay: Act, take: Act
) -> None:
    pay(ayu, voluntary, 50_000)
    with pytest.raises(WithdrawalRefused, match=r"Rp50\.000"):
        take(ayu, voluntary, 50_001)


def test_principal_and_mandatory_stay(
    ayu: Member, principal: SavingsKind, mandatory: SavingsKind, take: Act
) -> None:
    for kind in (principal, mandatory):
        with pytest.raises(WithdrawalRefused) as refusal:
            take(ayu, kind, 1)
        assert "kind" in refusal.value.fields


def test_who_has_left_collects_voluntary_savings(
    ayu: Member, voluntary: SavingsKind, pay: Act, take: Act
) -> None:
    pay(ayu, voluntary, 50_000)
    Member.objects.of(ayu.cooperative).filter(id=ayu.id).update(status=Status.LEFT)
    assert take(ayu, voluntary, 50_000).balance_after_idr == 0


def test_the_same_key_and_content_is_taken_once(
    ayu: Member, voluntary: SavingsKind, pay: Act, take: Act
) -> None:
    key = uuid4()
    first, again = (pay(ayu, voluntary, 50_000, key=key) for _try in range(2))
    assert first == again
    assert (first.is_repeat, again.is_repeat) == (False, True)
    key = uuid4()
    first, again = (take(ayu, voluntary, 50_000, key=key) for _try in range(2))
    assert first == again
    assert queries.entries(ayu).count() == 3
    assert AuditEvent.objects.of(ayu.cooperative).filter(action="savings.withdraw").count() == 1


def test_a_retry_after_midnight_is_the_same_act(
    ayu: Member, voluntary: SavingsKind, pay: Act
) -> None:
    key = uuid4()
    first = pay(ayu, voluntary, 50_000, key=key)
    assert pay(ayu, voluntary, 50_000, key=key, on=MONDAY + timedelta(days=1)) == first


def test_a_retry_after_a_change_of_name_is_the_same_act(
    ayu: Member, voluntary: SavingsKind, pay: Act
) -> None:
    key = uuid4()
    first = pay(ayu, voluntary, 50_000, key=key)
    Member.objects.of(ayu.cooperative).filter(id=ayu.id).update(name="Ayu Lestari")
    assert pay(ayu, voluntary, 50_000, key=key) == first


@pytest.mark.parametrize("change", ["amount", "kind", "member", "into", "act"])
def test_the_same_key_with_other_content_is_refused(
    ayu: Member,
    wulan: Member,
    principal: SavingsKind,
    mandatory: SavingsKind,
    voluntary: SavingsKind,
    pay: Act,
    take: Act,
    change: str,
) -> None:
    key = uuid4()
    pay(ayu, voluntary, 50_000, key=key)
    others = {
        "amount": lambda: pay(ayu, voluntary, 50_001, key=key),
        "kind": lambda: pay(ayu, mandatory, 50_000, key=key),
        "member": lambda: pay(wulan, principal, 50_000, key=key),
        "into": lambda: pay(ayu, voluntary, 50_000, key=key, into=Code.BANK),
        "act": lambda: take(ayu, voluntary, 50_000, key=key),
    }
    with pytest.raises(ledger.KeyReused):
        others[change]()


def test_a_key_of_another_journal_is_refused(
    ayu: Member, voluntary: SavingsKind, tono: User, pay: Act
) -> None:
    key = uuid4()
    ledger.post(
        cooperative=ayu.cooperative,
        kind="manual",
        memo="Modal",
        key=key,
        on=MONDAY,
        by=tono,
        entries=[ledger.debit(Code.BANK, 50_000), ledger.credit(Code.CASH, 50_000)],
    )
    with pytest.raises(ledger.KeyReused):
        pay(ayu, voluntary, 50_000, key=key)


def test_opening_savings_come_out_of_the_clearing_account(
    wulan: Member, principal: SavingsKind, pay: Act
) -> None:
    entry = pay(wulan, principal, 100_000, into=Code.OPENING_CLEARING)
    assert _posted(entry)[0] == (Code.OPENING_CLEARING, "", 100_000, 0)
    assert entry.journal.kind == "savings.opening"


def test_receipts_are_numbered_in_one_row(
    ayu: Member, voluntary: SavingsKind, pay: Act, take: Act
) -> None:
    pay(ayu, voluntary, 10_000)
    take(ayu, voluntary, 10_000)
    numbers = queries.entries(ayu).values_list("number", flat=True)
    assert list(numbers) == [3, 2, 1]


def test_a_lowered_principal_lets_who_has_paid_enough_be_admitted(
    wulan: Member, principal: SavingsKind, pay: Act, tono: User
) -> None:
    pay(wulan, principal, 60_000)
    with pytest.raises(DepositRefused, match=r"Rp40\.000"):
        savings.admit(member=wulan, on=MONDAY, by=tono)
    tuesday = MONDAY + timedelta(days=1)
    _settle(wulan.cooperative, principal_idr=50_000, valid_from=tuesday)
    member = savings.admit(member=wulan, on=tuesday, by=tono)
    assert (member.status, member.number, member.joined_on) == (Status.ACTIVE, 1, tuesday)


def test_who_is_a_member_is_not_admitted_again(ayu: Member, tono: User) -> None:
    with pytest.raises(RegistrationRefused):
        savings.admit(member=ayu, on=MONDAY, by=tono)


def test_a_raised_principal_lets_members_pay_the_rest(
    ayu: Member, principal: SavingsKind, pay: Act
) -> None:
    _settle(ayu.cooperative, principal_idr=150_000, valid_from=MONDAY)
    entry = pay(ayu, principal, 50_000)
    assert (entry.balance_after_idr, entry.member.number) == (150_000, 1)


def test_holdings_show_what_is_open(wulan: Member, principal: SavingsKind, pay: Act) -> None:
    pay(wulan, principal, 40_000)
    held = [(h.kind.code, h.balance_idr, h.open_idr) for h in queries.holdings(wulan, on=MONDAY)]
    assert held == [("pokok", 40_000, 60_000), ("wajib", 0, None), ("sukarela", 0, None)]


def test_a_second_member_gets_the_next_number(
    ayu: Member, enrol: Enrol, principal: SavingsKind, pay: Act
) -> None:
    other = enrol("Tuti (rekaan)", nik=NIKS[5])
    assert pay(other, principal, 100_000).member.number == 2
