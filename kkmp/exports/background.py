"""Makes the files of jobs, in a worker's process.

A job has two threads with a database connection each: one reads and writes the list in one
transaction, the other tells every second how far it has come. A process that is ended takes
both along; the job then falls silent, and whoever looks at it next is told so and may start
it anew. If nobody has looked until the queue notices the dead worker, another one makes it.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from uuid import UUID

from django.db import connections
from django.utils import timezone

from kkmp.exports.models import ExportJob
from kkmp.exports.services import jobs
from kkmp.registry import scope
from kkmp.tasks import turns
from kkmp.tasks.work import LATER, SOON, for_cooperative

#: Between two signs of life.
BEAT_SECONDS = 1.0
#: So many files are made at once, by however many workers; of one cooperative one. Each takes two
#: connections to the database and, for a long list, some hundred megabytes.
MOST_AT_ONCE = 2
_log = logging.getLogger(__name__)


def begin(job: ExportJob) -> None:
    """Have a new job made once the transaction that asks for it is committed.

    The more files of a cooperative are on their way, the later its next one is taken up: the first
    of another goes before its second.
    """
    before = jobs.waiting(job.cooperative) - 1
    fair = make_file.using(priority=max(SOON - before, LATER + 1))
    fair.enqueue(cooperative_id=str(job.cooperative_id), job_id=str(job.id))


@for_cooperative(attempts=2)
def make_file(cooperative_id: UUID, job_id: str) -> None:
    """Make a job's file; ends well or ill, and says so in the job.

    :raises Postponed: as many as may be are being made, or another of this cooperative
    """
    turns.wait(make_file, most=MOST_AT_ONCE, cooperative_id=str(cooperative_id), job_id=job_id)
    job = _taken(cooperative_id, UUID(job_id))
    if job is None:
        return
    try:
        with _life_signs(job) as pulse:
            _make(job, pulse)
    except Exception:
        _log.exception("export %s could not be made", job_id)
        with scope.cooperative(cooperative_id):
            jobs.fail(job=job, at=timezone.now())


class _Pulse:
    """How many rows are written; read by the thread that tells it."""

    def __init__(self) -> None:
        self.done = 0
        self.given_up = False
        self.over = Event()

    def __call__(self, rows: int) -> None:
        self.done = rows
        if self.given_up:
            raise _GivenUp


class _GivenUp(Exception):
    """The job was marked as interrupted meanwhile, so its file would be dropped."""


def _taken(cooperative_id: UUID, job_id: UUID) -> ExportJob | None:
    """The job, unless it was given up while it waited."""
    with scope.cooperative(cooperative_id):
        found = ExportJob.objects.of(cooperative_id).select_related(
            "cooperative__kelurahan__kecamatan__regency", "created_by"
        )
        job = found.get(id=job_id)
        return job if jobs.beat(job=job, done=0, at=timezone.now()) else None


def _make(job: ExportJob, pulse: _Pulse) -> None:
    try:
        with scope.cooperative(job.cooperative_id):
            file = jobs.make(job=job, at=timezone.now(), progress=pulse)
    except _GivenUp:
        return
    pulse.over.set()
    with scope.cooperative(job.cooperative_id):
        jobs.finish(job=job, file=file, at=timezone.now())


@contextmanager
def _life_signs(job: ExportJob) -> Iterator[_Pulse]:
    pulse = _Pulse()
    teller = Thread(target=_tell, args=(job, pulse), name=f"export-pulse-{job.id}", daemon=True)
    teller.start()
    try:
        yield pulse
    finally:
        pulse.over.set()
        teller.join()


def _tell(job: ExportJob, pulse: _Pulse) -> None:
    try:
        while not pulse.over.wait(BEAT_SECONDS):
            with scope.cooperative(job.cooperative_id):
                pulse.given_up = not jobs.beat(job=job, done=pulse.done, at=timezone.now())
            if pulse.given_up:
                return
    except Exception:
        _log.exception("export %s has lost its pulse", job.id)
    finally:
        connections.close_all()
