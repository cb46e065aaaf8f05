"""The trail of all cooperatives and of the system together, for a span of days.

Row security shows the rows of one cooperative to a transaction. So each is asked in a transaction
of its own, for no more events than the page has room for; the span and the number of cooperatives
have an end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from kkmp.access import audit_sentences, trail
from kkmp.access.administration import cooperative_choice
from kkmp.access.administration.events import address_from_anywhere
from kkmp.access.administration.narrowing import concerning
from kkmp.access.models import AuditEvent, RoleHolding, SystemEvent, User
from kkmp.access.trail import DescribedEvent, Event
from kkmp.access.web import SignedInRequest
from kkmp.lib.clock import business_today
from kkmp.lib.existing import of_kind
from kkmp.lib.narrowing import Day
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, Kecamatan

#: Whoever reads the trail of all reads both kinds of it.
PERMISSIONS = ("access.view_auditevent", "access.view_systemevent")
#: On the page; a file holds more.
MOST_SHOWN = 100
#: A span of so many days at most, and where none is given, so many up to today.
MOST_DAYS, USUAL_DAYS = 92, 7
#: So many cooperatives are asked one after the other at most: those of a large regency.
MOST_COOPERATIVES = 400


def _chooser(name: str, site: AdminSite) -> AutocompleteSelect:
    look = {"class": "unfold-filter-autocomplete"}
    return AutocompleteSelect(RoleHolding._meta.get_field(name), site, attrs=look)


class TrailFilter(forms.Form):
    """What of the trail is looked for. Nothing chosen: everything of the last days."""

    q = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=100,
        widget=UnfoldAdminTextInputWidget(),
    )
    act = forms.ChoiceField(
        label=gettext_lazy("Act"), required=False, widget=UnfoldAdminSelectWidget()
    )
    person = forms.ModelChoiceField(
        label=gettext_lazy("Person"), queryset=User.objects.order_by("username"), required=False
    )
    kecamatan = forms.ModelChoiceField(
        label=gettext_lazy("Kecamatan"),
        queryset=Kecamatan.objects.order_by("name"),
        required=False,
        empty_label=gettext_lazy("All"),
        widget=UnfoldAdminSelectWidget(),
    )
    cooperative = forms.ModelChoiceField(
        label=gettext_lazy("Cooperative"),
        queryset=Cooperative.objects.select_related("kelurahan__kecamatan").order_by("code"),
        required=False,
    )
    at_from = Day(label=gettext_lazy("From"))
    at_to = Day(label=gettext_lazy("To"))

    def __init__(self, data: QueryDict, site: AdminSite, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        for name in ("person", "cooperative"):
            field = of_kind(forms.ModelChoiceField, self.fields[name])
            field.widget = _chooser("user" if name == "person" else name, site)
            field.widget.choices = field.choices
        cooperative_choice.label_rows_by(self.fields["person"], trail.person)
        cooperative_choice.label_rows_by(
            self.fields["cooperative"], cooperative_choice.name_with_kecamatan
        )
        offered = of_kind(forms.ChoiceField, self.fields["act"])
        offered.choices = [("", _("All")), *audit_sentences.choices()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "at_from" in given and "at_to" in given:
            until = given["at_to"] or self.today
            since = given["at_from"] or until - timedelta(days=USUAL_DAYS)
            if since > until:
                raise ValidationError(_("The first day lies after the last."))
            if (until - since).days > MOST_DAYS:
                raise ValidationError(
                    _("Choose a span of at most %(count)d days.") % {"count": MOST_DAYS}
                )
            given["at_from"], given["at_to"] = since, until
        return given

    def cooperatives(self) -> list[Cooperative]:
        """The cooperatives whose trails are searched, one more than may be at most."""
        rows = Cooperative.objects.select_related("kelurahan__kecamatan").order_by("code")
        if self.cleaned_data["cooperative"]:
            rows = rows.filter(pk=self.cleaned_data["cooperative"].pk)
        if self.cleaned_data["kecamatan"]:
            rows = rows.filter(kelurahan__kecamatan=self.cleaned_data["kecamatan"])
        return list(rows[: MOST_COOPERATIVES + 1])

    def is_about_the_system(self) -> bool:
        return not (self.cleaned_data["cooperative"] or self.cleaned_data["kecamatan"])

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.cleaned_data
        rows = trail.between(rows, chosen["at_from"], chosen["at_to"])
        if chosen["act"]:
            rows = rows.filter(action__in=audit_sentences.named(chosen["act"]))
        if chosen["person"]:
            rows = concerning(rows, chosen["person"].pk)
        return trail.search(rows, chosen["q"]).select_related("actor").order_by("-at", "-id")


class TooWide(Exception):
    """More cooperatives would have to be searched than are searched at once."""


def latest_events(chosen: TrailFilter, most: int) -> list[DescribedEvent]:
    """The latest events that were asked for, each with its cooperative.

    :raises TooWide: a kecamatan has to be chosen first
    """
    places = {each.pk: each for each in chosen.cooperatives()}
    if len(places) > MOST_COOPERATIVES:
        raise TooWide
    found: list[Event] = []
    if chosen.is_about_the_system():
        found += chosen.narrowed(SystemEvent.objects.all())[:most]
    for pk in places:
        found += _within(chosen, pk, most, but_roles=chosen.is_about_the_system())
    latest = sorted(found, key=lambda event: event.at, reverse=True)[:most]
    return sorted(
        _in_words(latest, places), key=lambda one: (one.event.at, one.event.id), reverse=True
    )


def _within(
    chosen: TrailFilter, place: UUID, most: int, *, but_roles: bool
) -> Sequence[AuditEvent]:
    """The latest events of one cooperative, but for those that the system's trail shows as well."""
    with scope.cooperative(place):
        rows = chosen.narrowed(AuditEvent.objects.of(place))
        if but_roles:
            rows = rows.exclude(action__in=("role.grant", "role.revoke"))
        return list(rows[:most])


def _in_words(events: Iterable[Event], places: dict[UUID, Cooperative]) -> list[DescribedEvent]:
    by_place: dict[UUID | None, list[Event]] = {}
    for event in events:
        by_place.setdefault(getattr(event, "cooperative_id", None), []).append(event)
    found: list[DescribedEvent] = []
    for place, own in by_place.items():
        words = cooperative_choice.read_within(
            place,
            lambda own=own: trail.describe(own, address_from_anywhere),  # type: ignore[misc]
        )
        name = cooperative_choice.name_with_kecamatan(places[place]) if place else ""
        found += [replace(one, place=name) for one in words]
    return found


def view(request: SignedInRequest, site: AdminSite) -> HttpResponse:
    """The page: what was asked for, and its file one button further."""
    form = TrailFilter(request.GET, site, today=business_today())
    events: list[DescribedEvent] = []
    if form.is_valid():
        try:
            events = latest_events(form, MOST_SHOWN)
        except TooWide:
            form.add_error("kecamatan", _("Choose a kecamatan: these are too many at once."))
    context = site.each_context(request) | {
        "title": _("Audit trail of all cooperatives"),
        "form": form,
        "events": events,
        "most": MOST_SHOWN,
        "is_cut": len(events) == MOST_SHOWN,
        "asked": request.GET.urlencode(),
    }
    return TemplateResponse(
        request, "admin/trail.html", context, status=200 if form.is_valid() else 422
    )
