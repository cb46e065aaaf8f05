"""Finding the members to print cards for."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kkmp.lib.clock import business_today
from members.papers.forms import NumbersField, Ranges
from members.register.filters import _DayFilter
from members.register.models import Member


class _NumbersFilter(django_filters.Filter):
    field_class = NumbersField


class CardFilter(django_filters.FilterSet):
    """Active members to print cards for.

    :param cooperative: whose members
    :param rws: to choose from
    """

    q = django_filters.CharFilter(method="search", label=_("Name or member number"))
    since = _DayFilter(
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

    def __init__(self, *args: Any, cooperative: Any, rws: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cooperative = cooperative
        choices = [("", _("All")), *((rw, rw) for rw in rws)]
        self.filters["rw"].field.widget = forms.Select(choices=choices)

    def search(self, members: QuerySet[Member], name: str, text: str) -> QuerySet[Member]:
        return members.search(self.cooperative.pk, text)

    def numbered(self, members: QuerySet[Member], name: str, ranges: Ranges) -> QuerySet[Member]:
        return members.filter(
            Q(*(Q(number__gte=low, number__lte=high) for low, high in ranges), _connector=Q.OR)
        )
