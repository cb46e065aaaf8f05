"""Taking out a list, following a long one, and the log of all that was taken out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from kkmp.access import trail
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.exports import background, lists, queries
from kkmp.exports.lists import ExportList
from kkmp.exports.models import ExportJob
from kkmp.exports.services import jobs
from kkmp.exports.workbook import CONTENT_TYPE
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.existing import of_kind

PAGE_SIZE = 50
#: Files of one's own on the page.
LATEST = 20


@require_safe
@requires(Permission.COOPERATIVE_READ)
def index(request: CoopRequest) -> HttpResponse:
    """What one has taken out oneself and can still fetch or make anew."""
    now = timezone.now()
    own = [
        jobs.look(job=job, at=now)
        for job in queries.jobs(request.cooperative, request.user)[:LATEST]
    ]
    known = [(job, lists.find(job.list_code)) for job in own]
    context = {
        "jobs": [
            _shown(request, kind, job, now)
            for job, kind in known
            if kind is not None and kind.permission in request.permissions
        ],
        "may_read_log": Permission.EXPORTS_READ in request.permissions,
    }
    return render(request, "exports/index.html", context)


@require_safe
@requires(Permission.EXPORTS_READ)
def log(request: CoopRequest) -> HttpResponse:
    """Who took out what, and when, in the sentences of the trail."""
    page = Paginator(queries.log(request.cooperative), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "exports/log.html", {"page": page, "events": trail.describe(page)})


@require_POST
@never_cache
def take_out(request: CoopRequest, kind: ExportList) -> HttpResponse:
    """The list that the address describes, as the page it came from shows it.

    What stands in boxes beside the button counts as well.
    """
    query = request.GET.copy()
    query.update({name: request.POST[name] for name in kind.parameters if name in request.POST})
    try:
        made = _take_out(request, kind, query)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(_back(request, kind))
    if isinstance(made, jobs.File):
        return _attachment(made)
    return redirect(_page(request, kind, made))


@require_safe
@never_cache
@vary_on_headers("HX-Request")
def job(request: CoopRequest, kind: ExportList, job_id: UUID) -> HttpResponse:
    now = timezone.now()
    found = jobs.look(job=_own(request, kind, job_id), at=now)
    template = "exports/_job.html" if getattr(request, "htmx", False) else "exports/job.html"
    return render(request, template, _shown(request, kind, found, now))


@require_safe
@never_cache
def file(request: CoopRequest, kind: ExportList, job_id: UUID) -> HttpResponse:
    found = _own(request, kind, job_id)
    try:
        return _attachment(jobs.fetch(job=found, at=timezone.now(), by=request.user))
    except jobs.NotYours as refusal:
        raise Http404 from refusal
    except jobs.FileGone as refusal:
        messages.error(request, str(refusal))
        return redirect(_page(request, kind, found))


@require_POST
def again(request: CoopRequest, kind: ExportList, job_id: UUID) -> HttpResponse:
    """Takes out the list of an earlier file once more, as it is by now."""
    found = _own(request, kind, job_id)
    try:
        made = _take_out(request, kind, found.query, at_once=-1)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(_page(request, kind, found))
    return redirect(_page(request, kind, of_kind(ExportJob, made)))


def _take_out(
    request: CoopRequest, kind: ExportList, query: QueryDict | str, *, at_once: int | None = None
) -> jobs.File | ExportJob:
    made = jobs.take_out(
        kind=kind,
        query=query,
        cooperative=request.cooperative,
        language=get_language() or "id",
        on=business_today(),
        at=timezone.now(),
        by=request.user,
        at_once=at_once,
    )
    if isinstance(made, ExportJob) and made.is_new:
        background.begin(made)
    return made


def _own(request: CoopRequest, kind: ExportList, job_id: UUID) -> ExportJob:
    """The job with this id; 404 if it is somebody else's."""
    found = queries.jobs(request.cooperative, request.user).filter(list_code=kind.code)
    job = get_object_or_404(found, id=job_id)
    job.cooperative = request.cooperative
    return job


def _shown(request: CoopRequest, kind: ExportList, job: ExportJob, now: datetime) -> dict[str, Any]:
    """What a page or a line of the list shows of one job."""
    return {
        "kind": kind,
        "job": job,
        "has_file": job.has_file(now),
        "url": _page(request, kind, job),
        "file_url": _page(request, kind, job, "file"),
        "again_url": _page(request, kind, job, "again"),
        "back_url": _back(request, kind, job.query),
    }


def _page(request: CoopRequest, kind: ExportList, job: ExportJob, name: str = "job") -> str:
    return reverse(f"exports:{kind.code}_{name}", args=[request.cooperative.code, job.id])


def _back(request: CoopRequest, kind: ExportList, query: str | None = None) -> str:
    """The page that shows the list, with the same filter."""
    query = request.GET.urlencode() if query is None else query
    return kind.address(request.cooperative, query)


def _attachment(made: jobs.File) -> HttpResponse:
    response = HttpResponse(made.content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, made.name) or ""
    return response
