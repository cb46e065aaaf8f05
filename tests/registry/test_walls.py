"""What raw SQL as the application's role cannot do to the tables that rules are read from."""

from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from kkmp.registry import checks, database
from kkmp.registry.database import QUIET_LOG
from kkmp.registry.models import Cooperative

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


@pytest.mark.django_db(transaction=True)
def test_nothing_is_taken_from_the_application_while_its_rights_are_renewed(melati: Cooperative):
    """A till asks between any two statements of `migrate`: it may, before and after and between."""
    may, refused = [], []
    till = psycopg.connect(**connection.get_connection_params() | {"autocommit": True})

    def ask(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        done = execute(sql, params, many, context)
        row = till.execute(
            "SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname IN"
            " ('shops_write_sale', 'finance_post', 'registry_take_numbers')"
            " AND NOT has_function_privilege(oid, 'EXECUTE')"
        ).fetchone()
        (refused if row else may).append(sql)
        return done

    with till, database.as_owner(), connection.execute_wrapper(ask):
        database.grant_rights({"USER": till.info.user})
    assert refused == []
    assert any("GRANT EXECUTE ON FUNCTION shops_write_sale" in sql for sql in may)


def test_the_walls_are_looked_at_by_a_command(in_melati, monkeypatch):
    assert checks.keeps_to_itself(databases=["default"]) == []
    assert checks.keeps_to_itself(databases=None) == []
    monkeypatch.setitem(QUIET_LOG, "log_min_error_statement", "fatal")
    (found,) = checks.keeps_to_itself(databases=["default"])
    assert (found.id, "log_min_error_statement is panic" in found.msg) == ("registry.W002", True)
    call_command("check", "--database", "default", "--tag", "database", fail_level="ERROR")
