"""Finding people on the register; pages and the API share it."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from members.models import Category, Member, Sex, Status
from members.services.membership import CANDIDATES


class _OnRegister:
    """What filters of people share.

    :param cooperative: whose register is looked through
    :param rws: to choose from on a page; without them any RW may be asked for
    """

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


class MemberFilter(_OnRegister, django_filters.FilterSet):
    """People by what is typed into one box, and by status, RW, sex, category and ASN."""

    q = django_filters.CharFilter(
        method="search",
        label=_("Name, member number, phone, or last 4 digits of the NIK"),
    )
    status = django_filters.ChoiceFilter(
        choices=Status.choices, label=_("Status"), widget=forms.HiddenInput
    )
    rw = django_filters.CharFilter(method="in_rw", label=_("RW"))
    sex = django_filters.ChoiceFilter(choices=Sex.choices, label=_("Sex"), empty_label=_("All"))
    category = django_filters.ChoiceFilter(
        choices=Category.choices, label=_("Category"), empty_label=_("All")
    )
    is_civil_servant = django_filters.BooleanFilter(
        label=_("ASN"),
        widget=forms.Select(choices=[("", _("All")), ("true", _("Yes")), ("false", _("No"))]),
    )

    class Meta:
        model = Member
        fields = ["q", "status", "rw", "sex", "category", "is_civil_servant"]


class CandidateFilter(_OnRegister, django_filters.FilterSet):
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
