"""Taking a list out: at once if it is short, else by a job that is followed until it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import override

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.exports import words, workbook
from kkmp.exports.lists import Content, ExportList, ListRequest, by_code
from kkmp.exports.models import KEPT_AFTER_DOWNLOAD, KEPT_FOR, ExportJob, JobState
from kkmp.exports.workbook import Heading
from kkmp.lib.errors import Conflict, DomainError
from kkmp.lib.seal import seal_bytes, unseal_bytes
from kkmp.registry import turns
from kkmp.registry.models import Cooperative

#: The action in the audit log.
EXPORT = "export"
FETCH = "export.fetch"
#: A list of up to this many rows is made within the request.
AT_ONCE = 1_000
#: A table of more than this is none that anybody reads.
MOST_ROWS = 200_000
#: So many of one person's files may be on their way at once.
MOST_WAITING = 5
#: Longest address that is remembered.
LONGEST_QUERY = 1_000


class ExportRefused(DomainError):
    """The list may not be taken out like this; the message is fit to show."""


class FileGone(Conflict):
    """The file was never made, or is forgotten by now."""


class NotYours(DomainError):
    """The file is somebody else's: only who asked for it learns that there is one."""

    code = "not_found"
    status = 404


@dataclass(frozen=True, slots=True)
class File:
    """A finished file.

    :param filter: in words, fit for the log
    """

    name: str
    content: bytes
    rows: int
    filter: str = ""


@dataclass(frozen=True, slots=True)
class _Wish:
    """A list as somebody asked for it, in its plain form."""

    kind: ExportList
    cooperative: Cooperative
    query: str
    on: date

    def content(self) -> Content:
        return self.kind.content(ListRequest(self.cooperative, QueryDict(self.query), self.on))

    def filename(self, content: Content) -> str:
        return words.filename(
            content.title or str(self.kind.title),
            self.cooperative.name,
            content.span or f"{self.on:%Y-%m-%d}",
        )


@transaction.atomic
def take_out(
    *,
    kind: ExportList,
    query: QueryDict | str,
    cooperative: Cooperative,
    language: str,
    on: date,
    at: datetime,
    by: User,
    at_once: int | None = None,
) -> File | ExportJob:
    """Make the file if the list is short, else the job that will; files too old are forgotten.

    Whoever gets a job with ``is_new`` must have it made: :func:`kkmp.exports.background.begin`.
    Asked for again while it runs, the same job comes back.

    :param language: of titles and names of months
    :param at_once: up to how many rows to make the file now; by default :data:`AT_ONCE`
    :raises ExportRefused: too many rows or files, or a filter too long to remember
    """
    wish = _Wish(kind, cooperative, words.plain(query, kind.parameters), on)
    _forget_old(cooperative, at)
    with override(language):
        content = wish.content()
        counts = content.counts()
        if max(counts) > MOST_ROWS:
            raise ExportRefused(
                _("This list has more than %(most)d rows. Choose a filter, then take it out again.")
                % {"most": MOST_ROWS}
            )
        filename, total = wish.filename(content), sum(counts)
        if total <= (AT_ONCE if at_once is None else at_once):
            return _file(wish, content, filename, at=at, by=by)
    return _job(wish, total, filename, language=language, at=at, by=by)


@transaction.atomic
def make(*, job: ExportJob, at: datetime, progress: Callable[[int], None]) -> File:
    """Write a job's file, in the language it was asked for; nothing is recorded yet.

    :param progress: told every now and then how many rows are written
    """
    wish = _Wish(by_code(job.list_code), job.cooperative, job.query, job.on)
    with override(job.language):
        heading = Heading(job.cooperative.name, at, str(job.created_by))
        content = wish.content()
        data, rows = workbook.write(content, heading, progress=progress)
        return File(job.filename, data, rows, words.logged(content.conditions))


@transaction.atomic
def finish(*, job: ExportJob, file: File, at: datetime) -> bool:
    """Keep the file and write into the log that the list was taken out.

    :returns: False if the job was given up meanwhile; the file is then dropped
    """
    kept = _running(job).update(
        state=JobState.DONE,
        content_sealed=seal_bytes(file.content),
        size=len(file.content),
        done=file.rows,
        total=file.rows,
        beat_at=at,
        finished_at=at,
    )
    if kept:
        _log(job.cooperative, job.list_code, file, by=job.created_by)
    return bool(kept)


def beat(*, job: ExportJob, done: int, at: datetime) -> bool:
    """A sign of life, and how many rows are written.

    :returns: False if the job was given up meanwhile
    """
    return bool(_running(job).update(done=done, beat_at=at))


