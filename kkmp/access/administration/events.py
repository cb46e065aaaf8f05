"""The trail: what was done, told in sentences; of the system, and of the chosen cooperative."""

from typing import Any, cast
from uuid import UUID

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.views import ChangeList as UnfoldChangeList

from kkmp.access import trail
from kkmp.access.administration import cooperative_choice
from kkmp.access.administration.narrowing import ActFilter, PersonFilter
from kkmp.access.administration.tenant import TenantReadOnly
from kkmp.access.models import AuditEvent, SystemEvent
from kkmp.access.trail import Event
from kkmp.lib import administration
from kkmp.lib.administration import Page, ReadOnly
from kkmp.registry.models import Cooperative
from kkmp.registry.tenancy import TenantModel

#: So many of an object's history; the rest is found in the trail.
MOST_OF_ONE = 100


def address(label: str, pk: str, _place: UUID | None) -> str:
    """The page of a row in the administration; the row's cooperative has to be the chosen one."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return ""
    if model not in admin.site._registry:
        return ""
    opts = model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=(quote(pk),))


def address_from_anywhere(label: str, pk: str, place: UUID | None) -> str:
    """The page of a row in the administration, by way of choosing the row's cooperative first."""
    here = address(label, pk, place)
    is_within = here and place and issubclass(apps.get_model(label), TenantModel)
    return cooperative_choice.switch_address(place, here) if is_within and place else here


class _DescribedEvents(UnfoldChangeList):
    """Describes the events of a page together, so that what they name is looked up once."""

    result_list: Any

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        events: list[Any] = list(self.result_list)
        for event, described in zip(events, trail.describe(events, address), strict=True):
            event.described = described
        self.result_list = events


class _Events:
    list_display = ("moment", "sentence")
    list_display_links = ("moment",)
    list_select_related = ("actor",)
    list_filter = (ActFilter, ("actor", PersonFilter), "at")
    # What is looked for is said in get_search_results; this shows the box.
    search_fields = ("action",)
    search_help_text = _("Words of the sentence, a name, a number")
    ordering = ("-at", "id")
    fields = ("moment", "sentence", "facts", "action", "about")
    readonly_fields = fields

    def get_changelist(self, _request: HttpRequest, **_kwargs: Any) -> type[ChangeList]:
        return _DescribedEvents

    def get_search_results(
        self, _request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return trail.search(queryset, search_term), False

    @admin.display(description=_("time"), ordering="at")
    def moment(self, event: Event) -> str:
        return trail.moment(event.at)

    @admin.display(description=_("what happened"))
    def sentence(self, event: Event) -> str:
        described = event.__dict__.get("described") or trail.describe([event], address)[0]
        return cast(trail.DescribedEvent, described).html

    @admin.display(description=_("about"))
    def about(self, event: Event) -> str:
        return f"{event.subject_label} {event.subject_id}".strip() or "–"

    @admin.display(description=_("details"))
    def facts(self, event: Event) -> str:
        return format_html_join("", "<div>{}: {}</div>", sorted(event.details.items())) or "–"


@admin.register(SystemEvent)
class SystemEvents(_Events, ReadOnly, Page):
    """Acts outside any cooperative: accounts, roles, tokens, areas."""


@admin.register(AuditEvent)
class AuditEvents(_Events, TenantReadOnly):
    """Acts within the chosen cooperative."""


def history(row: Model) -> list[trail.DescribedEvent]:
    """What happened to a row, latest first; a cooperative's within its own scope."""
    place = row.pk if isinstance(row, Cooperative) else getattr(row, "cooperative_id", None)
    if not isinstance(row, TenantModel | Cooperative):
        place = None
    return cooperative_choice.read_within(
        place,
        lambda: trail.describe(trail.about(row, place, MOST_OF_ONE), address_from_anywhere),
    )


administration.tell_history_by(history)
