"""Each rule of the books is broken in raw SQL, as the application and as the owner."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection

from finance.accounts import Code
from finance.models import Journal, Line, Month, Party
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from tests.finance.books import (
    account,
    insert_balance,
    insert_journal,
    insert_line,
    insert_pair,
    insert_unit,
    post,
    refused,
    run,
)

NOVEMBER = date(2026, 11, 1)


def test_a_complete_raw_journal_passes(in_melati):
    insert_pair(in_melati, insert_journal(in_melati))
    connection.check_constraints()


# --- Debits and credits --------------------------------------------------------------------


def test_an_unbalanced_journal_is_refused_at_commit(in_melati):
    with refused("debits 100 and credits 99"):
        journal = insert_journal(in_melati)
        insert_line(in_melati, journal)
        insert_line(in_melati, journal, position=2, debit_idr=0, credit_idr=99)


def test_a_journal_of_one_line_is_refused_at_commit(in_melati):
    with refused("1 lines"):
        insert_line(in_melati, insert_journal(in_melati))


def test_a_journal_without_lines_is_refused_at_commit(in_melati):
    with refused("0 lines"):
        insert_journal(in_melati)


def test_a_balanced_journal_of_another_amount_is_refused_at_commit(in_melati):
    with refused("of 200"):
        insert_pair(in_melati, insert_journal(in_melati, amount_idr=200))


def test_balanced_lines_cannot_be_added_to_a_posted_journal(in_melati):
    journal = post(in_melati)
    connection.check_constraints()
    with refused("debits 10100 and credits 10100"):
        insert_pair(in_melati, journal.pk, first=3)


def test_leaving_the_scope_does_not_dodge_the_check(in_melati):
    with refused("1 lines"):
        insert_line(in_melati, insert_journal(in_melati))
        run("SET LOCAL kkmp.cooperative_id = ''")


def test_a_good_journal_passes_after_its_scope_was_left(in_melati):
    insert_pair(in_melati, insert_journal(in_melati))
    run("SET LOCAL kkmp.cooperative_id = ''")
    connection.check_constraints()


def test_the_application_cannot_call_the_check_with_the_owners_eyes(in_melati):
    with refused("trigger functions can only be called as triggers"):
        run("SELECT finance_check_of_journal()")


@pytest.mark.parametrize(
    ("debit", "credit"),
    [(100, 100), (0, 0), (-100, 0), (0, -100), (100, -100)],
    ids=["two-sided", "zero", "negative debit", "negative credit", "debit less itself"],
)
def test_a_line_has_one_positive_side(in_melati, debit, credit):
    with refused("finance_line_one_positive_side"):
        journal = insert_journal(in_melati)
        insert_line(in_melati, journal, debit_idr=debit, credit_idr=credit)


@pytest.mark.parametrize("amount", [0, -100])
def test_a_journal_moves_something(in_melati, amount):
    with refused("finance_journal_moves_something"):
        insert_journal(in_melati, amount_idr=amount)


# --- Dates and months ----------------------------------------------------------------------


def test_a_misdated_line_is_refused_at_commit(in_melati):
    with refused("1 misdated"):
        journal = insert_journal(in_melati)
        insert_line(in_melati, journal, date=date(2026, 11, 22))
        insert_line(in_melati, journal, position=2, debit_idr=0, credit_idr=100)


@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2026, 11, 1), date(2026, 3, 14)])
def test_a_closed_month_and_those_before_it_take_no_journal(in_melati, day):
    Month.objects.create(cooperative=in_melati, month=NOVEMBER)
    with refused("is closed"):
        insert_journal(in_melati, date=day)


def test_a_month_after_a_closed_one_does(in_melati):
    Month.objects.create(cooperative=in_melati, month=date(2026, 10, 1))
    insert_pair(in_melati, insert_journal(in_melati))


def test_a_closed_month_of_another_cooperative_closes_nothing_here(melati, mawar):
    with scope.cooperative(mawar.pk):
        Month.objects.create(cooperative=mawar, month=NOVEMBER)
    with scope.cooperative(melati.pk):
        insert_pair(melati, insert_journal(melati))


@pytest.mark.parametrize(
    "statement", ["UPDATE finance_month SET month = '2026-12-01'", "DELETE FROM finance_month"]
)
def test_a_closed_month_is_not_opened_again(in_melati, statement):
    Month.objects.create(cooperative=in_melati, month=NOVEMBER)
    with refused("append-only|permission denied"):
        run(f"{statement} WHERE cooperative_id = %s", in_melati.pk)


def test_a_month_is_closed_once(in_melati):
    Month.objects.create(cooperative=in_melati, month=NOVEMBER)
    with refused("finance_month_once"):
        Month.objects.create(cooperative=in_melati, month=NOVEMBER)


def test_a_month_is_named_by_its_first_day(in_melati):
    with refused("finance_month_first_day"):
        Month.objects.create(cooperative=in_melati, month=date(2026, 11, 2))


def test_a_balance_is_of_a_whole_month(in_melati):
    with refused("finance_balance_first_day"):
        insert_balance(in_melati, month=date(2026, 11, 2))


def test_a_balance_adds_up_positive_sides(in_melati):
    with refused("finance_balance_not_negative"):
        insert_balance(in_melati, debit_idr=-1)


def test_an_account_has_one_balance_a_month(in_melati):
    insert_balance(in_melati)
    with refused("finance_balance_once"):
        insert_balance(in_melati)


# --- One of each ---------------------------------------------------------------------------


def test_a_key_is_used_once(in_melati):
    journal = post(in_melati)
    with refused("finance_journal_key"):
        insert_journal(in_melati, key=journal.key)


def test_a_number_is_used_once(in_melati):
    journal = post(in_melati)
    with refused("finance_journal_number"):
        insert_journal(in_melati, number=journal.number)


def test_another_cooperative_uses_the_same_key_and_number(melati, mawar):
    key = new_id()
    for cooperative in (melati, mawar):
        with scope.cooperative(cooperative.pk):
            assert post(cooperative, key=key).number == 1


def test_a_line_has_a_place_of_its_own(in_melati):
    with refused("finance_line_position"):
        journal = insert_journal(in_melati)
        insert_line(in_melati, journal)
        insert_line(in_melati, journal)


def test_a_journal_is_reversed_once(in_melati):
    journal = post(in_melati)
    with refused("finance_journal_reversed_once"):
        insert_journal(in_melati, reverses_id=journal.pk)
        insert_journal(in_melati, reverses_id=journal.pk, number=9_001)


def test_a_journal_does_not_reverse_itself(in_melati):
    its_own = new_id()
    with refused("finance_journal_not_its_own"):
        insert_journal(in_melati, id=its_own, reverses_id=its_own)


def test_an_account_code_is_used_once(in_melati):
    with refused("finance_account_code"):
        run(
            "INSERT INTO finance_account (cooperative_id, id, code, kind, is_contra, name, name_en)"
            " VALUES (%s, %s, '1-1101', 'asset', false, 'x', 'x')",
            in_melati.pk,
            new_id(),
        )


def test_a_unit_code_is_used_once(in_melati):
    insert_unit(in_melati)
    with refused("finance_unit_code"):
        insert_unit(in_melati)


# --- One cooperative ------------------------------------------------------------------------


@pytest.fixture
def of_mawar(melati, mawar):
    """Rows of another cooperative, by the column that could point at them."""
    with scope.cooperative(mawar.pk):
        Month.objects.create(cooperative=mawar, month=date(2026, 1, 1))
        return {
            "account_id": account(mawar, Code.CASH).pk,
            "party_id": Party.objects.create(cooperative=mawar, kind="person", name="Joko").pk,
            "unit_id": insert_unit(mawar),
            "journal_id": post(mawar).pk,
        }


@pytest.mark.parametrize("column", ["account_id", "party_id", "unit_id"])
def test_a_line_cannot_point_into_another_cooperative(melati, of_mawar, column):
    with scope.cooperative(melati.pk), refused("finance_line_.*_tenant"):
        insert_line(melati, insert_journal(melati), **{column: of_mawar[column]})


def test_a_line_cannot_join_a_journal_of_another_cooperative(melati, of_mawar):
    with scope.cooperative(melati.pk), refused("finance_line_journal_tenant"):
        insert_line(melati, of_mawar["journal_id"])


def test_a_reversal_cannot_point_into_another_cooperative(melati, of_mawar):
    with scope.cooperative(melati.pk), refused("finance_journal_reverses_tenant"):
        insert_journal(melati, reverses_id=of_mawar["journal_id"])


def test_a_balance_cannot_point_into_another_cooperative(melati, of_mawar):
    with scope.cooperative(melati.pk), refused("finance_balance_account_tenant"):
        insert_balance(melati, account_id=of_mawar["account_id"])


TABLES = ("account", "balance", "businessunit", "journal", "line", "month", "party")


@pytest.mark.parametrize("table", TABLES)
def test_no_row_of_another_cooperative_is_seen(melati, mawar, of_mawar, table):
    seen = f"SELECT id FROM finance_{table} WHERE cooperative_id = %s"
    with scope.cooperative(melati.pk):
        assert run(seen, mawar.pk) == 0
    with scope.cooperative(mawar.pk):
        assert run(seen, mawar.pk) > 0


@pytest.mark.parametrize("table", ["account", "balance", "businessunit", "party"])
def test_no_row_of_another_cooperative_is_changed(melati, mawar, of_mawar, table):
    with scope.cooperative(melati.pk):
        assert run(f"DELETE FROM finance_{table} WHERE cooperative_id = %s", mawar.pk) == 0


def test_nothing_is_written_into_another_cooperative(melati, mawar, of_mawar):
    with scope.cooperative(melati.pk):
        with refused("row-level security"):
            insert_journal(mawar)
        with refused("row-level security"):
            insert_line(mawar, of_mawar["journal_id"], account_id=of_mawar["account_id"])
        with refused("row-level security"):
            insert_balance(mawar, account_id=of_mawar["account_id"])
        with refused("row-level security"):
            Month.objects.create(cooperative=mawar, month=NOVEMBER)


# --- Append-only ----------------------------------------------------------------------------

CHANGES = [
    "UPDATE finance_journal SET memo = 'lain'",
    "DELETE FROM finance_journal",
    "UPDATE finance_line SET debit_idr = 1",
    "DELETE FROM finance_line",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_the_application_has_no_right_to_change_the_books(in_melati, statement):
    post(in_melati)
    with refused("permission denied"):
        run(f"{statement} WHERE cooperative_id = %s", in_melati.pk)


@pytest.mark.parametrize("table", ["finance_journal", "finance_line"])
def test_the_application_cannot_empty_the_books(in_melati, table):
    with refused("permission denied"):
        run(f"TRUNCATE {table} CASCADE")


@pytest.mark.raw_statements
@pytest.mark.django_db(transaction=True)
def test_not_even_the_owner_changes_the_books(melati, as_owner):
    with scope.cooperative(melati.pk):
        post(melati)
        Month.objects.create(cooperative=melati, month=date(2026, 1, 1))
    for statement in [*CHANGES, "DELETE FROM finance_month"]:
        with pytest.raises(DatabaseError, match="append-only"):
            as_owner(statement)
    with scope.cooperative(melati.pk):
        assert Journal.objects.of(melati).get().memo == "Titipan (rekaan)"
        assert Line.objects.of(melati).count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_unbalanced_journal_does_not_survive_its_commit(melati):
    with pytest.raises(IntegrityError), scope.cooperative(melati.pk):
        insert_line(melati, insert_journal(melati))
    with scope.cooperative(melati.pk):
        assert not Journal.objects.of(melati).exists()
