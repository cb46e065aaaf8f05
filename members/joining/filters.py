"""Finding people who are not members yet."""

from typing import TYPE_CHECKING, Any, TypeAlias

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import WithAnnotations

from kkmp.lib.filters import FilterSet
from kkmp.registry.models import Cooperative
from members.joining.queries.funnel import Step
from members.register.models import Member, MemberQuerySet
from members.register.services.membership import CANDIDATES

if TYPE_CHECKING:
    _People: TypeAlias = MemberQuerySet[WithAnnotations[Member, Step]]


class CandidateFilter(FilterSet["MemberQuerySet[WithAnnotations[Member, Step]]"]):
    """People who are not members yet, by name, step, age at the step, and RW."""

    q = django_filters.CharFilter(method="search", label=_("Name or phone"))
    status = django_filters.ChoiceFilter(
        choices=[(status, status.label) for status in CANDIDATES],
        label=_("Status"),
        widget=forms.HiddenInput,
    )
    age = django_filters.ChoiceFilter(
        choices=[
            ("fresh", _("Less than 7 days")),
            ("waiting", _("7 to 30 days")),
            ("old", _("More than 30 days")),
        ],
        label=_("At this step for"),
        empty_label=_("All"),
    )
    rw = django_filters.CharFilter(method="in_rw", label=_("RW"))

    class Meta:
        model = Member
        fields = ["q", "status", "age", "rw"]

    def __init__(
        self, *args: Any, cooperative: Cooperative, rws: list[str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cooperative = cooperative
        if rws is not None:
            choices = [("", _("All")), *((rw, rw) for rw in rws)]
            self.filters["rw"].field.widget = forms.Select(choices=choices)

    def search(self, members: "_People", _name: str, text: str) -> "_People":
        return members.search(text)

    def in_rw(self, members: "_People", _name: str, text: str) -> "_People":
        return members.filter(rw=text.strip().zfill(3))
