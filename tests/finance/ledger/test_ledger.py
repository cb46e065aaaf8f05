from datetime import date

import pytest
from django.db import IntegrityError, transaction

from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.ledger.services.ledger import credit, debit
from finance.models import Balance, BusinessUnit, Journal, Line, Month, Party
from kkmp.lib.errors import BrokenPromise
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from kkmp.registry.models import DocumentCounter
from tests.conftest import MONDAY
from tests.finance.books import account, insert_journal, insert_pair, post


def test_a_posted_journal_stands_with_its_lines(in_melati, tono):
    party = Party.objects.create(cooperative=in_melati, kind="person", name="Rini (rekaan)")
    unit = BusinessUnit.objects.create(cooperative=in_melati, code="gerai", name="Gerai (rekaan)")
    journal = post(
        in_melati,
        debit(Code.CASH, 25_000),
        credit(Code.VOLUNTARY_SAVINGS, 15_000, party=party),
        credit(Code.MEMBER_SALES, 10_000, unit=unit),
        memo="Setoran (rekaan)",
        by=tono,
    )
    assert (journal.number, journal.amount_idr, journal.posted_by) == (1, 25_000, tono)
    assert (journal.date, journal.memo, str(journal)) == (MONDAY, "Setoran (rekaan)", "1")
    lines = Line.objects.of(in_melati).filter(journal=journal).order_by("position")
    assert list(
        lines.values_list(
            "position", "account__code", "party", "unit", "debit_idr", "credit_idr", "date"
        )
    ) == [
        (1, "1-1101", None, None, 25_000, 0, MONDAY),
        (2, "2-1103", party.pk, None, 0, 15_000, MONDAY),
        (3, "4-1101", None, unit.pk, 0, 10_000, MONDAY),
    ]
    assert not journal.is_repeat
    assert [str(party), str(unit)] == ["Rini (rekaan)", "Gerai (rekaan)"]


def test_numbers_run_without_a_gap(in_melati):
    post(in_melati)
    foreign = Party(cooperative=in_melati, id=new_id())
    with pytest.raises(IntegrityError):
        post(in_melati, debit(Code.CASH, 1, party=foreign), credit(Code.BANK, 1))
    assert post(in_melati).number == 2


def test_balances_are_kept_by_month_and_account(in_melati):
    post(in_melati)
    post(in_melati, on=date(2026, 11, 1))
    post(in_melati, on=date(2026, 12, 31))
    kept = Balance.objects.of(in_melati).order_by("month", "account__code")
    assert list(kept.values_list("month", "account__code", "debit_idr", "credit_idr")) == [
        (date(2026, 11, 1), "1-1101", 20_000, 0),
        (date(2026, 11, 1), "2-1103", 0, 20_000),
        (date(2026, 12, 1), "1-1101", 10_000, 0),
        (date(2026, 12, 1), "2-1103", 0, 10_000),
    ]


def test_two_lines_on_one_account_are_one_balance(in_melati):
    post(
        in_melati,
        debit(Code.CASH, 7_000),
        debit(Code.CASH, 3_000),
        credit(Code.CASH, 4_000),
        credit(Code.BANK, 6_000),
    )
    cash = Balance.objects.of(in_melati).get(account=account(in_melati, Code.CASH))
    assert (cash.debit_idr, cash.credit_idr) == (10_000, 4_000)


# --- Idempotency ---------------------------------------------------------------------------


def test_the_same_act_twice_is_posted_once(in_melati):
    key = new_id()
    first, second = post(in_melati, key=key), post(in_melati, key=key)
    assert second.pk == first.pk
    assert second.is_repeat
    assert Journal.objects.of(in_melati).count() == 1
    assert DocumentCounter.objects.of(in_melati).get(series="journal").last == 1
    assert Balance.objects.of(in_melati).order_by("id")[0].debit_idr <= 10_000


@pytest.mark.parametrize(
    "change",
    [
        {"memo": "lain"},
        {"kind": "sale"},
        {"on": date(2026, 11, 24)},
        {"entries": (debit(Code.BANK, 10_000), credit(Code.VOLUNTARY_SAVINGS, 10_000))},
        {"entries": (debit(Code.CASH, 10_001), credit(Code.VOLUNTARY_SAVINGS, 10_001))},
        {"entries": (credit(Code.CASH, 10_000), debit(Code.VOLUNTARY_SAVINGS, 10_000))},
    ],
    ids=["memo", "kind", "day", "account", "amount", "sides"],
)
def test_the_same_key_for_another_act_is_refused(in_melati, change):
    key = new_id()
    post(in_melati, key=key)
    with pytest.raises(ledger.KeyReused) as refusal:
        post(in_melati, key=key, **change)
    assert refusal.value.status == 409


def test_the_same_key_for_another_party_or_unit_is_refused(in_melati):
    party = Party.objects.create(cooperative=in_melati, kind="person", name="Rini (rekaan)")
    unit = BusinessUnit.objects.create(cooperative=in_melati, code="gerai", name="Gerai (rekaan)")
    key = new_id()
    post(in_melati, key=key)
    for more in ({"party": party}, {"unit": unit}):
        entries = (debit(Code.CASH, 10_000), credit(Code.VOLUNTARY_SAVINGS, 10_000, **more))
        with pytest.raises(ledger.KeyReused):
            post(in_melati, *entries, key=key)


