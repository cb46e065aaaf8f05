"""The process that takes work from the queue: one piece at a time, at least once.

Several may run beside each other; a row that one has locked is passed over by the others, so no
two take the same. Each writes into :class:`~kkmp.tasks.models.Worker` that it is alive. What a
dead one had begun is found by all others, and begun again as often as the work allows.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from uuid import UUID

from django.core.exceptions import SuspiciousOperation
from django.db import connections, transaction
from django.utils import timezone
from django_tasks.base import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from kkmp.lib.ids import new_id
from kkmp.tasks import nightly
from kkmp.tasks.models import SILENCE, Worker
from kkmp.tasks.work import Postponed, Work, WorkFailed

#: Between two signs of life, and between two looks at what is due.
BEAT_SECONDS = 5.0
LOOK_SECONDS = 60.0
#: Between two looks into an empty queue.
POLL_SECONDS = 1.0
#: Before the second attempt; before each further one twice as long.
PAUSE = timedelta(seconds=30)
#: Before work that was postponed is looked at again.
POSTPONED_FOR = timedelta(seconds=3)
_POSTPONED = f"{Postponed.__module__}.{Postponed.__qualname__}"
_log = logging.getLogger(__name__)


class Taker(db_worker.Worker):
    """django-tasks' worker, and another attempt for what failed."""

    def __init__(self, own_id: UUID, *, until_empty: bool = False) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=POLL_SECONDS,
            batch=until_empty,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=str(own_id),
        )

    def run_task(self, db_task_result: DBTaskResult[..., None]) -> None:
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            with transaction.atomic():
                if db_task_result.exception_class_path == _POSTPONED:
                    _later(db_task_result, at=timezone.now())
                else:
                    _again(db_task_result, at=timezone.now())


def work(*, until_empty: bool = False) -> None:
    """Work until a termination signal, which lets the piece in hand be finished.

    :param until_empty: end when there is nothing to do
    """
    own_id = new_id()
    taker = Taker(own_id, until_empty=until_empty)
    taker.configure_signals()
    with _sign_of_life(own_id):
        taker.run()


def recover(*, at: datetime) -> int:
    """Let what dead workers had begun be begun again, or fail; returns how many."""
    with transaction.atomic():
        living = Worker.objects.filter(beat_at__gt=at - SILENCE).values_list("id", flat=True)
        known = {str(own_id) for own_id in living}
        begun = DBTaskResult.objects.running().filter(started_at__lt=at - SILENCE)
        lost = [
            held
            for held in begun.select_for_update(skip_locked=True)
            if not known.intersection(held.worker_ids[-1:])
        ]
        for held in lost:
            _log.error("%s was lost with its worker: task %s", held.task_name, held.id)
            if not _again(held, at=at):
                held.set_failed(WorkFailed("its worker died"))
    return len(lost)


def _again(held: DBTaskResult[..., None], *, at: datetime) -> bool:
    """Put work back into the queue, after a pause, if it may be begun once more."""
    attempts = len(held.worker_ids)
    if attempts >= _attempts_allowed(held):
        return False
    held.status = TaskResultStatus.READY
    held.started_at = held.finished_at = None
    held.run_after = at + PAUSE * 2 ** (attempts - 1)
    held.save(update_fields=["status", "started_at", "finished_at", "run_after"])
    return True


def _later(held: DBTaskResult[..., None], *, at: datetime) -> None:
    """Put work back as if it had not been begun."""
    held.status = TaskResultStatus.READY
    held.started_at = held.finished_at = None
    held.worker_ids = held.worker_ids[:-1]
    held.exception_class_path = held.traceback = ""
    held.run_after = at + POSTPONED_FOR
    held.save()


def _attempts_allowed(held: DBTaskResult[..., None]) -> int:
    try:
        work = held.task
    except (ImportError, SuspiciousOperation):
        # Of an older version of the system; nobody knows any more how to do it.
        return 0
    return work.attempts if isinstance(work, Work) else 1


@contextmanager
def _sign_of_life(own_id: UUID) -> Iterator[None]:
    over = Event()
    _beat(own_id)
    teller = Thread(target=_keep, args=(own_id, over), name="worker-keeper", daemon=True)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()
        Worker.objects.filter(id=own_id).delete()
        connections.close_all()


def _keep(own_id: UUID, over: Event) -> None:
    """Give signs of life beside the work, take up lost tasks, and order what is due nightly."""
    looked = float("-inf")
    waited = 0.0
    while True:
        try:
            _beat(own_id)
            recover(at=timezone.now())
            if waited - looked >= LOOK_SECONDS:
                looked = waited
                nightly.ask(at=timezone.now())
        except Exception:
            # The database may be away for a moment; the next beat has a new connection.
            _log.exception("a worker's sign of life failed")
            connections.close_all()
        if over.wait(BEAT_SECONDS):
            break
        waited += BEAT_SECONDS
    connections.close_all()


def _beat(own_id: UUID) -> None:
    Worker.objects.update_or_create(id=own_id, defaults={"beat_at": timezone.now()})
