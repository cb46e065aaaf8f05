"""What is posted stays, for the application and for the owner of the tables."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError

from finance.models import Journal, Line, Month
from kkmp.registry import scope
from tests.finance.books import (
    insert_journal,
    insert_line,
    post,
    refused,
    run,
)

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
