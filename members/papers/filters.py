"""Finding the members to print cards for."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kkmp.lib.clock import business_today
from kkmp.lib.filters import DayFilter, Filter, FilterSet
from kkmp.registry.models import Cooperative
from members.papers.forms import NumbersField, Ranges
from members.register.models import Member, Members


class _NumbersFilter(Filter):
    field_class = NumbersField


class CardFilter(FilterSet[Members]):
    """Active members to print cards for.

    :param cooperative: whose members
    :param rws: to choose from
    """

    q = django_filters.CharFilter(method="search", label=_("Name or member number"))
    since = DayFilter(
        field_name="joined_on",
        lookup_expr="gte",
        label=_("Member since this day or later"),
        pivot=business_today,
    )
    numbers = _NumbersFilter(
        method="numbered",
        label=_("Member numbers"),
        widget=forms.TextInput(attrs={"placeholder": "1-50, 63", "autocomplete": "off"}),
    )
    rw = django_filters.CharFilter(label=_("RW"))

    class Meta:
        model = Member
        fields = ["q", "since", "numbers", "rw"]

    def __init__(self, *args: Any, cooperative: Cooperative, rws: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cooperative = cooperative
        choices = [("", _("All")), *((rw, rw) for rw in rws)]
        self.filters["rw"].field.widget = forms.Select(choices=choices)

    def search(self, members: Members, _name: str, text: str) -> Members:
        return members.search(text)

    def numbered(self, members: Members, _name: str, ranges: Ranges) -> Members:
        return members.filter(
            Q(*(Q(number__gte=low, number__lte=high) for low, high in ranges), _connector=Q.OR)
        )
