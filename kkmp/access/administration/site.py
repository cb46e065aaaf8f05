"""The administration's site: who enters, how, and what its pages may load."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, cast

from csp.decorators import csp
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from typing_extensions import override
from unfold.contrib.filters.admin.mixins import AutocompleteMixin
from unfold.dataclasses import SearchResult
from unfold.sites import UnfoldAdminSite

from kkmp.access.administration import cooperative_choice, pages
from kkmp.access.web import SignedInRequest
from kkmp.lib.administration import Page
from kkmp.registry.models import Cooperative

_View = Callable[..., HttpResponseBase]
#: Addresses of Django's admin that we have no use for; one of them looks up any table's rows.
_CLOSED = {"view_on_site"}


class _Choices(AutocompleteJsonView):
    """What one chooses from, where a form or a list of ours has such a chooser."""

    @override
    def process_request(self, request: HttpRequest) -> tuple[str, Any, Any, str]:
        """:raises PermissionDenied: no page has a chooser of that name"""
        found: tuple[str, Any, Any, str] = super().process_request(request)
        column = found[2]
        page = admin.site._registry.get(column.model)
        if page is None or column.name not in _choosers(page, request):
            raise PermissionDenied
        return found

    @override
    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        label = getattr(self.model_admin, "choice_label", str)
        return super().serialize_result(obj, to_field_name) | {"text": label(obj)}


def _choosers(page: admin.ModelAdmin[Any], request: HttpRequest) -> set[str]:
    """Columns that a page lets one choose while typing: in its form, or to narrow its list down."""
    narrowed = (one for one in page.get_list_filter(request) if isinstance(one, tuple))
    within = {str(path) for path, kind in narrowed if issubclass(kind, AutocompleteMixin)}
    return within | {str(name) for name in page.get_autocomplete_fields(request)}


class Site(UnfoldAdminSite):
    """Administrators alone, signed in by our own page, so that its limits and second factor hold.

    Packages bring pages of their own (groups, second factors with their secrets): only pages
    written for this project are registered.
    """

    index_title = _("What would you like to look after?")

    def register(
        self,
        model_or_iterable: type[models.Model] | Iterable[type[models.Model]],
        admin_class: type[admin.ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        if admin_class is not None and issubclass(admin_class, Page):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_staff

    def admin_view(self, view: _View, cacheable: bool = False) -> _View:
        inner: _View = csp(settings.ADMIN_CONTENT_SECURITY_POLICY)(
            super().admin_view(view, cacheable)
        )

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            # Django would send them to sign in, and that page straight back to here.
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return guarded

    @override
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        wanted = request.GET.get("next") or reverse("admin:index")
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(wanted)

    @override
    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        logout(request)
        return HttpResponseRedirect("/")

    @override
    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_change_password"))

    def extra_urls(self) -> list[URLPattern]:
        return [
            path(page.route, self.admin_view(self._with_site(page)), name=page.name)
            for page in pages.registered()
        ]

    def _with_site(self, page: pages.AdminPage) -> _View:
        @wraps(page.view)
        def inner(request: SignedInRequest) -> HttpResponse:
            if not request.user.has_perms(page.permissions):
                raise PermissionDenied
            return page.view(request, self)

        return inner

    @override
    def _search_apps(self, app_list: object, search_term: str) -> list[SearchResult]:
        """Pages are found by the menu's words, with cooperatives and people."""
        return []

    @override
    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Two of one name are told apart where one chooses."""
        return cast(HttpResponse, _Choices.as_view(admin_site=self)(request))

    def get_urls(self) -> list[Any]:
        return [
            pattern for pattern in super().get_urls() if getattr(pattern, "name", "") not in _CLOSED
        ]

    def extra_context(self, context: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
        # The colours stand in a stylesheet of ours instead of in the page.
        return context | {"colors": None, "chosen_cooperative": self._chosen(request)}

    def _chosen(self, request: HttpRequest) -> Cooperative | None:
        return cooperative_choice.chosen(request) if self.has_permission(request) else None
