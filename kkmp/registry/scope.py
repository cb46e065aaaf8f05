"""Which rows a transaction may see: one cooperative's, or the city's aggregates.

Row-level security reads two settings that live as long as the transaction. With neither set,
no tenant row is visible.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection, transaction

from kkmp.lib import postgresql

_current: ContextVar[UUID | None] = ContextVar("kkmp_cooperative", default=None)
_only: ContextVar[UUID | None] = ContextVar("kkmp_only", default=None)
_city: ContextVar[bool] = ContextVar("kkmp_city", default=False)


class CrossedScopes(AssertionError):
    """A transaction that serves one cooperative was about to serve another."""


@contextmanager
def cooperative(cooperative_id: UUID) -> Iterator[None]:
    """Run a transaction that sees and writes the rows of one cooperative.

    :raises CrossedScopes: the surrounding transaction already serves another cooperative
    """
    before = _current.get()
    check(cooperative_id)
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
def only(cooperative_id: UUID) -> Iterator[None]:
    """Serve one cooperative in as many transactions as the block opens, and no other in any."""
    check(cooperative_id)
    token = _only.set(cooperative_id)
    try:
        yield
    finally:
        _only.reset(token)


def check(cooperative_id: UUID) -> None:
    """
    :raises CrossedScopes: another cooperative is being served
    """
    for served in (_current.get(), _only.get()):
        if served not in (None, cooperative_id):
            raise CrossedScopes(f"{served} is being served; {cooperative_id} must wait its turn")


@contextmanager
def city() -> Iterator[None]:
    """Run a transaction that reads every cooperative's counters, and no personal data.

    :raises CrossedScopes: within :func:`only`
    """
    if _only.get() is not None:
        raise CrossedScopes(f"only {_only.get()} is served here")
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
    """Whether the city's scope is being served.

    The suite asks it of every statement: the city alone reads counters of all cooperatives.
    """
    return _city.get()


def _set_local(name: str, value: str) -> None:
    # A literal SET LOCAL, not set_config(): a sharded PostgreSQL passes it on to its workers.
    with postgresql.beginning_cursor() as cursor:
        cursor.execute(f"SET LOCAL {name} = '{value}'")


def _leave() -> None:
    """Leave the cooperative's scope; deferred rules are checked first, while rows are seen."""
    if connection.savepoint_ids and not connection.needs_rollback:
        connection.check_constraints()
    _forget("kkmp.cooperative_id")


def _forget(name: str) -> None:
    """A commit or rollback forgets by itself; this is for where a larger transaction goes on."""
    if connection.savepoint_ids and not connection.needs_rollback:
        _set_local(name, "")
