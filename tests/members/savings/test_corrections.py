from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.models import Account, Journal, Line
from kkmp.access.models import AuditEvent, User
from kkmp.registry.models import CooperativeFigures, CooperativeSettings
from kkmp.registry.services import numbering
from members.models import Member, SavingsBalance, SavingsEntry, SavingsKind, Status
from members.savings import checks
from members.savings import queries as savings_queries
from members.savings.services.savings import ReversalRefused
from tests.conftest import MONDAY

Act = Callable[..., SavingsEntry]


def test_a_wrong_deposit_is_mirrored(
    ayu: Member, voluntary: SavingsKind, pay: Act, correct: Act
) -> None:
    wrong = pay(ayu, voluntary, 500_000)
    entry = correct(wrong, on=MONDAY + timedelta(days=1), reason="  seharusnya  50.000 ")
    assert (entry.amount_idr, entry.balance_after_idr, entry.reverses) == (-500_000, 0, wrong)
    assert entry.journal.reverses == wrong.journal
    assert entry.journal.memo.endswith(f" {wrong.number}: seharusnya 50.000")
    figures = CooperativeFigures.objects.of(ayu.cooperative).get()
    assert figures.voluntary_idr == 0
    event = AuditEvent.objects.of(ayu.cooperative).get(action="savings.reverse")
    assert event.details["reason"] == "seharusnya 50.000"
    assert checks.savings_differences(ayu.cooperative) == []


def test_a_wrong_withdrawal_is_paid_back_in(
    ayu: Member, voluntary: SavingsKind, pay: Act, take: Act, correct: Act
) -> None:
    pay(ayu, voluntary, 50_000)
    entry = correct(take(ayu, voluntary, 50_000))
    assert (entry.amount_idr, entry.balance_after_idr) == (50_000, 50_000)


def test_the_same_correction_is_taken_once(
    ayu: Member, voluntary: SavingsKind, pay: Act, correct: Act
) -> None:
    wrong, key = pay(ayu, voluntary, 50_000), uuid4()
    first, again = correct(wrong, key=key), correct(wrong, key=key)
    assert first == again
    assert again.is_repeat


def test_a_key_of_another_act_is_refused(
    ayu: Member, voluntary: SavingsKind, pay: Act, correct: Act
) -> None:
    key = uuid4()
    wrong = pay(ayu, voluntary, 50_000, key=key)
    with pytest.raises(ledger.KeyReused):
        correct(wrong, key=key)


def test_an_entry_is_corrected_once(
    ayu: Member, voluntary: SavingsKind, pay: Act, correct: Act
) -> None:
    wrong = pay(ayu, voluntary, 50_000)
    correct(wrong)
    with pytest.raises(ReversalRefused):
        correct(wrong)


def test_a_correction_is_not_corrected(
    ayu: Member, voluntary: SavingsKind, pay: Act, correct: Act
) -> None:
    with pytest.raises(ReversalRefused):
        correct(correct(pay(ayu, voluntary, 50_000)))


def test_a_reason_is_asked(ayu: Member, voluntary: SavingsKind, pay: Act, correct: Act) -> None:
    with pytest.raises(ReversalRefused) as refusal:
        correct(pay(ayu, voluntary, 50_000), reason="  ")
    assert "reason" in refusal.value.fields


def test_money_that_was_withdrawn_since_is_not_taken_back(
    ayu: Member, voluntary: SavingsKind, pay: Act, take: Act, correct: Act
) -> None:
    wrong = pay(ayu, voluntary, 50_000)
    take(ayu, voluntary, 20_000)
    with pytest.raises(ReversalRefused, match=r"Rp30\.000"):
        correct(wrong)


def test_a_member_s_principal_is_not_taken_back(ayu: Member, correct: Act) -> None:
    first = savings_queries.entries(ayu).get()
    with pytest.raises(ReversalRefused, match="Ayu"):
        correct(first)
    ayu.refresh_from_db()
    assert ayu.status == Status.ACTIVE


def test_a_part_of_the_principal_of_who_is_no_member_yet_is_taken_back(
    wulan: Member, principal: SavingsKind, pay: Act, correct: Act
) -> None:
    entry = correct(pay(wulan, principal, 40_000))
    assert (entry.balance_after_idr, entry.member.status) == (0, Status.INCOMPLETE)


def test_what_a_member_paid_above_the_principal_of_joining_is_taken_back(
    ayu: Member, principal: SavingsKind, pay: Act, correct: Act
) -> None:
    tuesday = MONDAY + timedelta(days=1)
    CooperativeSettings.objects.create(
        cooperative=ayu.cooperative, valid_from=tuesday, principal_idr=150_000, mandatory_idr=0
    )
    entry = correct(pay(ayu, principal, 50_000, on=tuesday), on=tuesday)
    assert entry.balance_after_idr == 100_000


def test_one_person_s_part_of_a_list_is_undone_and_the_others_stay(
    ayu: Member,
    wulan: Member,
    voluntary: SavingsKind,
    principal: SavingsKind,
    tono: User,
    correct: Act,
) -> None:
    """Opening savings of a whole list stand in one journal."""
    journal = ledger.post(
        cooperative=ayu.cooperative,
        kind="savings.opening",
        memo="Saldo awal",
        key=uuid4(),
        on=MONDAY,
        by=tono,
        entries=[
            ledger.debit(Code.OPENING_CLEARING, 70_000),
            ledger.credit(voluntary.account_code, 50_000, party=ayu.party),
            ledger.credit(principal.account_code, 20_000, party=wulan.party),
        ],
    )
    opened = [
        _open(member, kind, amount, journal)
        for member, kind, amount in ((ayu, voluntary, 50_000), (wulan, principal, 20_000))
    ]
    entry = correct(opened[0])
    assert (entry.balance_after_idr, entry.reverses) == (0, opened[0])
    assert not Journal.objects.of(ayu.cooperative).filter(reverses=journal).exists()
    clearing = Account.objects.of(ayu.cooperative).get(code=Code.OPENING_CLEARING)
    lines = Line.objects.of(ayu.cooperative).filter(account=clearing)
    assert sum(line.debit_idr - line.credit_idr for line in lines) == 20_000
    assert checks.savings_differences(ayu.cooperative) == []


def _open(member: Member, kind: SavingsKind, amount_idr: int, journal: Journal) -> SavingsEntry:
    SavingsBalance.objects.create(
        cooperative=member.cooperative, member=member, kind=kind, balance_idr=amount_idr
    )
    return SavingsEntry.objects.create(
        cooperative=member.cooperative,
        member=member,
        kind=kind,
        journal=journal,
        number=numbering.next_number(cooperative=member.cooperative, series="savings"),
        date=MONDAY,
        amount_idr=amount_idr,
        balance_after_idr=amount_idr,
    )