def test_a_retry_is_answered_though_its_month_was_closed_meanwhile(in_melati):
    key = new_id()
    first = post(in_melati, key=key)
    Month.objects.create(cooperative=in_melati, month=date(2026, 11, 1))
    assert post(in_melati, key=key).pk == first.pk


def test_derived_keys_are_stable_and_different():
    key = new_id()
    assert ledger.derived_key(key, "cost") == ledger.derived_key(key, "cost")
    assert len({key, ledger.derived_key(key, "cost"), ledger.derived_key(key, "stock")}) == 3


# --- Refusals --------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2026, 11, 30), date(2025, 12, 31)])
def test_a_closed_month_and_those_before_it_are_refused(in_melati, day):
    Month.objects.create(cooperative=in_melati, month=date(2026, 11, 1))
    with pytest.raises(ledger.MonthClosed) as refusal:
        post(in_melati, on=day)
    assert list(refusal.value.fields) == ["on"]
    assert post(in_melati, on=date(2026, 12, 1)).number == 1


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [debit(Code.CASH, 5)],
        [debit(Code.CASH, 5), credit(Code.BANK, 6)],
        [debit(Code.CASH, 0), credit(Code.BANK, 0)],
        [debit(Code.CASH, -5), credit(Code.BANK, -5)],
        [debit(Code.CASH, 5.0), credit(Code.BANK, 5.0)],
        [ledger.Entry(Code.CASH, 5, 5), ledger.Entry(Code.BANK, 5, 5)],
    ],
    ids=["none", "one", "unequal", "zero", "negative", "float", "two-sided"],
)
def test_entries_that_cannot_be_are_a_fault_of_ours(in_melati, entries):
    with pytest.raises(BrokenPromise):
        ledger.post(
            cooperative=in_melati, kind="manual", memo="", entries=entries, key=new_id(),
            on=MONDAY, by=None,
        )  # fmt: skip


def test_a_party_of_another_cooperative_is_refused_by_the_database(melati, mawar):
    with scope.cooperative(mawar.pk):
        party = Party.objects.create(cooperative=mawar, kind="person", name="Joko (rekaan)")
    with scope.cooperative(melati.pk), pytest.raises(IntegrityError), transaction.atomic():
        post(melati, debit(Code.CASH, 5, party=party), credit(Code.BANK, 5))


def test_posting_takes_few_statements(in_melati, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        post(in_melati)


# --- Reversal --------------------------------------------------------------------------------


def undo(journal, **changes):
    return ledger.reverse(
        journal=journal,
        **({"memo": "Salah ketik", "key": new_id(), "on": MONDAY, "by": None} | changes),
    )


def test_a_reversal_mirrors_its_journal(in_melati, tono):
    party = Party.objects.create(cooperative=in_melati, kind="person", name="Rini (rekaan)")
    unit = BusinessUnit.objects.create(cooperative=in_melati, code="gerai", name="Gerai (rekaan)")
    journal = post(
        in_melati,
        debit(Code.CASH, 5_000, unit=unit),
        credit(Code.VOLUNTARY_SAVINGS, 5_000, party=party),
        kind="savings.deposit",
    )
    reversal = undo(journal, by=tono, on=date(2026, 12, 2))
    assert (reversal.kind, reversal.reverses, reversal.amount_idr) == (
        "savings.deposit.reversal", journal, 5_000,
    )  # fmt: skip
    lines = Line.objects.of(in_melati).filter(journal=reversal).order_by("position")
    assert list(lines.values_list("account__code", "party", "unit", "debit_idr", "credit_idr")) == [
        ("1-1101", None, unit.pk, 0, 5_000),
        ("2-1103", party.pk, None, 5_000, 0),
    ]


def test_a_reversal_sent_twice_is_posted_once(in_melati):
    journal, key = post(in_melati), new_id()
    first, second = undo(journal, key=key), undo(journal, key=key)
    assert first.pk == second.pk
    assert second.is_repeat


def test_a_journal_is_reversed_once(in_melati):
    journal = post(in_melati)
    undo(journal)
    with pytest.raises(ledger.PostingRefused):
        undo(journal)


def test_a_reversal_is_not_reversed(in_melati):
    reversal = undo(post(in_melati))
    with pytest.raises(ledger.PostingRefused):
        undo(reversal)


def test_a_reversal_is_not_dated_before_its_journal(in_melati):
    journal = post(in_melati)
    with pytest.raises(ledger.PostingRefused) as refusal:
        undo(journal, on=date(2026, 11, 22))
    assert list(refusal.value.fields) == ["on"]


def test_a_journal_of_a_closed_month_is_reversed_in_an_open_one(in_melati):
    journal = post(in_melati)
    Month.objects.create(cooperative=in_melati, month=date(2026, 11, 1))
    with pytest.raises(ledger.MonthClosed):
        undo(journal)
    assert undo(journal, on=date(2026, 12, 1)).date == date(2026, 12, 1)


def test_a_reversal_that_came_first_between_look_and_write_is_named(in_melati, monkeypatch):
    """Two people reverse at the same moment: the second looks before the first has written."""
    journal = post(in_melati)
    looks = iter([lambda *_: None])
    refuse = ledger.refuse_reversed
    monkeypatch.setattr(ledger, "refuse_reversed", lambda *args: next(looks, refuse)(*args))
    insert_pair(
        in_melati,
        insert_journal(in_melati, reverses_id=journal.pk, number=700),
    )
    with pytest.raises(ledger.PostingRefused):
        undo(journal)
