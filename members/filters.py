"""Finding people on the register; pages and the API share it."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kkmp.lib.clock import business_today
from kkmp.lib.forms import DateField
from members.card_forms import NumbersField, Ranges
from members.models import Member, Sex, Status


class MemberFilter(django_filters.FilterSet):
    """People by what is typed into one box, and by status, RW, sex and ASN.

    :param cooperative: whose register is looked through
    :param rws: to choose from on a page; without them any RW may be asked for
    """

    q = django_filters.CharFilter(
        method="search",
        label=_("Name, member number, phone, or last 4 digits of the NIK"),
    )
    status = django_filters.ChoiceFilter(
        choices=Status.choices, label=_("Status"), widget=forms.HiddenInput
    )
    rw = django_filters.CharFilter(method="in_rw", label=_("RW"))
    sex = django_filters.ChoiceFilter(choices=Sex.choices, label=_("Sex"), empty_label=_("All"))
    is_civil_servant = django_filters.BooleanFilter(
        label=_("ASN"),
        widget=forms.Select(choices=[("", _("All")), ("true", _("Yes")), ("false", _("No"))]),
    )

    class Meta:
        model = Member
        fields = ["q", "status", "rw", "sex", "is_civil_servant"]

    def __init__(
        self, *args: Any, cooperative: Any = None, rws: list[str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cooperative = cooperative
        if rws is not None:
            choices = [("", _("All")), *((rw, rw) for rw in rws)]
            self.filters["rw"].field.widget = forms.Select(choices=choices)

    def search(self, members: QuerySet[Member], name: str, text: str) -> QuerySet[Member]:
        return members.search(self.cooperative.pk, text)

    def in_rw(self, members: QuerySet[Member], name: str, text: str) -> QuerySet[Member]:
        return members.filter(rw=text.strip().zfill(3))


class _NumbersFilter(django_filters.Filter):
    field_class = NumbersField


class _DayFilter(django_filters.Filter):
    field_class = DateField


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
