"""Books of one cooperative are out of the reach of another, whatever SQL it runs."""

from datetime import date

import pytest

from finance.ledger.accounts import Code
from finance.models import Month, Party
from kkmp.registry import scope
from tests.finance.books import (
    account,
    insert_balance,
    insert_journal,
    insert_line,
    insert_unit,
    post,
    refused,
    run,
)

NOVEMBER = date(2026, 11, 1)


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
