"""Workers: each piece once, another attempt for what failed or was lost, and no words of rows."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kkmp.lib.ids import new_id
from kkmp.tasks import worker
from kkmp.tasks.models import SILENCE, Night, Worker
from tests.tasks import pieces
from tests.tasks.conftest import process, queued, work_off, work_off_here

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_done_yet():
    pieces.done.clear()


def begun(row, *, ago, by):
    """Let a task look as if a worker had taken it some time ago."""
    row.claim(str(by))
    DBTaskResult.objects.filter(pk=row.pk).update(started_at=timezone.now() - ago)


def ready_now(row):
    DBTaskResult.objects.filter(pk=row.pk).update(run_after=timezone.now())


def test_two_workers_do_each_piece_once(melati):
    names = [f"piece_{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    for name in names:
        pieces.note.enqueue(cooperative_id=str(melati.pk), name=name)
    both = [threading.Thread(target=work_off_here) for _worker in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=120)
    assert sorted(pieces.done) == names
    assert {row.status for row in queued("note")} == {TaskResultStatus.SUCCESSFUL}


def test_what_failed_is_tried_again_after_a_pause_and_no_more_than_allowed(melati, caplog):
    pieces.fail.enqueue(cooperative_id=str(melati.pk))
    work_off()
    [row] = queued("fail")
    assert (row.status, pieces.done) == (TaskResultStatus.READY, ["tried"])
    assert row.run_after > timezone.now() + worker.PAUSE / 2
    work_off()
    assert pieces.done == ["tried"]
    ready_now(row)
    work_off()
    ready_now(row)
    work_off()
    [row] = queued("fail")
    assert (row.status, pieces.done) == (TaskResultStatus.FAILED, ["tried", "tried"])


def test_the_shared_table_keeps_no_words_of_a_fault(melati):
    pieces.fail.enqueue(cooperative_id=str(melati.pk))
    work_off()
    [row] = queued("fail")
    assert "WorkFailed" in row.traceback
    assert pieces.SECRET not in row.traceback
    assert "ValueError" not in row.traceback


def test_what_a_dead_worker_had_begun_is_begun_again_while_it_may(melati):
    pieces.fail.enqueue(cooperative_id=str(melati.pk))
    [row] = queued("fail")
    now, dead = timezone.now(), new_id()
    Worker.objects.create(id=dead, beat_at=now - SILENCE - timedelta(seconds=1))
    begun(row, ago=2 * SILENCE, by=dead)
    assert worker.recover(at=now) == 1
    row.refresh_from_db()
    assert row.status == TaskResultStatus.READY
    begun(row, ago=2 * SILENCE, by=new_id())
    assert worker.recover(at=now) == 1
    row.refresh_from_db()
    assert row.status == TaskResultStatus.FAILED
    assert worker.recover(at=now) == 0


def test_what_a_living_worker_has_begun_is_left_to_it(melati):
    pieces.note.enqueue(cooperative_id=str(melati.pk), name="long")
    [row] = queued("note")
    now, living = timezone.now(), new_id()
    Worker.objects.create(id=living, beat_at=now)
    begun(row, ago=timedelta(hours=2), by=living)
    assert worker.recover(at=now) == 0
    row.refresh_from_db()
    assert row.status == TaskResultStatus.RUNNING


def test_work_that_nobody_knows_any_more_fails(melati):
    pieces.note.enqueue(cooperative_id=str(melati.pk), name="hello")
    DBTaskResult.objects.update(task_path="tests.tasks.pieces.gone")
    work_off()
    assert [row.status for row in DBTaskResult.objects.all()] == [TaskResultStatus.FAILED]


def test_what_somebody_waits_for_goes_before_the_nightly_checks(melati):
    call_order = pieces.note.using(priority=-50)
    call_order.enqueue(cooperative_id=str(melati.pk), name="nightly")
    pieces.note.enqueue(cooperative_id=str(melati.pk), name="waited_for")
    work_off()
    assert pieces.done == ["waited_for", "nightly"]


def test_a_worker_says_that_it_lives_and_leaves_nothing(melati):
    """The command itself, as a process: it ends when there is nothing to do."""
    pieces.note.enqueue(cooperative_id=str(melati.pk), name="hello")
    with process("manage.py", "run_worker", "--until-empty") as child:
        assert child.wait(timeout=120) == 0
    assert [row.status for row in queued("note")] == [TaskResultStatus.SUCCESSFUL]
    assert not Worker.objects.exists()


def test_a_worker_is_stopped_by_a_termination_signal():
    with process("manage.py", "run_worker") as child:
        deadline = threading.Event()
        while not Worker.objects.exists():
            assert not deadline.wait(0.1)
            assert child.poll() is None
        child.terminate()
        assert child.wait(timeout=120) == 0
    assert not Worker.objects.exists()


def test_what_is_long_finished_is_cleared(melati, capsys):
    for name in ("old", "new"):
        pieces.note.enqueue(cooperative_id=str(melati.pk), name=name)
    work_off()
    old, new = queued("note")
    long_ago = timezone.now() - timedelta(days=15)
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=long_ago)
    Night.objects.create(command="check_books", day=long_ago.date())
    Night.objects.create(command="check_books", day=timezone.now().date())
    Worker.objects.create(beat_at=long_ago)
    call_command("forget_tasks")
    assert "1 tasks" in capsys.readouterr().out
    assert queued("note") == [new]
    assert Night.objects.get().day > long_ago.date()
    assert not Worker.objects.exists()
