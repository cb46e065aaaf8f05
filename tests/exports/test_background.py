"""Jobs made by workers, with connections of their own, and one whose process is killed."""

import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from kkmp.access.models import AuditEvent
from kkmp.exports import background, lists, workbook
from kkmp.exports.models import ExportJob, JobState
from kkmp.exports.services import jobs
from kkmp.registry import scope
from kkmp.tasks.models import SILENCE, Worker
from tests.conftest import MONDAY
from tests.exports.conftest import table_of
from tests.tasks.conftest import process, queued, work_off, work_off_here

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _quick_pulse(monkeypatch):
    monkeypatch.setattr(background, "BEAT_SECONDS", 0.05)


def ask(melati, rini):
    """A job of Rini's, committed; a worker may take it."""
    with scope.cooperative(melati.pk):
        job = jobs.take_out(
            kind=lists.by_code("members"), query="rw=002", cooperative=melati, language="id",
            on=MONDAY, at=timezone.now(), by=rini, at_once=-1,
        )  # fmt: skip
        background.begin(job)
    return job


@pytest.fixture
def worker_beside():
    """A worker in a thread; it ends when there is nothing more to do."""
    threads = []

    def start():
        threads.append(threading.Thread(target=work_off_here))
        threads[-1].start()

    yield start
    for thread in threads:
        thread.join(timeout=120)
        assert not thread.is_alive()


def seen(job):
    with scope.cooperative(job.cooperative_id):
        return ExportJob.objects.of(job.cooperative_id).get(id=job.id)


def until(job, holds, seconds=120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = seen(job)
        if holds(found):
            return found
        time.sleep(0.05)
    raise AssertionError(f"still {found.state}, {found.done} rows")


def looked_at(job):
    """The job as somebody finds it who comes five minutes later."""
    with scope.cooperative(job.cooperative_id):
        return jobs.look(job=job, at=timezone.now() + timedelta(minutes=5))


def test_a_worker_makes_the_file(melati, rini, crowd):
    job = ask(melati, rini)
    assert seen(job).is_waiting
    work_off()
    done = seen(job)
    assert (done.state, done.done) == (JobState.DONE, 2)
    with scope.cooperative(melati.pk):
        file = jobs.fetch(job=done, at=timezone.now(), by=rini)
        assert AuditEvent.objects.of(melati).filter(action="export").get().actor == rini
    assert [row[0] for row in table_of(file.content)[1:]] == ["Beni (rekaan)", "Cici (rekaan)"]


def test_it_is_seen_how_far_it_has_come(melati, rini, crowd, monkeypatch, worker_beside):
    go_on, write = threading.Event(), workbook.write

    def slow(content, heading, *, progress):
        progress(1)
        assert go_on.wait(120)
        return write(content, heading, progress=progress)

    monkeypatch.setattr(workbook, "write", slow)
    job = ask(melati, rini)
    worker_beside()
    under_way = until(job, lambda found: found.done == 1)
    assert (under_way.state, under_way.total) == (JobState.RUNNING, 2)
    assert under_way.beat_at > job.created_at
    go_on.set()
    until(job, lambda found: found.state == JobState.DONE)


def test_a_fault_is_told_and_not_tried_again(melati, rini, crowd, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(workbook, "write", broken)
    job = ask(melati, rini)
    work_off()
    assert seen(job).state == JobState.FAILED
    assert "could not be made" in caplog.text
    [row] = queued("make_file")
    assert row.status == "SUCCESSFUL"


def test_a_job_called_interrupted_stops_and_leaves_nothing(
    melati, rini, crowd, monkeypatch, worker_beside
):
    started, stopped = threading.Event(), threading.Event()

    def endless(content, heading, *, progress):
        started.set()
        try:
            while True:
                progress(1)
                time.sleep(0.02)
        finally:
            stopped.set()

    monkeypatch.setattr(workbook, "write", endless)
    job = ask(melati, rini)
    worker_beside()
    assert started.wait(120)
    # A sign of life may come between reading the job and calling it dead: then it lives on.
    until(job, lambda found: not looked_at(found).is_running, seconds=120)
    assert stopped.wait(120)
    assert (seen(job).state, seen(job).size) == (JobState.INTERRUPTED, 0)


def test_a_job_given_up_while_it_waited_is_not_made(melati, rini, crowd):
    job = ask(melati, rini)
    with scope.cooperative(melati.pk):
        jobs.look(job=seen(job), at=timezone.now() + timedelta(hours=2))
    work_off()
    assert (seen(job).state, seen(job).size) == (JobState.INTERRUPTED, 0)


#: A worker that comes to no end with a list.
STUCK = """
import time, django
django.setup()
from kkmp.exports import background, workbook
from kkmp.tasks import worker
def endless(content, heading, *, progress):
    progress(1)
    time.sleep(600)
workbook.write = endless
background.BEAT_SECONDS = 0.05
worker.work()
"""


def test_a_killed_worker_leaves_a_job_that_is_told_apart_and_made_anew(melati, rini, crowd):
    job = ask(melati, rini)
    with process("-c", STUCK):
        until(job, lambda found: found.done == 1, seconds=60)
    left = seen(job)
    assert left.is_running
    with scope.cooperative(melati.pk):
        assert jobs.look(job=left, at=left.beat_at + timedelta(seconds=29)).is_running
        later = left.beat_at + timedelta(seconds=31)
        assert jobs.look(job=left, at=later).state == JobState.INTERRUPTED
    again = ask(melati, rini)
    assert again.id != job.id
    # Until the killed one is taken for dead, its cooperative's next file waits.
    Worker.objects.update(beat_at=timezone.now() - SILENCE)
    with process("manage.py", "run_worker", "--until-empty") as child:
        assert child.wait(timeout=120) == 0
    assert seen(again).state == JobState.DONE
    assert seen(job).state == JobState.INTERRUPTED
