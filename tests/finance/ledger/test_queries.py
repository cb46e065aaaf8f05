from datetime import date

import pytest

from finance.ledger import queries
from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from finance.ledger.services.ledger import credit, debit
from finance.models import Party
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from tests.conftest import MONDAY
from tests.finance.books import account, post


@pytest.fixture
def books(in_melati):
    """Rp10.000 each on 31 October, 1, 15 and 30 November."""
    for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 15), date(2026, 11, 30)):
        post(in_melati, on=day)
    return in_melati


@pytest.mark.parametrize(
    ("on", "cash"),
    [
        (date(2026, 10, 30), 0),
        (date(2026, 10, 31), 10_000),
        (date(2026, 11, 1), 20_000),
        (date(2026, 11, 14), 20_000),
        (date(2026, 11, 15), 30_000),
        (date(2026, 11, 29), 30_000),
        (date(2026, 11, 30), 40_000),
        (date(2027, 2, 28), 40_000),
        (date(2027, 3, 1), 40_000),
    ],
)
def test_a_trial_balance_is_of_the_end_of_its_day(books, on, cash):
    balance = queries.trial_balance(books, on)
    rows = {row.account.code: (row.debit_idr, row.credit_idr) for row in balance.rows}
    assert rows[Code.CASH] == (cash, 0)
    assert rows[Code.VOLUNTARY_SAVINGS] == (0, cash)
    assert (balance.debit_idr, balance.credit_idr) == (cash, cash)


def test_a_trial_balance_takes_three_statements(books, django_assert_num_queries):
    with django_assert_num_queries(3):
        queries.trial_balance(books, MONDAY)
    with django_assert_num_queries(2):
        queries.trial_balance(books, date(2026, 11, 30))


def test_only_accounts_with_a_balance_stand_and_those_once_used_are_told_apart(books):
    post(books, debit(Code.BANK, 500), credit(Code.CASH, 500))
    post(books, debit(Code.CASH, 500), credit(Code.BANK, 500))
    balance = queries.trial_balance(books, MONDAY)
    assert [row.account.code for row in balance.nonzero] == [Code.CASH, Code.VOLUNTARY_SAVINGS]
    assert [row.account.code for row in balance.used] == [
        Code.CASH,
        Code.BANK,
        Code.VOLUNTARY_SAVINGS,
    ]
    assert len(balance.rows) > 80


def test_another_cooperatives_books_are_not_in_it(melati, mawar):
    for cooperative, amount in ((melati, 100), (mawar, 7)):
        with scope.cooperative(cooperative.pk):
            post(cooperative, debit(Code.CASH, amount), credit(Code.BANK, amount))
    with scope.cooperative(mawar.pk):
        assert queries.balances(mawar, [Code.CASH], MONDAY) == {Code.CASH: 7}
        assert queries.balances(melati, [Code.CASH], MONDAY) == {}


@pytest.mark.parametrize(
    ("code", "balance"),
    [
        (Code.CASH, 9_000),  # an asset: debits
        (Code.MEMBER_SALES, 10_000),  # income: credits
        (Code.MEMBER_COST, 700),  # an expense: debits
        ("4-1103", 1_000),  # discounts take income away: debits
        ("1-3193", 700),  # depreciation takes an asset away: credits
        (Code.PRINCIPAL_SAVINGS, -5),  # stands on its wrong side
    ],
)
def test_balances_stand_on_their_accounts_usual_side(in_melati, code, balance):
    post(
        in_melati,
        debit(Code.CASH, 9_000),
        debit("4-1103", 1_000),
        credit(Code.MEMBER_SALES, 10_000),
        debit(Code.MEMBER_COST, 700),
        credit("1-3193", 700),
        debit(Code.PRINCIPAL_SAVINGS, 5),
        credit(Code.BANK, 5),
    )
    assert queries.balances(in_melati, [code], MONDAY) == {code: balance}


# --- Account ledger ---------------------------------------------------------------------------


def test_an_account_ledger_runs_from_what_stood_before(books):
    cash = account(books, Code.CASH)
    post(books, debit(Code.BANK, 4_000), credit(Code.CASH, 4_000), on=date(2026, 11, 15))
    book = queries.account_ledger(cash, date(2026, 11, 1), date(2026, 11, 29))
    assert book.before.balance_idr == 10_000
    assert [(line.date.day, book.running_idr(line)) for line in book.lines] == [
        (1, 20_000),
        (15, 30_000),
        (15, 26_000),
    ]


def test_an_account_of_credits_runs_up_with_them(books):
    book = queries.account_ledger(
        account(books, Code.VOLUNTARY_SAVINGS), date(2026, 11, 1), date(2026, 11, 30)
    )
    assert [book.running_idr(line) for line in book.lines] == [20_000, 30_000, 40_000]


def test_a_slice_of_an_account_ledger_runs_on(books):
    book = queries.account_ledger(account(books, Code.CASH), date(2026, 11, 1), date(2026, 11, 30))
    assert [book.running_idr(line) for line in book.lines[1:3]] == [30_000, 40_000]
    assert book.lines.count() == 3


def test_a_backdated_journal_stands_among_its_day(books):
    late = post(books, on=date(2026, 11, 2))
    book = queries.account_ledger(account(books, Code.CASH), date(2026, 11, 1), date(2026, 11, 30))
    assert [line.journal.number for line in book.lines][1] == late.number


# --- Journals ---------------------------------------------------------------------------------


def test_journals_come_with_the_latest_day_first_and_say_whether_they_stand(books):
    wrong = post(books)
    undo = ledger.reverse(journal=wrong, memo="Salah", key=new_id(), on=MONDAY, by=None)
    found = list(queries.journals(books))
    assert [journal.number for journal in found] == [4, 6, 5, 3, 2, 1]
    assert [journal.number for journal in found if journal.is_reversed] == [wrong.number]
    assert queries.reversal_of(wrong) == undo
    assert queries.reversal_of(undo) is None


def test_lines_come_in_order_with_all_that_is_shown_of_them(in_melati, django_assert_num_queries):
    party = Party.objects.create(cooperative=in_melati, kind="person", name="Rini (rekaan)")
    journal = post(in_melati, debit(Code.CASH, 5), credit(Code.BANK, 5, party=party))
    with django_assert_num_queries(1):
        shown = [(line.account.code, str(line.party or "")) for line in queries.lines_of(journal)]
    assert shown == [(Code.CASH, ""), (Code.BANK, "Rini (rekaan)")]
