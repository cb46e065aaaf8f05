"""Worked examples: what a bookkeeper would write down, and the trial balance that follows."""

from datetime import date

from finance.ledger import queries
from finance.ledger.accounts import Code
from finance.ledger.services.ledger import credit, debit, reverse
from finance.opening.services import opening
from kkmp.lib.ids import new_id
from tests.finance.books import post


def balances(cooperative, on):
    """The trial balance as a bookkeeper reads it: code, debit, credit."""
    balance = queries.trial_balance(cooperative, on)
    assert balance.is_balanced
    return {row.account.code: (row.debit_idr, row.credit_idr) for row in balance.nonzero}


def test_the_first_month_of_a_cooperative(in_melati):
    """Opening balances on 1 October, savings and sales after it, a shop with a cost of goods."""
    start = date(2026, 10, 1)
    opening.record(
        cooperative=in_melati, cash_idr=6_000_000, bank_idr=2_500_000, key=new_id(), on=start,
        by=None,
    )  # fmt: skip
    # Eighty members had paid Rp100.000 each; goods worth Rp1.500.000 stood on the shelf.
    post(in_melati, debit(Code.OPENING_CLEARING, 8_000_000),
         credit(Code.PRINCIPAL_SAVINGS, 8_000_000), kind="savings.opening", on=start)  # fmt: skip
    post(in_melati, debit(Code.MERCHANDISE, 1_500_000),
         credit(Code.OPENING_CLEARING, 1_500_000), kind="opening.stock", on=start)  # fmt: skip
    assert balances(in_melati, start) == {
        Code.CASH: (6_000_000, 0),
        Code.BANK: (2_500_000, 0),
        Code.MERCHANDISE: (1_500_000, 0),
        Code.PRINCIPAL_SAVINGS: (0, 8_000_000),
        Code.OPENING_CLEARING: (0, 2_000_000),
    }

    # 5 October: a member saves; 9 October: sales to members and others, with their cost.
    post(in_melati, debit(Code.CASH, 60_000), credit(Code.MANDATORY_SAVINGS, 10_000),
         credit(Code.VOLUNTARY_SAVINGS, 50_000), on=date(2026, 10, 5))  # fmt: skip
    post(in_melati, debit(Code.DRAWER, 300_000), credit(Code.MEMBER_SALES, 200_000),
         credit(Code.OTHER_SALES, 100_000), debit(Code.MEMBER_COST, 170_000),
         debit(Code.OTHER_COST, 80_000), credit(Code.MERCHANDISE, 250_000),
         kind="sale", on=date(2026, 10, 9))  # fmt: skip
    assert balances(in_melati, date(2026, 10, 31)) == {
        Code.CASH: (6_060_000, 0),
        Code.DRAWER: (300_000, 0),
        Code.BANK: (2_500_000, 0),
        Code.MERCHANDISE: (1_250_000, 0),
        Code.VOLUNTARY_SAVINGS: (0, 50_000),
        Code.PRINCIPAL_SAVINGS: (0, 8_000_000),
        Code.MANDATORY_SAVINGS: (0, 10_000),
        Code.OPENING_CLEARING: (0, 2_000_000),
        Code.MEMBER_SALES: (0, 200_000),
        Code.OTHER_SALES: (0, 100_000),
        Code.MEMBER_COST: (170_000, 0),
        Code.OTHER_COST: (80_000, 0),
    }


def test_a_deposit_typed_with_a_zero_too_many(in_melati):
    """Rp500.000 instead of Rp50.000: reversed the next day, entered anew, nothing erased."""
    wrong = post(in_melati, debit(Code.CASH, 500_000), credit(Code.VOLUNTARY_SAVINGS, 500_000),
                 on=date(2026, 11, 23))  # fmt: skip
    reverse(journal=wrong, memo="Salah ketik", key=new_id(), on=date(2026, 11, 24), by=None)
    post(in_melati, debit(Code.CASH, 50_000), credit(Code.VOLUNTARY_SAVINGS, 50_000),
         on=date(2026, 11, 24))  # fmt: skip
    assert balances(in_melati, date(2026, 11, 23))[Code.CASH] == (500_000, 0)
    assert balances(in_melati, date(2026, 11, 24)) == {
        Code.CASH: (50_000, 0),
        Code.VOLUNTARY_SAVINGS: (0, 50_000),
    }


def test_a_withdrawal_brings_savings_and_cash_down(in_melati):
    post(in_melati, debit(Code.CASH, 75_000), credit(Code.VOLUNTARY_SAVINGS, 75_000))
    post(in_melati, debit(Code.VOLUNTARY_SAVINGS, 30_000), credit(Code.CASH, 30_000))
    assert balances(in_melati, date(2026, 11, 23)) == {
        Code.CASH: (45_000, 0),
        Code.VOLUNTARY_SAVINGS: (0, 45_000),
    }


def test_cash_taken_to_the_bank_changes_nothing_but_its_place(in_melati):
    post(in_melati)
    post(in_melati, debit(Code.BANK, 10_000), credit(Code.CASH, 10_000))
    assert balances(in_melati, date(2026, 11, 23)) == {
        Code.BANK: (10_000, 0),
        Code.VOLUNTARY_SAVINGS: (0, 10_000),
    }


def test_an_overdrawn_account_stands_on_the_other_side(in_melati):
    post(in_melati, debit(Code.MEMBER_COST, 700), credit(Code.BANK, 700))
    assert balances(in_melati, date(2026, 11, 23))[Code.BANK] == (0, 700)
    assert queries.balances(in_melati, [Code.BANK], date(2026, 11, 23)) == {Code.BANK: -700}
