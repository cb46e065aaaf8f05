from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import InterfaceError, NotSupportedError, OperationalError
from django.db.backends.postgresql import base, features, operations
from django.db.backends.utils import CursorWrapper
from psycopg import errors, pq
from typing_extensions import override

#: More often than any statement is asked: what is not prepared by name is not prepared.
_NEVER = 2**31 - 1


class DatabaseFeatures(features.DatabaseFeatures):
    # Where tables are spread, the key alone does not stand for the other columns of a row.
    allows_group_by_selected_pks = False


class DatabaseOperations(operations.DatabaseOperations):
    compiler_module = "kkmp.lib.postgresql.compiler"

    def date_trunc_sql(self, *args: Any, **options: Any) -> tuple[str, tuple[Any, ...]]:
        """A day and not a moment, which the time zone of another machine would move."""
        sql, params = super().date_trunc_sql(*args, **options)
        return f"({sql})::date", params

    @override
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> Any:
        """What was sent; a :class:`BeginningCursor` keeps nothing, so what it was told."""
        return super().last_executed_query(cursor, sql, params) or sql


class PreparedCursor(psycopg.Cursor[Any]):
    """The server binds the values, and plans a statement once a connection."""

    @override
    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, prepare=True, **options)


class BeginningCursor(psycopg.ClientCursor[Any]):
    """Begins the transaction and says its first statement in one message; it has no answer."""

    @override
    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        held = self.connection
        is_plain = not (params or held.autocommit or held.isolation_level)
        if not is_plain or held.pgconn.transaction_status != pq.TransactionStatus.IDLE:
            return super().execute(query, params, **options)
        result = held.pgconn.exec_(f"BEGIN; {query}".encode())
        if result.status != pq.ExecStatus.COMMAND_OK:
            raise errors.error_from_result(result)
        return self


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations

    @override
    def get_connection_params(self) -> dict[str, Any]:
        return super().get_connection_params() | {"prepare_threshold": _NEVER}

    def prepared_cursor(self) -> CursorWrapper:
        """A :class:`PreparedCursor`, watched like every other."""
        return self._own_cursor(PreparedCursor)

    def beginning_cursor(self) -> CursorWrapper:
        """A :class:`BeginningCursor`, watched like every other."""
        return self._own_cursor(BeginningCursor)

    def first_row(self, sql: str, params: Sequence[Any]) -> tuple[Any, ...] | None:
        """The first row of a statement that only reads, asked of the server by name.

        Where it is the first of a request it is also the look at whether the connection still
        lives: one that is lost is replaced, and the statement asked once more. So it is where a
        column's type has changed since the connection planned it.
        """
        is_first = not (self.in_atomic_block or self.health_check_done)  # type: ignore[has-type]
        self.health_check_done = True
        try:
            return self._first_row(sql, params)
        except (OperationalError, InterfaceError):
            if not is_first or self.is_usable():
                raise
        except NotSupportedError:
            if not is_first:
                raise
        self.close()
        return self._first_row(sql, params)

    def _own_cursor(self, kind: type[Any]) -> CursorWrapper:
        self.ensure_connection()
        with self.wrap_database_errors:
            watched: CursorWrapper = self._prepare_cursor(kind(self.connection))  # type: ignore[attr-defined]
        return watched

    def _first_row(self, sql: str, params: Sequence[Any]) -> tuple[Any, ...] | None:
        with self.prepared_cursor() as cursor:
            cursor.execute(sql, params)
            row: tuple[Any, ...] | None = cursor.fetchone()
        return row
