"""One person's hundred files keep nobody else waiting, and no server busy."""

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kkmp.access.permissions import Role
from kkmp.access.services import roles
from kkmp.exports import background, lists
from kkmp.exports.models import ExportJob, JobState
from kkmp.exports.services import jobs
from kkmp.exports.services.jobs import ExportRefused
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from kkmp.tasks.models import Worker
from tests.conftest import MONDAY
from tests.tasks.conftest import queued, work_off

pytestmark = pytest.mark.django_db(transaction=True)


def ask(cooperative, by, query):
    with scope.cooperative(cooperative.pk):
        job = jobs.take_out(
            kind=lists.by_code("members"), query=query, cooperative=cooperative, language="id",
            on=MONDAY, at=timezone.now(), by=by, at_once=-1,
        )  # fmt: skip
        background.begin(job)
    return job


def test_somebody_who_asks_for_a_hundred_gets_five_and_a_sentence(melati, rini):
    refused = []
    for number in range(97):
        try:
            ask(melati, rini, f"rw={number:03}")
        except ExportRefused as refusal:
            refused.append(str(refusal))
    assert len(refused) == 97 - jobs.MOST_WAITING
    assert set(refused) == {
        "5 berkas Anda masih dibuat. Tunggu sampai salah satunya siap, lalu ambil daftar ini."
    }
    assert len(queued("make_file")) == 5
    work_off()
    with scope.cooperative(melati.pk):
        made = ExportJob.objects.of(melati).filter(created_by=rini, state=JobState.DONE)
        assert made.count() == 5
    assert ask(melati, rini, "rw=096")


def test_another_cooperative_s_first_goes_before_one_s_second(melati, mawar, rini, agus):
    roles.grant(user=rini, role=Role.MEMBERSHIP_CLERK, cooperative=mawar, by=agus)
    for number in range(4):
        ask(melati, rini, f"rw={number:03}")
    ask(mawar, rini, "rw=001")
    order = [row.args_kwargs["kwargs"]["cooperative_id"] for row in DBTaskResult.objects.ready()]
    ours, theirs = str(melati.pk), str(mawar.pk)
    assert order == [ours, theirs, ours, ours, ours]


@pytest.mark.parametrize("busy", ["two others", "one of its own", "one other"])
def test_so_many_are_made_at_once_and_of_a_cooperative_one(melati, mawar, rini, busy):
    """Other workers have begun theirs; this one is put back and counts as no attempt."""
    ask(melati, rini, "rw=001")
    (row,) = queued("make_file")
    of = {
        "two others": [mawar.pk, new_id()],
        "one of its own": [melati.pk],
        "one other": [mawar.pk],
    }
    another = str(Worker.objects.create(beat_at=timezone.now()).pk)
    for cooperative_id in of[busy]:
        told = {
            "args": [],
            "kwargs": {"cooperative_id": str(cooperative_id), "job_id": str(new_id())},
        }
        DBTaskResult.objects.create(
            task_path=row.task_path, backend_name=row.backend_name, run_after=row.run_after,
            status=TaskResultStatus.RUNNING, started_at=timezone.now(), args_kwargs=told,
            worker_ids=[another],
        )  # fmt: skip
    work_off()
    row.refresh_from_db()
    if busy == "one other":
        assert row.status == TaskResultStatus.SUCCESSFUL
        return
    assert (row.status, row.worker_ids, row.traceback) == (TaskResultStatus.READY, [], "")
    assert row.run_after > timezone.now()
    DBTaskResult.objects.filter(worker_ids=[another]).delete()
    DBTaskResult.objects.filter(pk=row.pk).update(run_after=timezone.now())
    work_off()
    row.refresh_from_db()
    assert row.status == TaskResultStatus.SUCCESSFUL
