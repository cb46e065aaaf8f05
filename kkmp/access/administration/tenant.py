"""Pages of what belongs to one cooperative: they show the chosen one's rows and no others.

Each answer is made and rendered in that cooperative's scope. Opening what is personal is
written to the cooperative's own audit trail.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import SimpleTemplateResponse
from django.utils.translation import gettext as _

from kkmp.access.administration import cooperative_choice
from kkmp.access.services import audit
from kkmp.access.web import SignedInRequest
from kkmp.lib.administration import Page, ReadOnly, ReadOnlyLines
from kkmp.registry import scope
from kkmp.registry.tenancy import TenantQuerySet

_Context = dict[str, Any] | None
_View = Callable[..., HttpResponse]


def _in_scope(view: _View) -> _View:
    @wraps(view)
    def scoped(
        page: "TenantPage", request: SignedInRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        cooperative = cooperative_choice.chosen(request)
        if cooperative is None:
            messages.info(request, _("Choose a cooperative first."))
            return HttpResponseRedirect(cooperative_choice.address(request))
        with scope.cooperative(cooperative.pk):
            response = view(page, request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response.render()
        return response

    return scoped


class TenantPage(Page):
    """A page of the chosen cooperative's rows."""

    #: Whether its rows tell about people: then whoever opens them is written down.
    is_personal = False

    def get_queryset(self, request: HttpRequest) -> TenantQuerySet[Any]:
        return _of_the_chosen(super().get_queryset(request), request)

    @_in_scope
    def changelist_view(
        self, request: SignedInRequest, extra_context: _Context = None
    ) -> HttpResponse:
        self._note(request, None)
        shown: HttpResponse = super().changelist_view(request, _marked(extra_context))
        return shown

    @_in_scope
    def changeform_view(
        self,
        request: SignedInRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: _Context = None,
    ) -> HttpResponse:
        if object_id is not None:
            subject = self.get_object(request, object_id)
            if subject is not None:
                self._note(request, subject)
        shown: HttpResponse = super().changeform_view(
            request, object_id, form_url, _marked(extra_context)
        )
        return shown

    @_in_scope
    def delete_view(
        self, request: SignedInRequest, object_id: str, extra_context: _Context = None
    ) -> HttpResponse:
        shown: HttpResponse = super().delete_view(request, object_id, _marked(extra_context))
        return shown

    @_in_scope
    def history_view(
        self, request: SignedInRequest, object_id: str, extra_context: _Context = None
    ) -> HttpResponse:
        shown: HttpResponse = super().history_view(request, object_id, _marked(extra_context))
        return shown

    def _note(self, request: SignedInRequest, subject: models.Model | None) -> None:
        cooperative = cooperative_choice.chosen(request)
        if self.is_personal and cooperative is not None and request.method == "GET":
            audit.record(
                cooperative=cooperative,
                action="admin.look" if subject is None else "admin.look_at",
                by=request.user,
                subject=subject,
                page=self.opts.label,
            )


class TenantReadOnly(ReadOnly, TenantPage):
    """The chosen cooperative's rows, to look at."""


class TenantLines(ReadOnlyLines):
    """Rows of the chosen cooperative that belong to what a page shows."""

    #: What is read with them, as pages name it for their lists.
    list_select_related: Sequence[str] = ()

    def get_queryset(self, request: HttpRequest) -> TenantQuerySet[Any]:
        rows = _of_the_chosen(super().get_queryset(request), request)
        return rows.select_related(*self.list_select_related) if self.list_select_related else rows


def _of_the_chosen(rows: TenantQuerySet[Any], request: HttpRequest) -> TenantQuerySet[Any]:
    cooperative = cooperative_choice.chosen(request)
    return rows.none() if cooperative is None else rows.of(cooperative)


def _marked(context: dict[str, Any] | None) -> dict[str, Any]:
    """The page says whose rows it shows."""
    return (context or {}) | {"shows_chosen_cooperative": True}
