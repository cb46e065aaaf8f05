"""Statements of our database backend: the same on one machine and on several."""

import pytest
from django.db import connection
from django.db.backends.postgresql import compiler
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from kkmp.access.models import RoleHolding, User


def test_many_rows_go_in_as_values(db):
    people = [User(username=name, name=f"{name} (rekaan)") for name in ("citra", "dodi")]
    with CaptureQueriesContext(connection) as asked:
        User.objects.bulk_create(people)
    (statement,) = [query["sql"] for query in asked if "access_user" in query["sql"]]
    assert "UNNEST" not in statement
    assert statement.count("(rekaan)") == 2
    assert "VALUES (" in statement
    assert User.objects.filter(username__in=["citra", "dodi"]).count() == 2


@pytest.mark.raw_statements
def test_what_is_selected_is_what_is_grouped_by(agus):
    rows = User.objects.filter(pk=agus.pk).annotate(held=Count("holdings"))
    statement = str(rows.query)
    grouped = statement[statement.index("GROUP BY") :]
    for column in ("id", "username", "name", "is_active"):
        assert f'"access_user"."{column}"' in grouped
    assert [(one.username, one.held) for one in rows] == [
        ("agus", RoleHolding.objects.filter(user=agus).count())
    ]


def test_all_but_the_writing_of_many_rows_is_as_django_has_it():
    """Django's compiler of queries also refuses names that would end a quotation."""
    for name in ("SQLCompiler", "SQLUpdateCompiler", "SQLDeleteCompiler", "SQLAggregateCompiler"):
        assert connection.ops.compiler(name) is getattr(compiler, name)
