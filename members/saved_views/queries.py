"""The views that stand above a page, and where each leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from kkmp.access.models import User
from kkmp.access.permissions import Permission
from kkmp.access.web import CoopRequest
from kkmp.exports import words
from kkmp.registry.models import Cooperative
from members.saved_views.models import SavedView, ViewPage
from members.saved_views.services.saved_views import parameters_of

_PAGES = {ViewPage.REGISTER: "members:list", ViewPage.FIGURES: "members:figures"}


@dataclass(frozen=True, slots=True)
class Shown:
    """:param url: of the page with the view's filter
    :param current: whether the page shows just this
    """

    view: SavedView
    url: str
    current: bool
    is_own: bool
    may_delete: bool


def usable(cooperative: Cooperative, user: User) -> QuerySet[SavedView]:
    """A person's own views and those shared with everybody, by name."""
    mine = Q(owner=user) | Q(is_shared=True)
    found = SavedView.objects.of(cooperative).filter(mine).select_related("owner")
    return found.order_by("name", "id")


def url_of(view: SavedView, code: str) -> str:
    url = reverse(_PAGES[ViewPage(view.page)], args=[code])
    return f"{url}?{view.query}" if view.query else url


def shown(
    request: CoopRequest, views: Iterable[SavedView], page: ViewPage | None = None
) -> list[Shown]:
    """:param page: that is being looked at; without it no view is the current one"""
    here = words.plain(request.GET, parameters_of(page)) if page else None
    runs_it = Permission.COOPERATIVE_WRITE in request.permissions
    return [
        Shown(
            view,
            url_of(view, request.cooperative.code),
            view.query == here,
            view.owner_id == request.user.pk,
            view.owner_id == request.user.pk or runs_it,
        )
        for view in views
    ]


def above(request: CoopRequest, page: ViewPage) -> dict[str, Any]:
    """What ``members/saved_views/_views.html`` shows above a page: by one statement."""
    views = usable(request.cooperative, request.user).filter(page=page)
    here = words.plain(request.GET, parameters_of(page))
    add = reverse("members:view_add", args=[request.cooperative.code])
    address = words.address(add, page=page.value, query=here)
    return {"views": shown(request, views, page), "add_url": address if here else ""}
