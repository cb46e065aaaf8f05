from datetime import date

import pytest

from finance.ledger import kinds
from finance.ledger.services import corrections, ledger
from finance.opening.services import opening
from kkmp.access.models import AuditEvent
from kkmp.lib.ids import new_id
from tests.conftest import MONDAY
from tests.finance.books import post


def reverse(journal, **changes):
    act = {"reason": "Salah hitung", "key": new_id(), "on": MONDAY, "by": None}
    return corrections.reverse(journal=journal, **(act | changes))


@pytest.mark.parametrize("kind", ["manual", "opening.cash"])
def test_the_books_own_journals_are_reversed_with_a_reason(in_melati, tono, kind):
    journal = post(in_melati, kind=kind)
    reversal = reverse(journal, reason="  Salah \n hitung ", by=tono)
    assert (reversal.kind, reversal.reverses) == (f"{kind}.reversal", journal)
    assert reversal.memo.endswith("Salah hitung")
    event = AuditEvent.objects.of(in_melati).get(action="books.reverse")
    assert event.details == {"journal": journal.number, "reason": "Salah hitung"}
    assert event.actor == tono


@pytest.mark.parametrize(
    "kind", ["savings.deposit", "savings.opening", "sale", "opening.stock", "voucher.issue"]
)
def test_what_others_posted_is_put_right_elsewhere(in_melati, kind):
    with pytest.raises(corrections.CorrectionRefused) as refusal:
        reverse(post(in_melati, kind=kind))
    assert str(refusal.value) == kinds.where_to_correct(kind)


def test_a_reason_is_needed(in_melati):
    with pytest.raises(corrections.CorrectionRefused) as refusal:
        reverse(post(in_melati), reason=" \n ")
    assert refusal.value.field == "reason"


def test_sent_twice_it_is_reversed_and_audited_once(in_melati):
    journal, key = post(in_melati), new_id()
    assert reverse(journal, key=key).pk == reverse(journal, key=key).pk
    assert AuditEvent.objects.of(in_melati).filter(action="books.reverse").count() == 1


def test_a_reversal_is_not_reversed(in_melati):
    with pytest.raises(ledger.PostingRefused):
        reverse(reverse(post(in_melati)))


def test_a_long_reason_is_kept_as_far_as_the_journal_can_hold_it(in_melati):
    assert len(reverse(post(in_melati), reason="a" * 300).memo) == 200


def test_it_is_not_dated_before_its_journal(in_melati):
    with pytest.raises(ledger.PostingRefused):
        reverse(post(in_melati), on=date(2026, 11, 1))


# --- Names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("savings.deposit", "Savings deposit"),
        ("savings.deposit.reversal", "Savings deposit (reversed)"),
        ("sale", "Sale"),
        ("something.new", "something.new"),
    ],
)
def test_kinds_have_names(english, kind, label):
    assert kinds.label(kind) == label


def test_the_books_put_their_own_right_themselves():
    assert {kinds.where_to_correct(kind) for kind in kinds.OWN} == {""}
    assert all(kinds.where_to_correct(kind) for kind in kinds.registered() if kind not in kinds.OWN)
    assert kinds.original(kinds.reversal("sale")) == "sale"


# --- An opening balance whose money is spent ---------------------------------------------------


def test_what_stands_in_the_way_of_an_opening_balance_is_said(english, in_melati, tono):
    opened = opening.record(
        cooperative=in_melati, cash_idr=500_000, bank_idr=0, key=new_id(), on=MONDAY, by=tono
    )
    spent = ledger.post(
        cooperative=in_melati,
        kind="manual",
        memo="Beli rak (rekaan)",
        entries=[ledger.debit("6-9102", 400_000), ledger.credit("1-1101", 400_000)],
        key=new_id(),
        on=MONDAY,
        by=tono,
    )
    with pytest.raises(corrections.CorrectionRefused) as refusal:
        reverse(opened, by=tono)
    assert "Rp\xa0400,000 of its cash has left the main cash box" in str(refusal.value)
    # It says to undo the payment first, reverse the opening then, and record both anew.
    reverse(spent, by=tono)
    reverse(opened, by=tono)
    opening.record(
        cooperative=in_melati, cash_idr=700_000, bank_idr=0, key=new_id(), on=MONDAY, by=tono
    )
