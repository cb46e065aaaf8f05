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
from django.utils.translation import gettext as _

from kkmp.access.administration import choice
from kkmp.access.services import audit
from kkmp.lib.administration import Page, ReadOnly, ReadOnlyLines
from kkmp.registry import scope

_View = Callable[..., Any]


def _in_scope(view: _View) -> _View:
    @wraps(view)
    def scoped(page: Any, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        cooperative = choice.chosen(request)
        if cooperative is None:
            messages.info(request, _("Choose a cooperative first."))
            return HttpResponseRedirect(choice.address(request))
        with scope.cooperative(cooperative.pk):
            response = view(page, request, *args, **kwargs)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        return response

    return scoped


class TenantPage(Page):
    """A page of the chosen cooperative's rows."""

    #: Whether its rows tell about people: then whoever opens them is written down.
    is_personal = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return _of_the_chosen(super().get_queryset(request), request)

    @_in_scope
    def changelist_view(self, request: Any, extra_context: Any = None) -> Any:
        self._note(request, None)
        return super().changelist_view(request, _marked(extra_context))

    @_in_scope
    def changeform_view(
        self, request: Any, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        if object_id is not None:
            subject = self.get_object(request, object_id)
            if subject is not None:
                self._note(request, subject)
        return super().changeform_view(request, object_id, form_url, _marked(extra_context))

    @_in_scope
    def delete_view(self, request: Any, object_id: str, extra_context: Any = None) -> Any:
        return super().delete_view(request, object_id, _marked(extra_context))

    @_in_scope
    def history_view(self, request: Any, object_id: str, extra_context: Any = None) -> Any:
        return super().history_view(request, object_id, _marked(extra_context))

    def _note(self, request: Any, subject: models.Model | None) -> None:
        if self.is_personal and request.method == "GET":
            audit.record(
                cooperative=choice.chosen(request),  # type: ignore[arg-type]
                action="admin.look",
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

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = _of_the_chosen(super().get_queryset(request), request)
        return rows.select_related(*self.list_select_related) if self.list_select_related else rows


def _of_the_chosen(rows: Any, request: Any) -> Any:
    cooperative = choice.chosen(request)
    return rows.none() if cooperative is None else rows.of(cooperative)


def _marked(context: dict[str, Any] | None) -> dict[str, Any]:
    """The page says whose rows it shows."""
    return (context or {}) | {"shows_chosen_cooperative": True}
