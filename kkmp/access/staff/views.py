"""The people of a cooperative who sign in, for its chair; and the link by which they come in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kkmp.access import known_devices
from kkmp.access.models import User
from kkmp.access.permissions import Permission
from kkmp.access.services import roles
from kkmp.access.staff import forms, queries
from kkmp.access.staff.services import invitations, staff
from kkmp.access.web import CoopRequest, public, requires
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse


@require_GET
@requires(Permission.STAFF_WRITE)
def people(request: CoopRequest) -> HttpResponse:
    page = {"people": queries.people(request.cooperative, timezone.now())}
    return render(request, "access/staff/people.html", page)


@require_http_methods(["GET", "POST"])
@never_cache
@requires(Permission.STAFF_WRITE)
def invite(request: CoopRequest) -> HttpResponse:
    may_give = staff.may_give(request.user, request.cooperative)
    form = forms.Invited(request.POST or None, may_give=may_give)
    if form.is_valid():
        try:
            with transaction.atomic():
                user, secret = staff.invite(
                    cooperative=request.cooperative,
                    at=timezone.now(),
                    by=request.user,
                    **form.cleaned_data,
                )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            return _link(request, user, secret)
    status = 422 if form.is_bound else 200
    return render(request, "access/staff/invite.html", {"form": form}, status=status)


@require_GET
@requires(Permission.STAFF_WRITE)
def person(request: CoopRequest, user_id: UUID) -> HttpResponse:
    return render(request, "access/staff/person.html", _person(request, user_id))


@require_POST
@never_cache
@requires(Permission.STAFF_WRITE)
def link(request: CoopRequest, user_id: UUID) -> HttpResponse:
    """A new link, shown this once."""
    user = _user(request, user_id)
    try:
        secret = staff.link(
            cooperative=request.cooperative, user=user, at=timezone.now(), by=request.user
        )
    except DomainError as refusal:
        return _refused(request, user, refusal)
    return _link(request, user, secret)


@require_POST
@requires(Permission.STAFF_WRITE)
def give(request: CoopRequest, user_id: UUID) -> HttpResponse:
    user = _user(request, user_id)
    may_give = staff.may_give(request.user, request.cooperative)
    form = forms.Given(request.POST, may_give=may_give)
    if form.is_valid():
        try:
            staff.give(
                cooperative=request.cooperative, user=user, by=request.user, **form.cleaned_data
            )
        except roles.RolesMeet as refusal:
            form.ask()
            refuse(form, refusal)
        except DomainError as refusal:
            return _refused(request, user, refusal)
        else:
            messages.success(request, _("The role is given."))
            return redirect("staff:person", request.cooperative.code, user.pk)
    page = _person(request, user_id) | {"form": form}
    return render(request, "access/staff/person.html", page, status=422)


@require_POST
@requires(Permission.STAFF_WRITE)
def take(request: CoopRequest, user_id: UUID, holding_id: UUID) -> HttpResponse:
    held = queries.holdings(request.cooperative, user_id)
    holding = get_object_or_404(held, id=holding_id)
    user = holding.user
    try:
        staff.take(holding=holding, at=timezone.now(), by=request.user)
    except DomainError as refusal:
        return _refused(request, user, refusal)
    messages.success(request, _("The role is taken away."))
    if user == request.user and not held.exists():
        return redirect("home")
    if not held.exists() or user == request.user:
        return redirect("staff:list", request.cooperative.code)
    return redirect("staff:person", request.cooperative.code, user.pk)


@require_POST
@requires(Permission.STAFF_WRITE)
def block(request: CoopRequest, user_id: UUID) -> HttpResponse:
    user = _user(request, user_id)
    try:
        staff.block(cooperative=request.cooperative, user=user, at=timezone.now(), by=request.user)
    except DomainError as refusal:
        return _refused(request, user, refusal)
    messages.success(request, _("%(name)s is blocked.") % {"name": user})
    return redirect("staff:person", request.cooperative.code, user.pk)


@require_POST
@requires(Permission.STAFF_WRITE)
def unblock(request: CoopRequest, user_id: UUID) -> HttpResponse:
    user = _user(request, user_id)
    try:
        staff.unblock(cooperative=request.cooperative, user=user, by=request.user)
    except DomainError as refusal:
        return _refused(request, user, refusal)
    messages.success(request, _("%(name)s can sign in again.") % {"name": user})
    return redirect("staff:person", request.cooperative.code, user.pk)


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def come_in(request: HttpRequest, secret: str) -> HttpResponse:
    """The page of an invitation, on which its person chooses a password and so signs in."""
    at = timezone.now()
    invitation = invitations.find(secret=secret, at=at)
    if invitation is None:
        return render(request, "access/staff/closed.html", status=410)
    form = forms.Chosen(request.POST or None, user=invitation.user)
    if form.is_valid():
        try:
            invitations.use(secret=secret, password=form.cleaned_data["password2"], at=at)
        except invitations.InvitationRefused:
            return render(request, "access/staff/closed.html", status=410)
        messages.success(request, _("The password is set. Sign in with it now."))
        response: HttpResponse = redirect("account_login")
        known_devices.remember(request, response, invitation.user)
        return response
    page = {"form": form, "invited": invitation.user}
    status = 422 if form.is_bound else 200
    response = render(request, "access/staff/come_in.html", page, status=status)
    # A refusal is logged with its address, which still opens the account.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _user(request: CoopRequest, user_id: UUID) -> User:
    return get_object_or_404(queries.people(request.cooperative, timezone.now()), pk=user_id)


def _person(request: CoopRequest, user_id: UUID) -> dict[str, Any]:
    user = _user(request, user_id)
    may_give = staff.may_give(request.user, request.cooperative)
    return {
        "person": user,
        "is_self": user == request.user,
        "form": forms.Given(may_give=may_give),
    }


def _refused(request: CoopRequest, user: User, refusal: DomainError) -> HttpResponse:
    messages.error(request, str(refusal))
    return redirect("staff:person", request.cooperative.code, user.pk)


def _link(request: CoopRequest, user: User, secret: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("come_in", args=[secret]))
    page = {"person": user, "address": address, "days": invitations.LIFETIME.days}
    return render(request, "access/staff/link.html", page)
