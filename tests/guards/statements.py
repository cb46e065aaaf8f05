"""Every statement names its cooperative as a constant, each SELECT within it by itself.

Where tables are spread over machines, a SELECT goes to one of them only if its own conditions
say whose rows it wants: with a value, not with another query's column. A table is named when
its ``cooperative_id`` is compared with a value, or with that of a table that is named, in the
WHERE or the joins of the same SELECT, UPDATE or DELETE. Statements are parsed with sqlglot
rather than matched, so that a clever alias does not slip through.

The city's scope is exempt for the tables that it may read: the counters, settings and stages.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import sqlglot
from django.apps import apps
from sqlglot import exp

from kkmp.registry import scope
from kkmp.registry.tenancy import TenantModel

#: What the city's scope reads of all cooperatives at once; no personal data is among it.
CITY_READS = frozenset(
    {
        "registry_cooperativefigures",
        "registry_cooperativesettings",
        "registry_dayfigures",
        "registry_stagestep",
    }
)

_PLACEHOLDER = re.compile(r"%(\(\w+\))?s")
_LONG_LIST = re.compile(r"\bIN \(NULL(?:, NULL){2,}\)")
_LONG_VALUES = re.compile(r"(\bVALUES \((?:[^()]|\([^()]*\))*\))(?:, \((?:[^()]|\([^()]*\))*\))+")
_EXPLAIN = re.compile(r"\s*EXPLAIN\s*(\([^)]*\)|ANALYZE|VERBOSE|\s)*", re.IGNORECASE)
_READS_OR_WRITES = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH|COPY|MERGE|TABLE|\()", re.IGNORECASE
)

#: A comparison says that the first is named if the second is.
_Says = tuple[str, str]
#: What stands for a value among the names of tables.
_VALUE = ""


class UnnamedCooperative(AssertionError):
    """A statement would look at every cooperative's rows."""


def guard(execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """A wrapper for ``connection.execute_wrapper``."""
    text = sql if isinstance(sql, str) else sql.as_string(context["connection"].connection)
    unnamed = unnamed_tables(text)
    if unnamed and scope.is_city():
        unnamed = unnamed - CITY_READS
    if unnamed:
        raise UnnamedCooperative(
            f"{', '.join(sorted(unnamed))} without a constant cooperative_id in: {text}"
        )
    return execute(sql, params, many, context)


@cache
def tenant_tables() -> frozenset[str]:
    return frozenset(
        model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)
    )


@cache
def unnamed_tables(text: str) -> frozenset[str]:
    """Tenant tables of a statement that one of its SELECTs reads without naming a cooperative."""
    text = _EXPLAIN.sub("", text, count=1)
    if not _READS_OR_WRITES.match(text) or not any(table in text for table in tenant_tables()):
        return frozenset()
    # Statements that differ only in how many values they carry are read once.
    text = _LONG_LIST.sub("IN (NULL, NULL)", _PLACEHOLDER.sub("NULL", text))
    return unnamed_in(_LONG_VALUES.sub(r"\1", text))


@cache
def unnamed_in(text: str, values: frozenset[str] = frozenset()) -> frozenset[str]:
    """
    :param values: names that stand for a value, such as the arguments of a database function
    """
    return frozenset(
        table
        for statement in sqlglot.parse(text, dialect="postgres")
        for table in _unnamed(statement, values)
    )


def _unnamed(statement: Any, values: frozenset[str]) -> Iterator[str]:
    if isinstance(statement, exp.Command):
        yield "a statement that cannot be read"
        return
    shadows = {cte.alias for cte in statement.find_all(exp.CTE)}
    tables = tenant_tables() - shadows
    judged: set[int] = set()
    for insert in statement.find_all(exp.Insert):
        judged.add(id(_target(insert)))
        if _target(insert).name in tables and not _inserts_cooperative(insert):
            yield _target(insert).name
    for home in statement.find_all(exp.Select, exp.Update, exp.Delete):
        sources = {each.alias_or_name: each for each in _sources(home)}
        judged.update(id(each) for each in sources.values())
        wanted = {
            name
            for name, each in sources.items()
            if isinstance(each, exp.Table) and each.name in tables
        }
        if wanted:
            for name in wanted - _named(_says(home, sources, wanted, values)):
                yield sources[name].name
    for lock in statement.find_all(exp.Lock):
        judged.update(id(each) for each in lock.expressions)
    # What stands elsewhere, as in TABLE finance_line or joins in brackets, is nowhere compared.
    for table in statement.find_all(exp.Table):
        if table.name in tables and id(table) not in judged:
            yield table.name


