"""Acts at the same moment, in connections of their own."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from kkmp.lib.errors import DomainError
from kkmp.registry import scope
from kkmp.registry.models import Cooperative


def alone(cooperative: Cooperative, act: Callable[[], Any], start: Barrier | None = None) -> Any:
    """Do it in a thread's own connection and transaction; a refusal is the answer."""
    try:
        with scope.cooperative(cooperative.pk):
            if start is not None:
                start.wait(timeout=120)
            return act()
    except DomainError as refusal:
        return refusal
    finally:
        connection.close()


def at_once(cooperative: Cooperative, *acts: Callable[[], Any]) -> list[Any]:
    """What becomes of acts that begin together."""
    start = Barrier(len(acts))
    with ThreadPoolExecutor(len(acts)) as pool:
        begun = [pool.submit(alone, cooperative, act, start) for act in acts]
        return [each.result(timeout=120) for each in begun]


def side_by_side(*acts: Callable[[], Any]) -> list[Any]:
    """Acts that open scopes of their own, each in a thread; a refusal is the answer."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=120)
            return act()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=120) for future in [pool.submit(run, act) for act in acts]]


def until_waiting(count: int) -> None:
    """Return once so many connections wait for a lock of this database."""
    for _try in range(600):
        with connection.cursor() as cursor:
            # A transaction sees who waits as it was when it first looked.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone() == (count,):
                return
        time.sleep(0.05)
    raise TimeoutError(f"{count} connections do not wait")
