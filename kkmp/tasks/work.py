"""How a piece of work is declared, so that it serves one cooperative and tells no one's data.

The queue's table is shared by all cooperatives and bound by no row security. So its rows hold
ids, days and names of ours, and never what anybody has told: :func:`check_arguments`.
"""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from uuid import UUID

from django_tasks.base import Task, TaskResult

from kkmp.registry import scope

#: Of work that somebody follows on a page, and of work that can wait for that.
SOON, LATER = 0, -50
#: A name of ours, such as a command's; never a number, which might be somebody's.
_NAME = re.compile(r"[a-z][a-z_]{0,39}", re.ASCII)
_log = logging.getLogger(__name__)


class WorkFailed(Exception):
    """Stands in the queue in place of what was raised, whose words may hold a row's content."""


class Postponed(Exception):
    """The work is not to be begun yet; it counts as no attempt."""


class ArgumentRefused(ValueError):
    """What the queue's shared table must not hold, or a task without its cooperative."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Task[..., None]):
    """
    :param attempts: how often it is begun at most, when it fails or its worker dies
    :param is_shared: whether it serves no cooperative
    """

    attempts: int = 1
    is_shared: bool = False

    def enqueue(self, *args: object, **given: object) -> TaskResult[None]:
        """Have it done once the transaction that asks is committed.

        :raises ArgumentRefused: as :func:`check_arguments` says
        :raises kkmp.registry.scope.CrossedScopes: while another cooperative is served
        """
        if args:
            raise ArgumentRefused("arguments are given by name")
        check_arguments(given, is_shared=self.is_shared)
        # A class with slots is made twice, and super() would look for the first.
        return Task.enqueue(self, **given)


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

        return Work(func=serve, priority=priority, attempts=attempts)

    return declare


def shared(*, attempts: int = 1, priority: int = LATER) -> Callable[[Callable[..., None]], Work]:
    """Work on tables that belong to no cooperative; row security shows it no other rows."""

    def declare(function: Callable[..., None]) -> Work:
        @wraps(function)
        def serve(**given: str) -> None:
            _run(lambda: function(**given), function.__name__)

        return Work(func=serve, priority=priority, attempts=attempts, is_shared=True)

    return declare


def check_arguments(given: Mapping[str, object], *, is_shared: bool) -> None:
    """
    :raises ArgumentRefused: not its one cooperative, or more than ids, days and names
    :raises kkmp.registry.scope.CrossedScopes: it is asked for while another cooperative is served
    """
    if ("cooperative_id" in given) == is_shared:
        raise ArgumentRefused("a task serves one cooperative, unless it is declared as shared")
    for name, value in given.items():
        if not (_is_id(value) or _is_day(value) or _is_name(value)):
            raise ArgumentRefused(f"{name} is neither an id nor a day nor a name of ours")
    if not is_shared:
        scope.check(UUID(str(given["cooperative_id"])))


def _run(function: Callable[[], None], name: str) -> None:
    try:
        function()
    except (WorkFailed, Postponed):
        raise
    except Exception:
        _log.exception("%s failed", name)
        raise WorkFailed(name) from None


def _is_name(value: object) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _is_id(value: object) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
