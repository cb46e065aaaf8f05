"""Every statement that touches a tenant table names the cooperative, and every join compares it.

Parsed with sqlglot rather than matched, so that a clever alias does not slip through. The
city's scope is exempt for the tables it may read: the counters, settings and stages.
"""

import re
from functools import cache

import sqlglot
from django.apps import apps
from sqlglot import exp

from kkmp.registry import scope
from kkmp.registry.constraints import RowSecurity
from kkmp.registry.tenancy import TenantModel

_PLACEHOLDER = re.compile(r"%(\(\w+\))?s")
_READS_OR_WRITES = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH|EXPLAIN)\b", re.IGNORECASE)


class UnnamedCooperative(AssertionError):
    """A statement would look at every cooperative's rows."""


def guard(execute, sql, params, many, context):
    """A wrapper for ``connection.execute_wrapper``."""
    text = sql if isinstance(sql, str) else sql.as_string(context["connection"].connection)
    unnamed = unnamed_tables(text)
    if scope.is_city():
        unnamed = unnamed - city_tables()
    if unnamed:
        raise UnnamedCooperative(f"{', '.join(sorted(unnamed))} without cooperative_id in: {text}")
    return execute(sql, params, many, context)


@cache
def tenant_tables() -> frozenset[str]:
    return frozenset(
        model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)
    )


@cache
def city_tables() -> frozenset[str]:
    return frozenset(
        model._meta.db_table
        for model in apps.get_models()
        if any(isinstance(c, RowSecurity) and c.city_reads for c in model._meta.constraints)
    )


@cache
def unnamed_tables(text: str) -> frozenset[str]:
    """Tenant tables of a statement whose cooperative is not compared or written."""
    if not _READS_OR_WRITES.match(text) or not any(table in text for table in tenant_tables()):
        return frozenset()
    unnamed: set[str] = set()
    for statement in sqlglot.parse(_PLACEHOLDER.sub("NULL", text), dialect="postgres"):
        for table in statement.find_all(exp.Table):
            if table.name in tenant_tables() and not _is_named(table):
                unnamed.add(table.name)
    return frozenset(unnamed)


def _is_named(table: exp.Table) -> bool:
    insert = table.find_ancestor(exp.Insert)
    if insert is not None and _target(insert) is table:
        return _inserts_cooperative(insert)
    home = table.find_ancestor(exp.Select, exp.Update, exp.Delete)
    if home is None:
        return False
    alone = len(list(home.find_all(exp.Table))) == 1
    names = {table.alias_or_name} | ({""} if alone else set())
    return any(
        column.name == "cooperative_id" and column.table in names
        for condition in home.find_all(exp.EQ, exp.In)
        for column in condition.find_all(exp.Column)
    )


def _target(insert: exp.Insert) -> exp.Expression | None:
    target = insert.this
    return target.this if isinstance(target, exp.Schema) else target


def _inserts_cooperative(insert: exp.Insert) -> bool:
    columns = insert.this.expressions if isinstance(insert.this, exp.Schema) else []
    return any(column.name == "cooperative_id" for column in columns)
