"""How a piece of work is declared, so that it serves one cooperative and tells no one's data."""

import logging
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from kkmp.registry import scope
from kkmp.tasks.backends import Work

#: Of work that somebody follows on a page, and of work that can wait for that.
SOON, LATER = 0, -50
_log = logging.getLogger(__name__)


class WorkFailed(Exception):
    """Stands in the queue in place of what was raised, whose words may hold a row's content."""


def for_cooperative(
    *, attempts: int = 1, priority: int = SOON
) -> Callable[[Callable[..., None]], Work]:
    """Work on one cooperative's rows, asked for by ``enqueue(cooperative_id=str(…), …)``.

    The function gets the cooperative's id and opens its transactions itself; a transaction for
    another cooperative is refused. It may be begun ``attempts`` times, and more than once to the
    end if a worker was only thought dead: doing it twice must do no harm.
    """

    def declare(function: Callable[..., None]) -> Work:
        @wraps(function)
        def serve(*, cooperative_id: str, **given: str) -> None:
            served = UUID(cooperative_id)
            with scope.only(served):
                _run(lambda: function(served, **given), function.__name__)

        return _work(serve, attempts=attempts, priority=priority)

    return declare


def shared(*, attempts: int = 1, priority: int = LATER) -> Callable[[Callable[..., None]], Work]:
    """Work on tables that belong to no cooperative; row security shows it no other rows."""

    def declare(function: Callable[..., None]) -> Work:
        @wraps(function)
        def serve(**given: str) -> None:
            _run(lambda: function(**given), function.__name__)

        return _work(serve, attempts=attempts, priority=priority, is_shared=True)

    return declare


def _work(
    function: Callable[..., None], *, attempts: int, priority: int, is_shared: bool = False
) -> Work:
    # A worker finds it again by the function's module and name.
    return Work(func=function, priority=priority, attempts=attempts, is_shared=is_shared)


def _run(function: Callable[[], None], name: str) -> None:
    try:
        function()
    except WorkFailed:
        raise
    except Exception:
        _log.exception("%s failed", name)
        raise WorkFailed(name) from None
