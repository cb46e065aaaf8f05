"""Jobs in threads of their own, with connections of their own, and one whose process is killed."""

import os
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from kkmp.access.models import AuditEvent
from kkmp.exports import lists, workbook, worker
from kkmp.exports.models import ExportJob, JobState
from kkmp.exports.services import jobs
from kkmp.registry import scope
from tests.conftest import MONDAY
from tests.exports.conftest import table_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _quick_pulse(monkeypatch):
    monkeypatch.setattr(worker, "BEAT_SECONDS", 0.05)


def ask(melati, rini, *, begin=True):
    """A job of Rini's, committed; its threads begin when the asking transaction ends."""
    with scope.cooperative(melati.pk):
        job = jobs.take_out(
            kind=lists.by_code("members"), query="rw=002", cooperative=melati, language="id",
            on=MONDAY, at=timezone.now(), by=rini, at_once=-1,
        )  # fmt: skip
        if begin:
            worker.begin(job)
            assert not threads(job), "not before it is committed"
    return job


def threads(job):
    return [thread for thread in threading.enumerate() if str(job.id) in thread.name]


def seen(job):
    with scope.cooperative(job.cooperative_id):
        return ExportJob.objects.of(job.cooperative_id).get(id=job.id)


def until(job, holds, seconds=20):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = seen(job)
        if holds(found):
            return found
        time.sleep(0.05)
    raise AssertionError(f"still {found.state}, {found.done} rows")


def joined(job):
    for thread in threads(job):
        thread.join(timeout=20)
    assert not threads(job)


def test_a_thread_makes_the_file(melati, rini, crowd):
    job = ask(melati, rini)
    done = until(job, lambda found: not found.is_running)
    joined(job)
    assert (done.state, done.done) == (JobState.DONE, 2)
    with scope.cooperative(melati.pk):
        file = jobs.fetch(job=done, at=timezone.now(), by=rini)
        assert AuditEvent.objects.of(melati).filter(action="export").get().actor == rini
    assert [row[0] for row in table_of(file.content)[1:]] == ["Beni (rekaan)", "Cici (rekaan)"]


def test_it_is_seen_how_far_it_has_come(melati, rini, crowd, monkeypatch):
    go_on, write = threading.Event(), workbook.write

    def slow(content, heading, *, progress):
        progress(1)
        assert go_on.wait(20)
        return write(content, heading, progress=progress)

    monkeypatch.setattr(workbook, "write", slow)
    job = ask(melati, rini)
    under_way = until(job, lambda found: found.done == 1)
    assert (under_way.state, under_way.total) == (JobState.RUNNING, 2)
    assert under_way.beat_at > job.beat_at
    go_on.set()
    until(job, lambda found: found.state == JobState.DONE)
    joined(job)


def test_others_wait_their_turn_and_are_not_taken_for_dead(melati, rini, crowd, monkeypatch):
    monkeypatch.setattr(worker, "_slots", slots := threading.BoundedSemaphore(1))
    slots.acquire()
    job = ask(melati, rini)
    waiting = until(job, lambda found: found.beat_at > job.beat_at)
    assert waiting.is_running
    slots.release()
    until(job, lambda found: found.state == JobState.DONE)
    joined(job)


def test_a_fault_is_told(melati, rini, crowd, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(workbook, "write", broken)
    job = ask(melati, rini)
    until(job, lambda found: found.state == JobState.FAILED)
    joined(job)
    assert "could not be made" in caplog.text


def test_a_job_called_interrupted_stops_and_leaves_nothing(melati, rini, crowd, monkeypatch):
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
    assert started.wait(20)
    with scope.cooperative(melati.pk):
        jobs.look(job=seen(job), at=timezone.now() + timedelta(minutes=5))
    assert stopped.wait(20)
    joined(job)
    assert (seen(job).state, seen(job).size) == (JobState.INTERRUPTED, 0)


CHILD = """
import sys, time, django
django.setup()
from django.conf import settings
from kkmp.exports import workbook, worker
def endless(content, heading, *, progress):
    progress(1)
    time.sleep(600)
workbook.write = endless
worker.BEAT_SECONDS = 0.05
worker.run(sys.argv[1], sys.argv[2])
"""


def test_a_killed_process_leaves_a_job_that_is_told_apart_and_made_anew(melati, rini, crowd):
    job = ask(melati, rini, begin=False)
    database = connection.settings_dict
    host = database["HOST"].replace("/", "%2F")
    query = "&".join(
        f"{name}={str(value).replace('/', '%2F')}"
        for name, value in (database.get("OPTIONS") or {}).items()
        if isinstance(value, str)
    )
    url = (
        f"postgresql://{database['USER']}:{database['PASSWORD']}@{host}"
        f"{':' + str(database['PORT']) if database['PORT'] else ''}/{database['NAME']}?{query}"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(melati.pk), str(job.id)],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "APP_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "kkmp.settings",
        },
    )
    try:
        until(job, lambda found: found.done == 1, seconds=60)
    finally:
        child.kill()
        child.wait()
    left = seen(job)
    assert left.is_running
    later = left.beat_at + timedelta(minutes=1)
    with scope.cooperative(melati.pk):
        assert jobs.look(job=left, at=later).state == JobState.INTERRUPTED
    again = ask(melati, rini)
    assert again.id != job.id
    until(again, lambda found: found.state == JobState.DONE)
    joined(again)