def fail(*, job: ExportJob, at: datetime) -> None:
    """The job could not be done; the fault is ours and stands in the server's log."""
    _running(job).update(state=JobState.FAILED, finished_at=at)


@transaction.atomic
def look(*, job: ExportJob, at: datetime) -> ExportJob:
    """The job as it stands, called interrupted if its process is dead."""
    if job.is_silent(at):
        _running(job).filter(beat_at=job.beat_at).update(state=JobState.INTERRUPTED, finished_at=at)
        job.refresh_from_db(fields=["state", "finished_at", "beat_at", "done", "size"])
    return job


@transaction.atomic
def fetch(*, job: ExportJob, at: datetime, by: User) -> File:
    """The file, for whoever asked for it; from now on it is kept for an hour.

    :raises NotYours: somebody else asked for it
    :raises FileGone: it is not ready, or forgotten
    """
    held = (
        ExportJob.objects.of(job.cooperative_id)
        .select_for_update(of=("self",))
        .select_related("cooperative")
        .filter(id=job.id, created_by=by)
        .first()
    )
    if held is None:
        raise NotYours(_("There is nothing here."))
    if held.content_sealed is None or not held.has_file(at):
        raise FileGone(_("This file is not there any more. Take the list out anew."))
    if held.downloaded_at is None:
        ExportJob.objects.of(job.cooperative_id).filter(id=job.id).update(downloaded_at=at)
        audit.record(
            cooperative=held.cooperative,
            action=FETCH,
            by=by,
            subject=job,
            list=held.list_code,
        )
    return File(held.filename, unseal_bytes(bytes(held.content_sealed)), held.done)


def forget(*, cooperative: Cooperative, at: datetime) -> int:
    """Empty files that are kept no longer; returns how many."""
    return _forget_old(cooperative, at)


def _file(wish: _Wish, content: Content, filename: str, *, at: datetime, by: User) -> File:
    heading = Heading(wish.cooperative.name, at, str(by))
    data, rows = workbook.write(content, heading)
    file = File(filename, data, rows, words.logged(content.conditions))
    _log(wish.cooperative, wish.kind.code, file, by=by)
    return file


def _job(
    wish: _Wish, total: int, filename: str, *, language: str, at: datetime, by: User
) -> ExportJob:
    if len(wish.query) > LONGEST_QUERY:
        raise ExportRefused(_("This filter is too long. Choose fewer words, then try again."))
    same = {
        "created_by": by,
        "list_code": wish.kind.code,
        "query": wish.query,
        "language": language,
    }
    # The second of two clicks is a moment behind the first.
    turns.take(wish.cooperative, f"exports of {by.pk}")
    running = ExportJob.objects.of(wish.cooperative).filter(state=JobState.RUNNING, **same)
    for known in running.order_by("id"):
        if look(job=known, at=at).is_running:
            return known
    _refuse_many(wish.cooperative, by, at)
    job = ExportJob.objects.create(
        cooperative=wish.cooperative,
        on=wish.on,
        total=total,
        filename=filename,
        created_at=at,
        **same,
    )
    job.is_new = True
    return job


def _refuse_many(cooperative: Cooperative, by: User, at: datetime) -> None:
    """Each file is a worker's time and a copy of what people have told; nobody reads a hundred."""
    own = ExportJob.objects.of(cooperative).filter(created_by=by, state=JobState.RUNNING)
    if sum(look(job=one, at=at).is_running for one in own) >= MOST_WAITING:
        raise ExportRefused(
            _(
                "%(most)d of your files are being made already. Wait until one of them is ready, "
                "then take this list out."
            )
            % {"most": MOST_WAITING}
        )


def waiting(cooperative: Cooperative) -> int:
    """How many files of a cooperative are on their way."""
    return ExportJob.objects.of(cooperative).filter(state=JobState.RUNNING).count()


def _log(cooperative: Cooperative, code: str, file: File, *, by: User) -> None:
    audit.record(
        cooperative=cooperative,
        action=EXPORT,
        by=by,
        list=code,
        filter=file.filter,
        rows=file.rows,
    )


def _running(job: ExportJob) -> QuerySet[ExportJob]:
    return ExportJob.objects.of(job.cooperative_id).filter(id=job.id, state=JobState.RUNNING)


def _forget_old(cooperative: Cooperative, at: datetime) -> int:
    kept = ExportJob.objects.of(cooperative).filter(size__gt=0)
    old = Q(finished_at__lte=at - KEPT_FOR)
    fetched = Q(downloaded_at__lte=at - KEPT_AFTER_DOWNLOAD)
    return kept.filter(old | fetched).update(content_sealed=None, size=0)
