"""Finding people in the grid of mandatory savings and among the arrears."""

from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import django_filters
from django import forms
from django.db.models import F
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import WithAnnotations

from kkmp.lib.filters import FilterSet
from kkmp.registry.models import Cooperative
from members.dues.queries import arrears
from members.dues.queries.arrears import AGES, Paid, Rules
from members.register import queries
from members.register.models import Member, MemberQuerySet

if TYPE_CHECKING:
    _People: TypeAlias = MemberQuerySet[WithAnnotations[Member, Paid]]


class _Found(FilterSet["MemberQuerySet[WithAnnotations[Member, Paid]]"]):
    """Finds members by name, number or phone, and by RW.

    :param rules: of the cooperative whose register is looked through
    :param on: the day it is
    :param rws: to choose from on a page; without them any RW may be asked for
    """

    q = django_filters.CharFilter(method="search", label=_("Name, member number or phone"))
    rw = django_filters.CharFilter(method="in_rw", label=_("RW"))

    def __init__(
        self,
        *args: Any,
        cooperative: Cooperative,
        rules: Rules,
        on: date,
        rws: list[str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cooperative, self.rules, self.on = cooperative, rules, on
        if rws is not None:
            choices = [("", _("All")), *((rw, rw) for rw in rws)]
            self.filters["rw"].field.widget = forms.Select(choices=choices)

    def search(self, people: "_People", _name: str, text: str) -> "_People":
        return people.search(text)

    def in_rw(self, people: "_People", _name: str, text: str) -> "_People":
        return people.filter(rw=text.strip().zfill(3))


class DuesFilter(_Found):
    """The grid: members as they stand, or those who have left.

    The people come from the caller: ``arrears.left`` for former members, else
    ``arrears.active``.
    """

    status = django_filters.ChoiceFilter(
        method="with_status",
        label=_("Who"),
        empty_label=_("All members"),
        choices=[
            ("behind", _("In arrears")),
            ("ahead", _("Paid ahead")),
            ("left", _("Have left")),
        ],
    )
    order = django_filters.ChoiceFilter(
        method="in_order",
        label=_("Order"),
        empty_label=_("By name"),
        choices=[("number", _("By number")), ("arrears", _("Largest arrears first"))],
    )

    class Meta:
        model = Member
        fields = ["q", "rw", "status", "order"]

    @property
    def qs(self) -> "_People":
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        return super().qs if chosen.get("order") else super().qs.order_by("name", "id")

    def with_status(self, people: "_People", _name: str, wanted: str) -> "_People":
        if wanted == "left":
            return people
        choose = arrears.behind if wanted == "behind" else arrears.ahead
        return choose(people, self.rules, on=self.on)

    def in_order(self, people: "_People", _name: str, wanted: str) -> "_People":
        if wanted == "number":
            return people.order_by("number", "id")
        return arrears.by_arrears(people, self.rules, on=self.on)


class ApiDuesFilter(DuesFilter):
    """The filter of dues for programs, who get everybody in the order of ids."""

    order = None

    class Meta(DuesFilter.Meta):
        fields = ["q", "rw", "status"]


class ArrearsFilter(_Found):
    """Whoever is behind, the largest amounts first."""

    age = django_filters.ChoiceFilter(
        method="of_age", choices=[(age, age) for age in AGES], widget=forms.HiddenInput
    )

    class Meta:
        model = Member
        fields = ["q", "rw", "age"]

    @property
    def qs(self) -> "_People":
        return super().qs.order_by(F("paid_idr") - F("due_idr"), "name", "id")

    @property
    def of_any_age(self) -> "_People":
        """The people found whatever the age of their arrears, for the sums of each age."""
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        people = self.queryset
        if chosen.get("q"):
            people = self.search(people, "q", chosen["q"])
        return self.in_rw(people, "rw", chosen["rw"]) if chosen.get("rw") else people

    def of_age(self, people: "_People", _name: str, age: str) -> "_People":
        return arrears.aged(people, self.rules, age, on=self.on)


Found = TypeVar("Found", DuesFilter, ArrearsFilter)


def find(
    kind: type[Found], query: QueryDict, cooperative: Cooperative, rules: Rules, *, on: date
) -> Found:
    """The filter with the people that a page and its file show for the query of an address."""
    people = arrears.active(cooperative, rules)
    if kind is ArrearsFilter:
        people = arrears.behind(people, rules, on=on)
    elif query.get("status") == "left":
        people = arrears.left(cooperative, rules)
    rws = queries.rws(cooperative)
    return kind(query, queryset=people, cooperative=cooperative, rules=rules, on=on, rws=rws)
