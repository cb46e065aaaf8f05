"""The queue of applications: looked at, verified with the KTP in hand, taken or declined."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from kkmp.lib.phone import wa_link_of
from members.joining import documents, forms, whatsapp
from members.joining.models import Application, ApplicationState
from members.joining.queries import queue, terms
from members.joining.services import applications

PAGE_SIZE = 25


@require_safe
@requires(Permission.MEMBERS_READ)
def waiting(request: CoopRequest) -> HttpResponse:
    state = request.GET.get("keadaan", "")
    if state not in ApplicationState.values:
        state = ApplicationState.WAITING
    rows = queue.applications(request.cooperative, state)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = queue.counts(request.cooperative)
    context = {
        "page": page,
        "rows": queue.look(list(page), request.cooperative, on=business_today()),
        "state": state,
        "tabs": [
            {"value": s.value, "label": s.label, "count": counts[s]} for s in ApplicationState
        ],
        "form_url": form_url(request),
        "undrawn": documents.undrawn(request.cooperative),
        "page_tabs": tabs.grouped(request, "members"),
    }
    return render(request, "members/joining/applications.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MEMBERS_WRITE)
@never_cache
def verify(request: CoopRequest, application_id: UUID) -> HttpResponse:
    """The page of one application; sending its form takes the person onto the register."""
    application = _application(request, application_id)
    if application.state != ApplicationState.WAITING:
        return _decided(request, application)
    on = business_today()
    (seen,) = queue.look([application], request.cooperative, on=on)
    form = forms.Verification(
        request.POST or None, application=application, matches=list(seen.matches), on=on
    )
    if request.method == "POST" and form.ready(on=on):
        try:
            member = applications.accept(
                application=application,
                particulars=form.particulars(),
                into=form.chosen,
                at=timezone.now(),
                by=request.user,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("%(name)s is on the register.") % {"name": member.name})
            return redirect("members:detail", request.cooperative.code, member.id)
    return _page(request, seen, form=form)


@require_http_methods(["POST"])
@requires(Permission.MEMBERS_WRITE)
def decline(request: CoopRequest, application_id: UUID) -> HttpResponse:
    application = _application(request, application_id)
    if application.state != ApplicationState.WAITING:
        return _decided(request, application)
    form = forms.Declining(request.POST)
    if form.is_valid():
        try:
            why = form.cleaned_data["why"]
            applications.decline(
                application=application, why=why, at=timezone.now(), by=request.user
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Declined. The data that was sent has been erased."))
            return redirect("members:applications", request.cooperative.code)
    (seen,) = queue.look([application], request.cooperative, on=business_today())
    return _page(request, seen, declining=form)


@require_POST
@requires(Permission.NIK_REVEAL)
@never_cache
def reveal_nik(request: CoopRequest, application_id: UUID) -> HttpResponse:
    """The number as it was sent, for this one answer."""
    application = _application(request, application_id)
    nik = applications.reveal_nik(application=application, by=request.user)
    template = "members/register/_nik.html" if request.htmx else "members/register/nik.html"
    back = reverse("members:application", args=[request.cooperative.code, application.id])
    context = {"nik": nik, "back_url": back, "back_label": application.name}
    return render(request, template, context)


@require_safe
@requires(Permission.MEMBERS_READ)
def printed(request: CoopRequest) -> HttpResponse:
    """The poster that invites to join."""
    here = request.cooperative
    costs = terms.on(here, business_today())
    return HttpResponse(
        documents.pdf(here, url=form_url(request), terms=costs),
        content_type="application/pdf",
        headers={
            "Content-Disposition": content_disposition_header(False, f"poster-{here.code}.pdf")
        },
    )


def form_url(request: CoopRequest) -> str:
    """The absolute address of the public form."""
    return request.build_absolute_uri(reverse("joining:form", args=[request.cooperative.code]))


def _application(request: CoopRequest, application_id: UUID) -> Application:
    rows = Application.objects.of(request.cooperative).select_related("member", "decided_by")
    application = get_object_or_404(rows, id=application_id)
    application.cooperative = request.cooperative
    return application


def _decided(request: CoopRequest, application: Application) -> HttpResponse:
    """Shows what was decided on an application that somebody else was quicker to decide on."""
    return render(
        request,
        "members/joining/application_decided.html",
        {"application": application},
        status=200 if request.method == "GET" else 409,
    )


def _page(
    request: CoopRequest,
    seen: queue.Waiting,
    *,
    form: forms.Verification | None = None,
    declining: forms.Declining | None = None,
) -> HttpResponse:
    if form is None:
        form = forms.Verification(
            application=seen.application, matches=list(seen.matches), on=business_today()
        )
    sent = form if declining is None else declining
    application = seen.application
    costs = terms.of_category(request.cooperative, application.category, business_today())
    context = {
        "seen": seen,
        "whatsapp": wa_link_of(application.phone, whatsapp.to_applicant(application, terms=costs)),
        "application": application,
        "form": form,
        "declining": declining or forms.Declining(),
    }
    status = 422 if sent.is_bound else 200
    return render(request, "members/joining/application_verify.html", context, status=status)