def _sources(home: exp.Expression) -> Iterator[exp.Expression]:
    """What stands in FROM, in joins, in USING, and as the target of a change."""
    begun: list[Any] = [home.args.get("from_"), *(home.args.get("using") or [])]
    if not isinstance(home, exp.Select):
        begun.append(home.this)
    for each in [*begun, *_joins(home)]:
        if each is not None:
            source = each.this if isinstance(each, exp.From | exp.Join) else each
            yield source
            yield from (join.this for join in _joins(source))


def _joins(node: exp.Expression) -> list[exp.Join]:
    """The joins of a SELECT, and those that hang on its FROM or on a table of it."""
    begun = node.args.get("from_")
    within = begun.this.args.get("joins") if begun is not None else None
    return [*(node.args.get("joins") or []), *(within or [])]


def _says(
    home: exp.Expression,
    sources: dict[str, exp.Expression],
    tenants: set[str],
    values: frozenset[str],
) -> Iterator[_Says]:
    """What the comparisons of ``cooperative_id`` in one SELECT tell of its tables."""

    def side(node: exp.Expression) -> str | None:
        """Whose cooperative it is, or a value; None for anything else."""
        while isinstance(node, exp.Paren | exp.Cast):
            node = node.this
        if isinstance(node, exp.Literal | exp.Null | exp.Placeholder | exp.Parameter):
            return _VALUE
        if not isinstance(node, exp.Column):
            return None
        if node.name == "cooperative_id" and node.table in sources:
            return node.table
        if node.name == "cooperative_id" and not node.table:
            return next(iter(tenants)) if len(tenants) == 1 else None
        return _VALUE if node.sql() in values else None

    where = home.args.get("where")
    conditions = [(None, each) for each in _conjuncts(where.this if where else None)]
    joins = [*_joins(home), *(join for each in sources.values() for join in _joins(each))]
    for join in joins:
        outer = join.this.alias_or_name if join.side else None
        if join.side in ("RIGHT", "FULL"):
            continue
        conditions += [(outer, each) for each in _conjuncts(join.args.get("on"))]
    for outer, condition in conditions:
        for left, right in _equal(condition):
            one, other = side(left), side(right)
            if one is None or other is None:
                continue
            # The condition of a LEFT JOIN holds for the rows that it adds, not for the others.
            if outer in (None, one):
                yield one, other
            if outer in (None, other):
                yield other, one


def _conjuncts(condition: exp.Expression | None) -> Iterator[exp.Expression]:
    if isinstance(condition, exp.And):
        yield from _conjuncts(condition.left)
        yield from _conjuncts(condition.right)
    elif isinstance(condition, exp.Paren):
        yield from _conjuncts(condition.this)
    elif condition is not None:
        yield condition


def _equal(condition: exp.Expression) -> Iterable[tuple[exp.Expression, exp.Expression]]:
    if isinstance(condition, exp.EQ):
        if isinstance(condition.left, exp.Tuple) and isinstance(condition.right, exp.Tuple):
            return zip(condition.left.expressions, condition.right.expressions, strict=True)
        return [(condition.left, condition.right)]
    if isinstance(condition, exp.In) and len(condition.expressions) == 1:
        return [(condition.this, condition.expressions[0])]
    return []


def _named(comparisons: Iterable[_Says]) -> set[str]:
    says = list(comparisons)
    named = {_VALUE}
    while more := {name for name, by in says if by in named} - named:
        named |= more
    return named


def _target(insert: exp.Insert) -> exp.Expression:
    return insert.this.this if isinstance(insert.this, exp.Schema) else insert.this


def _inserts_cooperative(insert: exp.Insert) -> bool:
    columns = insert.this.expressions if isinstance(insert.this, exp.Schema) else []
    return any(column.name == "cooperative_id" for column in columns)
