"""Keeping views of the register and the figures."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest, requires
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import refuse
from members.saved_views import queries
from members.saved_views.forms import ChangedView, KeptView, NewView
from members.saved_views.models import SavedView
from members.saved_views.services import saved_views


@require_safe
@requires(Permission.MEMBERS_READ)
def views(request: CoopRequest) -> HttpResponse:
    usable = queries.usable(request.cooperative, request.user)
    context = {
        "views": queries.shown(request, usable.order_by("page", "name", "id")),
        "page_tabs": tabs.grouped(request, "members"),
    }
    return render(request, "members/saved_views/views.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MEMBERS_READ)
def add(request: CoopRequest) -> HttpResponse:
    """Page and filter stand in the address; the name is asked for."""
    initial = {name: request.GET.get(name, "") for name in ("page", "query")}
    form = NewView(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            view = saved_views.save(
                cooperative=request.cooperative, by=request.user, **form.values()
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
            return redirect(queries.url_of(view, request.cooperative.code))
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MEMBERS_READ)
def edit(request: CoopRequest, view_id: UUID) -> HttpResponse:
    view = get_object_or_404(_views(request), id=view_id, owner=request.user)
    if request.method == "POST":
        view = saved_views.held(view)
    before = {"name": view.name, "is_shared": view.is_shared}
    form = ChangedView(request.POST if request.method == "POST" else None, initial=before)
    form.show(before)
    if form.is_valid() and not form.is_stale(view, before):
        try:
            saved_views.change(view=view, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("members:views", request.cooperative.code)
    return _form_page(request, form, view)


@require_POST
@requires(Permission.MEMBERS_READ)
def delete(request: CoopRequest, view_id: UUID) -> HttpResponse:
    view = get_object_or_404(_views(request), id=view_id)
    if view.owner_id != request.user.pk and not (
        view.is_shared and Permission.COOPERATIVE_WRITE in request.permissions
    ):
        raise Http404
    saved_views.delete(view=view, by=request.user)
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect("members:views", request.cooperative.code)


def _views(request: CoopRequest) -> QuerySet[SavedView]:
    return SavedView.objects.of(request.cooperative).select_related("cooperative")


def _form_page(request: CoopRequest, form: KeptView, view: SavedView | None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"form": form, "view": view}
    return render(request, "members/saved_views/view_form.html", context, status=status)
