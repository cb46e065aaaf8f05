"""Which rows a transaction may see: one cooperative's, or the city's aggregates.

Row-level security reads two settings that live as long as the transaction. With neither set,
no tenant row is visible.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection, transaction

_current: ContextVar[UUID | None] = ContextVar("kkmp_cooperative", default=None)
_city: ContextVar[bool] = ContextVar("kkmp_city", default=False)


class CrossedScopes(AssertionError):
    """A transaction that serves one cooperative was about to serve another."""


@contextmanager
def cooperative(cooperative_id: UUID) -> Iterator[None]:
    """Run a transaction that sees and writes the rows of one cooperative.

    :raises CrossedScopes: the surrounding transaction already serves another cooperative
    """
    before = _current.get()
    if before not in (None, cooperative_id):
        raise CrossedScopes(f"{before} is being served; {cooperative_id} must wait its turn")
    with transaction.atomic():
        _set_local("kkmp.cooperative_id", str(UUID(str(cooperative_id))))
        token = _current.set(cooperative_id)
        try:
            yield
        finally:
            _current.reset(token)
        if before is None:
            _leave()


@contextmanager
def city() -> Iterator[None]:
    """Run a transaction that reads every cooperative's counters, and no personal data."""
    with transaction.atomic():
        _set_local("kkmp.scope", "city")
        token = _city.set(True)
        try:
            yield
        finally:
            _city.reset(token)
        _forget("kkmp.scope")


def current_cooperative_id() -> UUID | None:
    """The cooperative that is being served, or None."""
    return _current.get()


def is_city() -> bool:
    """Whether the city's scope is being served."""
    return _city.get()


def _set_local(name: str, value: str) -> None:
    # A literal SET LOCAL, not set_config(): a sharded PostgreSQL passes it on to its workers.
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {name} = '{value}'")


def _leave() -> None:
    """Where a larger transaction goes on, what waits for its end is checked while rows are seen."""
    if connection.savepoint_ids and not connection.needs_rollback:
        connection.check_constraints()
    _forget("kkmp.cooperative_id")


def _forget(name: str) -> None:
    """A commit or rollback forgets by itself; this is for where a larger transaction goes on."""
    if connection.savepoint_ids and not connection.needs_rollback:
        _set_local(name, "")
