"""Django's PostgreSQL, with statements that mean the same on one machine and on several."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django.db import connection
from django.db.backends.utils import CursorWrapper

if TYPE_CHECKING:
    from kkmp.lib.postgresql.base import DatabaseWrapper  # Django loads it by this package's name


def prepared_cursor() -> CursorWrapper:
    """A cursor for what is asked again and again: the server plans it once a connection."""
    return _ours().prepared_cursor()


def beginning_cursor() -> CursorWrapper:
    """A cursor whose statement goes with the BEGIN of the transaction that it is the first of."""
    return _ours().beginning_cursor()


def first_row(sql: str, params: Sequence[Any]) -> tuple[Any, ...] | None:
    """See :meth:`kkmp.lib.postgresql.base.DatabaseWrapper.first_row`."""
    return _ours().first_row(sql, params)


def _ours() -> "DatabaseWrapper":
    return cast("DatabaseWrapper", connection)
