"""Finding people on the register, for pages and the API, and savings entries, for the API."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from members.models import Member, SavingsEntry, Sex, Status


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


class SavingsFilter(django_filters.FilterSet):
    """Entries by days, kind and member."""

    since = django_filters.DateFilter(field_name="date", lookup_expr="gte")
    until = django_filters.DateFilter(field_name="date", lookup_expr="lte")
    kind = django_filters.CharFilter(field_name="kind__code", help_text="pokok, wajib, sukarela")
    member = django_filters.UUIDFilter(field_name="member_id")

    class Meta:
        model = SavingsEntry
        fields: list[str] = []
