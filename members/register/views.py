"""The register: adding and changing people, and their way to membership."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kkmp.access.form_keys import OnceRequest, once
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from members.register import asking, forms, queries
from members.register.asking import AskingRequest
from members.register.loading import member_of
from members.register.models import Status
from members.register.services import membership


@require_http_methods(["GET", "POST"])
@requires(Permission.MEMBERS_WRITE)
@once
def add(request: OnceRequest) -> HttpResponse:
    form = forms.Registration(
        request.POST or None, cooperative=request.cooperative, initial={"key": request.form_key}
    )
    if request.method == "POST" and form.ready(on=business_today()):
        try:
            member = membership.register(
                cooperative=request.cooperative,
                particulars=form.particulars(),
                status=Status(form.cleaned_data["status"]),
                key=form.cleaned_data["key"],
                on=business_today(),
                by=request.user,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("%(name)s is on the register.") % {"name": member.name})
            return redirect("members:detail", request.cooperative.code, member.id)
    done = None if form.is_bound else queries.registered(request.cooperative, request.form_key)
    context = {"form": form, "done": done}
    return render(request, "members/register/register.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
@requires(Permission.MEMBERS_WRITE)
def edit(request: CoopRequest, member_id: UUID) -> HttpResponse:
    member = member_of(request, member_id)
    if request.method == "POST":
        member = membership.locked(member)
    form = forms.Edit(request.POST or None, member=member)
    if (
        form.is_valid()
        and not form.is_stale(member, form.before)
        and form.ready(on=business_today())
    ):
        try:
            membership.edit(
                member=member,
                particulars=form.particulars(),
                version=member.version,
                on=business_today(),
                by=request.user,
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Changes saved."))
            return redirect("members:detail", request.cooperative.code, member.id)
    status = 409 if form.was_stale else _status(form)
    return render(
        request, "members/register/edit.html", {"form": form, "member": member}, status=status
    )


@require_POST
@requires(Permission.MEMBERS_WRITE)
def move(request: CoopRequest, member_id: UUID) -> HttpResponse:
    member = member_of(request, member_id)
    form = forms.Move(request.POST)
    if form.is_valid():
        try:
            to = Status(form.cleaned_data["to"])
            member = membership.move(member=member, to=to, on=business_today(), by=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            status = member.get_status_display()
            messages.success(request, _("Status changed to: %(status)s.") % {"status": status})
    return redirect("members:detail", request.cooperative.code, member.id)


@sensitive_post_parameters("nik")
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MEMBERS_READ, before=asking.judge)
@never_cache
def find_by_nik(request: AskingRequest) -> HttpResponse:
    """Asked by a form of its own: what is searched for otherwise stands in an address."""
    asked = request.asked
    if asked.found:
        return redirect("members:detail", request.cooperative.code, asked.found)
    context = {"form": asked.form}
    return render(request, "members/register/by_nik.html", context, status=_status(asked.form))


@require_POST
@requires(Permission.NIK_REVEAL)
@never_cache
def reveal_nik(request: CoopRequest, member_id: UUID) -> HttpResponse:
    """The number, for this one answer: it is not kept by any cache."""
    member = member_of(request, member_id)
    nik = membership.reveal_nik(member=member, by=request.user)
    template = "members/register/_nik.html" if request.htmx else "members/register/nik.html"
    back = reverse("members:detail", args=[request.cooperative.code, member.id])
    return render(request, template, {"nik": nik, "back_url": back, "back_label": member.name})


def _status(form: Form) -> int:
    return 422 if form.is_bound else 200
