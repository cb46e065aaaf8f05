"""The connection: statements that are prepared, one that begins, and one that finds it lost."""

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction

from kkmp.lib import postgresql


def pid() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def kill() -> None:
    """End the session's process, as a restart of PostgreSQL would."""
    connection.connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def lose() -> None:
    """Have the connection lost without its knowing, at the beginning of a request."""
    with pytest.raises(Exception, match="terminating connection"):
        kill()
    connection.health_check_done = False


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_is_replaced_and_the_first_statement_asked_again():
    before = pid()
    lose()
    (after,) = postgresql.first_row("SELECT pg_backend_pid()", [])
    assert after != before


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_lost_later_in_a_request_is_an_error():
    postgresql.first_row("SELECT 1", [])
    with pytest.raises(Exception, match="terminating connection"):
        kill()
    with pytest.raises(OperationalError):
        postgresql.first_row("SELECT 1", [])
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_fails_by_itself_is_not_asked_twice():
    connection.health_check_done = False
    before = pid()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 20")
    connection.health_check_done = False
    with pytest.raises(OperationalError, match="statement timeout"):
        postgresql.first_row("SELECT pg_sleep(1)", [])
    with connection.cursor() as cursor:
        cursor.execute("RESET statement_timeout")
    assert pid() == before


@pytest.mark.django_db(transaction=True)
def test_a_transaction_begins_with_its_first_statement_in_one_message():
    with transaction.atomic():
        with postgresql.beginning_cursor() as cursor:
            cursor.execute("SET LOCAL application_name = 'in the transaction'")
        with connection.cursor() as cursor:
            cursor.execute("SHOW application_name")
            assert cursor.fetchone() == ("in the transaction",)
    with connection.cursor() as cursor:
        cursor.execute("SHOW application_name")
        assert cursor.fetchone() != ("in the transaction",)


@pytest.mark.django_db(transaction=True)
def test_a_beginning_that_is_refused_can_be_rolled_back():
    with (
        pytest.raises(Exception, match="unrecognized configuration"),
        transaction.atomic(),
        postgresql.beginning_cursor() as cursor,
    ):
        cursor.execute("SET LOCAL no_such_setting = '1'")
    assert pid()


@pytest.mark.django_db(transaction=True)
def test_what_is_prepared_is_planned_once_a_connection():
    for _ in range(3):
        with postgresql.prepared_cursor() as cursor:
            cursor.execute("SELECT %s::int + 1", [41])
            assert cursor.fetchone() == (42,)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%+ 1'")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_column_that_was_widened_meanwhile_is_planned_anew():
    """A migration beside tills that go on selling."""
    owner = settings.OWNER_DATABASE
    named = {
        "dbname": connection.settings_dict["NAME"],
        "user": owner["USER"],
        "password": owner["PASSWORD"],
        "host": owner["HOST"] or owner["OPTIONS"].get("host", ""),
        "port": owner["PORT"],
    }
    given = {name: value for name, value in named.items() if value}
    with psycopg.connect(**given, autocommit=True) as other:
        other.execute("CREATE TABLE widened (name varchar(3))")
        try:
            other.execute("INSERT INTO widened VALUES ('abc')")
            assert postgresql.first_row("SELECT name FROM widened", []) == ("abc",)
            other.execute("ALTER TABLE widened ALTER name TYPE varchar(9)")
            other.execute("UPDATE widened SET name = 'abcdef'")
            connection.health_check_done = False
            assert postgresql.first_row("SELECT name FROM widened", []) == ("abcdef",)
        finally:
            other.execute("DROP TABLE widened")
