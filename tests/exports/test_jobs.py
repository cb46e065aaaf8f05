"""Taking out at once or by a job, and what becomes of the job and its file."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from kkmp.access.models import AuditEvent
from kkmp.exports import lists
from kkmp.exports.models import SILENCE, ExportJob, JobState
from kkmp.exports.services import jobs
from tests.conftest import MONDAY
from tests.exports.conftest import NOW, table_of

HOUR = timedelta(hours=1)


@pytest.fixture
def take(in_melati, crowd, rini) -> Callable[..., Any]:
    def take_out(query: str = "", code: str = "members", **options: Any) -> Any:
        options = {"language": "id", "on": MONDAY, "at": NOW, "by": rini} | options
        return jobs.take_out(
            kind=lists.by_code(code), query=query, cooperative=in_melati, **options
        )

    return take_out


@pytest.fixture
def job(take) -> ExportJob:
    return take("rw=002", at_once=-1)


@pytest.fixture
def taken(job) -> ExportJob:
    """A worker has begun with it."""
    assert jobs.beat(job=job, done=0, at=NOW)
    job.refresh_from_db()
    return job


def made(job: ExportJob, **options: Any) -> ExportJob:
    file = jobs.make(job=job, at=NOW, progress=lambda rows: None)
    assert jobs.finish(job=job, file=file, **({"at": NOW} | options))
    job.refresh_from_db()
    return job


def test_a_short_list_comes_at_once(take, in_melati):
    file = take("rw=002")
    assert file.rows == 2
    assert [row[0] for row in table_of(file.content)] == ["Nama", "Beni (rekaan)", "Cici (rekaan)"]
    assert file.name == f"Anggota - {in_melati.name} - 2026-11-23.xlsx"
    assert not ExportJob.objects.of(in_melati).exists()


def test_the_name_of_the_file_tells_table_cooperative_and_days(take, in_melati, tono):
    name = in_melati.name
    of = {"by": tono}
    assert take("since=2026-11-01&until=2026-11-30", "journals", **of).name == (
        f"Jurnal - {name} - 2026-11-01 sampai 2026-11-30.xlsx"
    )
    assert take("", "journals", **of).name == f"Jurnal - {name} - 2026-11-23.xlsx"
    assert take("since=2026-11-05", "journals", **of).name == (
        f"Jurnal - {name} - sejak 2026-11-05.xlsx"
    )
    assert take("account=1-1101&since=2026-11-01", "account_book", **of).name == (
        f"Buku besar 1-1101 Kas besar - {name} - 2026-11-01 sampai 2026-11-23.xlsx"
    )
    assert take("date=2026-10-31", "trial_balance", **of).name == (
        f"Neraca saldo - {name} - 2026-10-31.xlsx"
    )
    assert take("tahun=2027", "dues", **of).name == f"Simpanan wajib - {name} - 2027.xlsx"


def test_a_short_list_is_in_the_language_asked_for(take):
    with override("id"):
        assert table_of(take("rw=002", language="en").content)[0][0] == "Name"


def test_it_stands_in_the_log_with_filter_and_rows(take, in_melati, rini):
    take("rw=002&q=0812345678")
    event = AuditEvent.objects.of(in_melati).get(action="export")
    assert event.actor == rini
    assert (event.details["list"], event.details["rows"]) == ("members", 0)
    assert "002" in event.details["filter"]
    assert "0812345678" not in event.details["filter"]


def test_a_long_list_becomes_a_job(take, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    job = take()
    assert (job.state, job.total, job.done, job.is_new) == (JobState.RUNNING, 3, 0, True)
    assert isinstance(take("rw=002"), jobs.File)


def test_a_double_click_gets_the_running_job(job, take):
    again = take("page=4&rw=002", at_once=-1)
    assert (again.id, again.is_new) == (job.id, False)
    assert take("rw=001", at_once=-1).id != job.id


def test_two_clicks_at_the_same_moment_get_the_same_job(job, take, monkeypatch):
    """The first is not seen yet when the second looks, so that the database has to say it."""
    known = ExportJob.objects.of(job.cooperative_id).filter(state=JobState.RUNNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExportJob.objects.create(
            cooperative_id=job.cooperative_id, on=MONDAY, total=1, filename="x", created_at=NOW,
            created_by=job.created_by, list_code=job.list_code, query=job.query,
            language=job.language,
        )  # fmt: skip
    assert known.get() == job


def test_a_finished_job_has_its_file_sealed_and_logged(job, rini):
    job = made(job)
    assert (job.state, job.done, job.total) == (JobState.DONE, 2, 2)
    assert not bytes(job.content_sealed).startswith(b"PK")
    file = jobs.fetch(job=job, at=NOW, by=rini)
    assert len(table_of(file.content)) == 3
    assert job.size == len(file.content)
    assert AuditEvent.objects.of(job.cooperative_id).filter(action="export").count() == 1


def test_a_job_speaks_the_language_it_was_asked_in(take):
    with override("en"):
        job = take(language="en", at_once=-1)
    with override("id"):
        file = jobs.make(job=job, at=NOW, progress=lambda rows: None)
    assert table_of(file.content)[0][0] == "Name"


def test_a_silent_job_is_called_interrupted(taken):
    assert jobs.look(job=taken, at=NOW + SILENCE).is_running
    looked = jobs.look(job=taken, at=NOW + SILENCE + timedelta(seconds=1))
    assert looked.state == JobState.INTERRUPTED


def test_a_job_waits_its_turn_for_an_hour_at_most(job):
    assert jobs.look(job=job, at=NOW + HOUR).is_waiting
    looked = jobs.look(job=job, at=NOW + HOUR + timedelta(seconds=1))
    assert (looked.state, looked.is_waiting) == (JobState.INTERRUPTED, False)


def test_a_job_that_gives_signs_of_life_is_not(job):
    later = NOW + timedelta(minutes=5)
    assert jobs.beat(job=job, done=1, at=later)
    job.refresh_from_db()
    assert jobs.look(job=job, at=later + timedelta(seconds=5)).is_running
    assert job.done == 1


def test_a_job_given_up_drops_what_comes_late(taken):
    job = taken
    file = jobs.make(job=job, at=NOW, progress=lambda rows: None)
    jobs.look(job=job, at=NOW + HOUR)
    assert not jobs.finish(job=job, file=file, at=NOW + HOUR)
    assert not jobs.beat(job=job, done=2, at=NOW + HOUR)
    assert not AuditEvent.objects.of(job.cooperative_id).filter(action="export").exists()


def test_after_an_interruption_it_is_made_anew(taken, take):
    again = take("rw=002", at_once=-1, at=NOW + HOUR)
    assert (again.id != taken.id, again.is_new) == (True, True)


@pytest.mark.parametrize(
    ("fetched", "asked", "there"),
    [
        (None, timedelta(hours=23), True),
        (None, timedelta(hours=24), False),
        (HOUR, timedelta(minutes=119), True),
        (HOUR, timedelta(minutes=121), False),
    ],
)
def test_a_file_is_kept_a_day_and_an_hour_once_fetched(job, rini, fetched, asked, there):
    job = made(job)
    if fetched is not None:
        jobs.fetch(job=job, at=NOW + fetched, by=rini)
        job.refresh_from_db()
    assert job.has_file(NOW + asked) is there
    jobs.forget(cooperative=job.cooperative, at=NOW + asked)
    job.refresh_from_db()
    assert (job.content_sealed is not None) is there


def test_nobody_else_fetches_it_whatever_their_role(job, colleague, budi, joko):
    job = made(job)
    for other in (colleague, budi, joko):
        with pytest.raises(jobs.NotYours):
            jobs.fetch(job=job, at=NOW, by=other)
    job.refresh_from_db()
    assert job.downloaded_at is None
    assert not AuditEvent.objects.of(job.cooperative_id).filter(action="export.fetch").exists()


def test_a_forgotten_file_is_refused(job, rini):
    job = made(job)
    with pytest.raises(jobs.FileGone):
        jobs.fetch(job=job, at=NOW + timedelta(days=2), by=rini)


def test_old_files_are_forgotten_by_whoever_comes_next(job, take):
    job = made(job)
    take("rw=001", at=NOW + timedelta(days=2))
    job.refresh_from_db()
    assert (job.content_sealed, job.size) == (None, 0)


def test_more_rows_than_anybody_reads_are_refused(take, monkeypatch):
    monkeypatch.setattr(jobs, "MOST_ROWS", 2)
    with pytest.raises(jobs.ExportRefused, match="2"):
        take()


def test_a_filter_too_long_to_remember_is_refused(take):
    with pytest.raises(jobs.ExportRefused):
        take("q=" + "a" * 1000, at_once=-1)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"state": "done"}, "exports_job_finished_at"),
        ({"finished_at": NOW}, "exports_job_finished_at"),
        ({"content_sealed": b"x", "size": 1}, "exports_job_content_when_done"),
        ({"size": 1}, "exports_job_content_when_done"),
        ({"downloaded_at": NOW}, "exports_job_fetched_when_done"),
    ],
)
def test_the_database_refuses_a_job_that_cannot_be(job, changes, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        ExportJob.objects.of(job.cooperative_id).filter(id=job.id).update(**changes)
