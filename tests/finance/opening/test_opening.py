from datetime import date

import pytest

from finance.ledger import queries as ledger_queries
from finance.ledger.accounts import Code
from finance.ledger.services import corrections, ledger
from finance.ledger.services.ledger import credit, debit
from finance.models import Line
from finance.opening import queries as opening_queries
from finance.opening.services import opening
from kkmp.access.models import AuditEvent
from kkmp.lib.ids import new_id
from kkmp.registry.models import CooperativeSettings
from tests.conftest import MONDAY
from tests.finance.books import post


def record(cooperative, **changes):
    act = {"cash_idr": 750_000, "bank_idr": 2_000_000, "key": new_id(), "on": MONDAY, "by": None}
    return opening.record(cooperative=cooperative, **(act | changes))


def lines(journal):
    found = Line.objects.of(journal.cooperative).filter(journal=journal).order_by("position")
    return list(found.values_list("account__code", "debit_idr", "credit_idr"))


def test_cash_and_bank_stand_against_the_clearing_account(in_melati, tono):
    journal = record(in_melati, by=tono)
    assert lines(journal) == [
        (Code.CASH, 750_000, 0),
        (Code.BANK, 2_000_000, 0),
        (Code.OPENING_CLEARING, 0, 2_750_000),
    ]
    assert (journal.kind, journal.date, journal.posted_by) == ("opening.cash", MONDAY, tono)


@pytest.mark.parametrize(("cash", "bank", "code"), [(5, 0, Code.CASH), (0, 5, Code.BANK)])
def test_one_of_them_is_enough(in_melati, cash, bank, code):
    journal = record(in_melati, cash_idr=cash, bank_idr=bank)
    assert lines(journal) == [(code, 5, 0), (Code.OPENING_CLEARING, 0, 5)]


@pytest.mark.parametrize(
    ("cash", "bank", "field"), [(0, 0, "cash_idr"), (-1, 5, "cash_idr"), (5, -1, "bank_idr")]
)
def test_nothing_and_less_than_nothing_are_refused(in_melati, cash, bank, field):
    with pytest.raises(opening.OpeningRefused) as refusal:
        record(in_melati, cash_idr=cash, bank_idr=bank)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("cash", "bank", "field"),
    [(1_000_000_001, 0, "cash_idr"), (0, 100_000_000_001, "bank_idr")],
)
def test_more_than_a_box_or_a_bank_can_hold_is_refused(in_melati, cash, bank, field):
    with pytest.raises(opening.OpeningRefused) as refusal:
        record(in_melati, cash_idr=cash, bank_idr=bank)
    assert refusal.value.field == field


def test_as_much_as_they_can_hold_is_recorded(in_melati):
    assert record(in_melati, cash_idr=1_000_000_000, bank_idr=100_000_000_000)


def test_sent_twice_it_is_recorded_once(in_melati, tono):
    key = new_id()
    first, second = record(in_melati, key=key, by=tono), record(in_melati, key=key, by=tono)
    assert first.pk == second.pk
    event = AuditEvent.objects.of(in_melati).get(action="books.opening")
    assert (event.actor, event.details) == (tono, {"cash_idr": 750_000, "bank_idr": 2_000_000})


def test_the_same_key_with_another_amount_is_refused(in_melati):
    key = new_id()
    record(in_melati, key=key)
    with pytest.raises(ledger.KeyReused):
        record(in_melati, key=key, cash_idr=1)


def test_it_is_recorded_once_and_the_refusal_names_the_journal(in_melati, english):
    number = record(in_melati).number
    with pytest.raises(opening.OpeningRefused, match=f"journal {number}"):
        record(in_melati)


def test_after_its_reversal_it_is_recorded_anew(in_melati):
    wrong = record(in_melati)
    corrections.reverse(journal=wrong, reason="Salah hitung", key=new_id(), on=MONDAY, by=None)
    assert record(in_melati, cash_idr=700_000).amount_idr == 2_700_000
    assert ledger_queries.balances(in_melati, [Code.CASH], MONDAY) == {Code.CASH: 700_000}


def test_a_day_before_the_cooperatives_first_settings_is_refused(in_melati):
    with pytest.raises(opening.OpeningRefused) as refusal:
        record(in_melati, on=date(2025, 6, 23))
    assert refusal.value.field == "on"
    assert record(in_melati, on=date(2025, 6, 24)).number == 1


def test_a_cooperative_without_settings_may_choose_any_day(in_melati):
    CooperativeSettings.objects.of(in_melati).delete()
    assert record(in_melati, on=date(2020, 1, 1)).number == 1


def test_its_description_is_in_the_language_of_the_books_whoever_posts(in_melati, english):
    assert record(in_melati).memo == opening._memo()


# --- What the clearing account still holds --------------------------------------------------


def test_nothing_is_on_the_clearing_account_before_anything_is_entered(in_melati):
    clearing = opening_queries.clearing(in_melati)
    assert clearing.by_kind == {}
    assert (clearing.left_idr, clearing.missing_idr) == (0, 0)


def test_what_was_there_is_set_against_what_members_had_saved(in_melati):
    record(in_melati)
    post(
        in_melati,
        debit(Code.MERCHANDISE, 1_250_000),
        credit(Code.OPENING_CLEARING, 1_250_000),
        kind="opening.stock",
    )
    savings = (debit(Code.OPENING_CLEARING, 3_000_000), credit(Code.PRINCIPAL_SAVINGS, 3_000_000))
    post(in_melati, *savings, kind="savings.opening")
    clearing = opening_queries.clearing(in_melati)
    assert clearing.by_kind == {
        "opening.cash": 2_750_000,
        "opening.stock": 1_250_000,
        "savings.opening": -3_000_000,
    }
    assert (clearing.had_idr, clearing.owed_idr) == (4_000_000, 3_000_000)
    assert (clearing.left_idr, clearing.missing_idr) == (1_000_000, 0)


def test_savings_without_money_to_match_are_missing(in_melati):
    savings = (debit(Code.OPENING_CLEARING, 400_000), credit(Code.PRINCIPAL_SAVINGS, 400_000))
    post(in_melati, *savings, kind="savings.opening")
    record(in_melati, cash_idr=100_000, bank_idr=0)
    assert opening_queries.clearing(in_melati).missing_idr == 300_000


def test_what_was_reversed_is_taken_off(in_melati):
    wrong = record(in_melati)
    corrections.reverse(journal=wrong, reason="Salah hitung", key=new_id(), on=MONDAY, by=None)
    assert opening_queries.clearing(in_melati).by_kind == {}
