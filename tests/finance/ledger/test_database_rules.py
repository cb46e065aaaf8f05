"""Each rule of the books is broken in raw SQL, as the application and as the owner."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection

from finance.models import Journal, Line, Month
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from tests.conftest import MONDAY
from tests.finance.books import (
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
    with refused("debits 10100 and credits 10000"):
        insert_pair(in_melati, journal.pk, first=3)


def test_leaving_the_scope_does_not_dodge_the_check(in_melati):
    with refused("1 lines"):
        insert_line(in_melati, insert_journal(in_melati))
        run("SET LOCAL kkmp.cooperative_id = ''")


def test_a_good_journal_passes_after_its_scope_was_left(in_melati):
    insert_pair(in_melati, insert_journal(in_melati))
    run("SET LOCAL kkmp.cooperative_id = ''")
    connection.check_constraints()


@pytest.mark.parametrize(
    "call",
    [
        "finance_check_of_journal()",
        "finance_check_of_lines()",
        "finance_check_journal(gen_random_uuid(), gen_random_uuid(), true)",
    ],
)
def test_the_application_cannot_call_the_check_with_the_owners_eyes(in_melati, call):
    with refused(f"permission denied for function {call.split('(')[0]}"):
        run(f"SELECT {call}")


def test_a_line_that_was_there_is_not_passed_over(in_melati):
    held = post(in_melati)
    taken = str(Line.objects.of(in_melati).filter(journal=held).order_by("id").first().id)
    with refused("no such account, or a line that was there"):
        run("SELECT finance_post(%s, %s)", in_melati.pk, json.dumps(entry(first_line=taken)))
    assert Journal.objects.of(in_melati).count() == 1
    assert run("SELECT finance_post(%s, %s)", in_melati.pk, json.dumps(entry())) == 1


def test_an_account_that_is_not_there_is_named(in_melati):
    with refused("or a line that was there: 9-9999"):
        run("SELECT finance_post(%s, %s)", in_melati.pk, json.dumps(entry(account="9-9999")))


def entry(first_line: str | None = None, account: str = "1-1101") -> dict[str, Any]:
    """What ``finance_post`` takes, written by hand."""
    line = {"party": None, "unit": None}
    return {
        "id": str(new_id()),
        "date": MONDAY.isoformat(),
        "kind": "manual",
        "memo": "mentah",
        "key": str(new_id()),
        "content_hash": "0" * 64,
        "amount_idr": 100,
        "reverses": None,
        "by": None,
        "lines": [
            line
            | {"id": first_line or str(new_id()), "position": 1, "code": account}
            | {"debit_idr": 100, "credit_idr": 0},
            line
            | {"id": str(new_id()), "position": 2, "code": "2-1103"}
            | {"debit_idr": 0, "credit_idr": 100},
        ],
    }


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
