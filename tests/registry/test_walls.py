"""What raw SQL as the application's role cannot do to the tables that rules are read from."""

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from kkmp.registry import checks
from kkmp.registry.database import QUIET_LOG

pytestmark = pytest.mark.raw_statements


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TEMP TABLE finance_month (cooperative_id uuid, month date)",
        "CREATE TEMP VIEW finance_month AS SELECT 1 AS month",
        "CREATE TABLE pg_temp.shops_goodsrule (product_id uuid)",
        "CREATE FUNCTION pg_temp.finance_is_closed(uuid, date) RETURNS boolean LANGUAGE sql"
        " AS 'SELECT false'",
        "CREATE TEMP SEQUENCE one",
        "SELECT 1 AS month INTO TEMP finance_month",
        "CREATE TABLE public.of_mine (id int)",
        "CREATE FUNCTION public.of_mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA of_mine",
        "ALTER FUNCTION finance_is_closed(uuid, date) RESET search_path",
        "DROP TRIGGER finance_journal_balanced ON finance_journal",
    ],
)
def test_nothing_can_be_put_before_our_tables_and_functions(in_melati, statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        run(statement)


def test_the_walls_are_looked_at_by_a_command(in_melati, monkeypatch):
    assert checks.keeps_to_itself(databases=["default"]) == []
    assert checks.keeps_to_itself(databases=None) == []
    monkeypatch.setitem(QUIET_LOG, "log_min_error_statement", "fatal")
    (found,) = checks.keeps_to_itself(databases=["default"])
    assert (found.id, "log_min_error_statement is panic" in found.msg) == ("registry.W002", True)
    call_command("check", "--database", "default", "--tag", "database", fail_level="ERROR")
