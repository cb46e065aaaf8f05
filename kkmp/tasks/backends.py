"""Where asked-for work goes: into the queue, or, for tests, done on the spot.

The queue's table is shared by all cooperatives and bound by no row security. So its rows hold
ids, days and names of ours, and never what anybody has told: :func:`check_arguments`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task
from django_tasks_db.backend import DatabaseBackend

from kkmp.registry import scope

#: A command or the like; no number is among them.
_NAME = re.compile(r"[a-z][a-z_]{0,39}", re.ASCII)


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


def check_arguments(work: Task[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
    """
    :raises ArgumentRefused: not by name, not its one cooperative, or more than ids, days and names
    :raises kkmp.registry.scope.CrossedScopes: it is asked for while another cooperative is served
    """
    if args:
        raise ArgumentRefused("arguments are given by name")
    is_shared = isinstance(work, Work) and work.is_shared
    if ("cooperative_id" in kwargs) == is_shared:
        raise ArgumentRefused("a task serves one cooperative, unless it is declared as shared")
    for name, value in kwargs.items():
        if not (_is_id(value) or _is_day(value) or _is_name(value)):
            raise ArgumentRefused(f"{name} is neither an id nor a day nor a name of ours")
    if not is_shared:
        scope.check(UUID(kwargs["cooperative_id"]))


class Queue(DatabaseBackend):
    """A row of the queue is written in the transaction that asks, and is there if that commits."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        check_arguments(task, args, kwargs)
        return super().enqueue(task, args, kwargs)


class AtOnce(ImmediateBackend):
    """Does the work where it is asked for; keeps the queue's rules."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        check_arguments(task, args, kwargs)
        return super().enqueue(task, args, kwargs)


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
