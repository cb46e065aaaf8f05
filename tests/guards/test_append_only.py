"""What models call append-only is: the application has no right to change it, the owner no way."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from finance.ledger.models import Journal
from kkmp.registry.constraints import AppendOnly

TABLES = sorted(
    model._meta.db_table
    for model in apps.get_models()
    if any(isinstance(each, AppendOnly) for each in model._meta.constraints)
)
CHANGES = ("UPDATE {} SET id = id", "DELETE FROM {}")

#: Begin with one journal and end with another, days later.
HAVE_TWO_JOURNALS = {"members_exit", "members_keptmoney", "shops_shift"}

#: The owner frees a table from all that stands in the way of an empty row, adds one and tries to
#: change it; in the end nothing of it has happened.
_TRY = """
DO $try$
DECLARE
    rule record;
    wanted text;
BEGIN
    FOR rule IN
        SELECT conname FROM pg_constraint
        WHERE conrelid = '{table}'::regclass AND contype <> 'n' AND contype <> 't'
        ORDER BY contype = 'p', contype = 'u'
    LOOP
        EXECUTE format('ALTER TABLE {table} DROP CONSTRAINT IF EXISTS %I CASCADE', rule.conname);
    END LOOP;
    FOR rule IN
        SELECT attname FROM pg_attribute
        WHERE attrelid = '{table}'::regclass AND attnum > 0 AND attnotnull AND NOT attisdropped
    LOOP
        EXECUTE format('ALTER TABLE {table} ALTER %I DROP NOT NULL', rule.attname);
    END LOOP;
    FOR rule IN
        SELECT tgname FROM pg_trigger
        WHERE tgrelid = '{table}'::regclass AND NOT tgisinternal AND (tgtype & 4) <> 0  -- INSERT
    LOOP
        EXECUTE format('ALTER TABLE {table} DISABLE TRIGGER %I', rule.tgname);
    END LOOP;
    INSERT INTO {table} DEFAULT VALUES;
    FOREACH wanted IN ARRAY ARRAY['UPDATE {table} SET id = id', 'DELETE FROM {table}'] LOOP
        BEGIN
            EXECUTE wanted;
            RAISE EXCEPTION 'the owner could: %', wanted;
        EXCEPTION WHEN restrict_violation THEN
            IF sqlerrm <> '{table} is append-only' THEN
                RAISE;
            END IF;
        END;
    END LOOP;
    RAISE EXCEPTION 'as it should be' USING ERRCODE = 'no_data_found';
END $try$
"""


def test_there_are_some():
    assert {"finance_journal", "finance_line", "access_systemevent"} < set(TABLES)


def test_what_a_journal_has_posted_stays_as_it_was_posted():
    """Else the row and the books, which nobody can change, could say two things."""
    posted = {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.related_model is Journal for field in model._meta.local_fields)
    }
    assert len(posted) > 10
    assert posted - HAVE_TWO_JOURNALS <= set(TABLES)


@pytest.mark.raw_statements
def test_the_application_has_no_right_to_change_a_row(db):
    for table in TABLES:
        for change in (*CHANGES, "TRUNCATE {}"):
            with (
                pytest.raises(DatabaseError, match=f"permission denied for table {table}"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(change.format(table))


@pytest.mark.raw_statements
@pytest.mark.django_db(transaction=True)
def test_not_even_the_owner_changes_a_row(as_owner: Callable[..., None]):
    for table in TABLES:
        with pytest.raises(DatabaseError, match="as it should be"):
            as_owner(_TRY.format(table=table))


def test_nothing_else_is_held_by_the_trigger(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger"
            " WHERE tgfoid = 'registry_refuse_change'::regproc AND tgenabled = 'O'"
        )
        assert sorted(table for (table,) in cursor.fetchall()) == TABLES
