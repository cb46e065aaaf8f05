"""Setting a member's PIN at the desk."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from kkmp.access.permissions import Permission
from kkmp.access.services.tries import TooManyTries
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import answer_with, refuse
from members.pins import queries
from members.pins.forms import NewPin
from members.pins.services import pins
from members.register.loading import member_of
from members.register.services import leaving_open


class ChoosingRequest(CoopRequest):
    """A request that has been counted, where a PIN is chosen.

    :ivar shut: why none can be chosen now; empty where one can
    """

    shut: str


def _count(request: ChoosingRequest) -> None:
    request.shut = ""
    if request.method == "POST" and request.resolver_match is not None:
        try:
            member_id = request.resolver_match.kwargs["member_id"]
            pins.begin_choosing(
                cooperative=request.cooperative, member_id=member_id, at=timezone.now()
            )
        except TooManyTries as refusal:
            request.shut = str(refusal)


@sensitive_post_parameters("pin", "again")
@sensitive_variables("form")
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SAVINGS_PIN, before=_count)
@never_cache
def pin(request: ChoosingRequest, member_id: UUID) -> HttpResponse:
    """The member types it twice, at the screen of somebody who has seen the KTP."""
    member = member_of(request, member_id)
    history = list(queries.history(member))
    form = NewPin(request.POST or None, initial={"version": len(history)})
    if request.shut:
        form.add_error("pin", request.shut)
    if form.is_valid():
        try:
            pins.choose(
                member=member,
                digits=form.cleaned_data["pin"],
                has_seen_ktp=form.cleaned_data["has_seen_ktp"],
                version=form.cleaned_data["version"],
                at=timezone.now(),
                by=request.user,
            )
        except DomainError as refusal:
            refuse(form, refusal)
            if isinstance(refusal, pins.MemberPinChanged):
                # Shown above the form now: whoever sends it again means it.
                answer_with(form, "version", str(len(history)))
        else:
            messages.success(
                request,
                _("The PIN of %(name)s is set. Only the member knows it.") % {"name": member.name},
            )
            return redirect("members:detail", request.cooperative.code, member.id)
    context = {
        "member": member,
        "form": form,
        "history": history,
        "in_force": next((one for one in history if one.ended_on is None), None),
        "closed": "" if member.is_active else _("Only active members have a PIN."),
    }
    leaving = leaving_open.reasons_by_member(request.cooperative.pk, [member.id])
    context["closed"] = leaving.get(member.id) or context["closed"]
    status = 422 if form.is_bound else 200
    return render(request, "members/pins/pin.html", context, status=status)
