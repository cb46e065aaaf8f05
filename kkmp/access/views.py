from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kkmp.access import context, forms
from kkmp.access.models import ApiToken, ApprovalPin
from kkmp.access.services import devices as signed_in_devices
from kkmp.access.services import pins, tokens
from kkmp.access.session_store import row_name
from kkmp.access.web import SignedInRequest, public, signed_in
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse


@public
@require_GET
def healthz(_request: HttpRequest) -> HttpResponse:
    """Tells whoever watches the server that it answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_GET
@signed_in
def home(request: SignedInRequest) -> HttpResponse:
    """Straight to the only place of work, or a choice between several."""
    places = context.shell(request)["shell"]["places"]
    if len(places) == 1:
        return redirect(places[0]["url"])
    return render(request, "access/places.html", {"places": places})


@require_GET
@never_cache
@signed_in
def profile(request: SignedInRequest) -> HttpResponse:
    return render(request, "access/profile.html", _profile(request, forms.Token()))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def devices(request: SignedInRequest) -> HttpResponse:
    """Where somebody is signed in, and signing out everywhere else."""
    here = request.session.session_key or ""
    if request.method == "POST":
        signed_in_devices.end_all(user=request.user, but=here)
        messages.info(request, _("The other devices are signed out."))
        return redirect("devices")
    shown = signed_in_devices.of(request.user, at=timezone.now())
    return render(request, "access/devices.html", {"devices": shown, "here": row_name(here)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
@reauthentication_required
def approval_pin(request: SignedInRequest) -> HttpResponse:
    """Choose the PIN that approves at somebody else's screen; the password is asked before."""
    if not pins.may_have_one(request.user):
        raise PermissionDenied
    form = forms.Pin(request.POST or None)
    if form.is_valid():
        try:
            pins.choose(user=request.user, digits=form.cleaned_data["pin"], at=timezone.now())
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The PIN is set. Tell it to nobody."))
            return redirect("profile")
    return render(request, "access/pin.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["POST"])
@never_cache
@signed_in
@reauthentication_required
def issue_token(request: SignedInRequest) -> HttpResponse:
    """Make a token and show it this once; the password is asked before."""
    form, secret = forms.Token(request.POST), ""
    if form.is_valid():
        try:
            _token, secret = tokens.issue(
                user=request.user,
                name=form.cleaned_data["name"],
                at=timezone.now(),
                by=request.user,
            )
        except DomainError as refusal:
            refuse(form, refusal)
    if not secret:
        return render(request, "access/profile.html", _profile(request, form), status=422)
    return render(
        request, "access/profile.html", _profile(request, forms.Token()) | {"secret": secret}
    )


@require_POST
@signed_in
def revoke_token(request: SignedInRequest, token_id: UUID) -> HttpResponse:
    token = get_object_or_404(ApiToken, id=token_id, user=request.user)
    tokens.revoke(token=token, at=timezone.now(), by=request.user)
    messages.success(request, _("The token no longer works."))
    return redirect("profile")


def _profile(request: SignedInRequest, form: forms.Token) -> dict[str, Any]:
    mine = ApiToken.objects.filter(user=request.user).order_by("-created_at", "id")
    may_approve = pins.may_have_one(request.user)
    pin = ApprovalPin.objects.filter(user=request.user).first() if may_approve else None
    return {
        "form": form,
        "tokens": mine,
        "now": timezone.now(),
        "may_approve": may_approve,
        "pin": pin,
    }
