"""Finding people on the register; pages, figures, exports and the API share it."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kkmp.lib.clock import business_today
from kkmp.lib.filters import DayFilter, FilterSet
from kkmp.registry.models import Cooperative
from members.register import ages
from members.register.choices import NONE, NOT_RECORDED
from members.register.models import Category, Member, Members, Status
from members.register.persons import Sex

#: The boxes that are always seen.
_MAIN = ("rw", "sex", "is_civil_servant")


class PeopleFilter(FilterSet[Members]):
    """People by what is on the register of them.

    :param cooperative: whose register is looked through
    :param on: the day on which ages are counted; by default today
    :param rws: to choose from on a page; without them any RW may be asked for
    :param agencies: the same of agencies
    """

    rw = django_filters.CharFilter(method="in_rw", label=_("RW"))
    sex = django_filters.ChoiceFilter(
        choices=[*Sex.choices, (NONE, NOT_RECORDED)],
        method="of_sex",
        label=_("Sex"),
        empty_label=_("All"),
    )
    is_civil_servant = django_filters.BooleanFilter(
        label=_("ASN"),
        widget=forms.Select(choices=[("", _("All")), ("true", _("Yes")), ("false", _("No"))]),
    )
    age = django_filters.ChoiceFilter(
        choices=ages.CHOICES, method="of_age", label=_("Age"), empty_label=_("All")
    )
    category = django_filters.ChoiceFilter(
        choices=Category.choices, label=_("Category"), empty_label=_("All")
    )
    agency = django_filters.CharFilter(method="of_agency", label=_("Agency (OPD)"))
    joined_since = DayFilter(field_name="joined_on", lookup_expr="gte", label=_("Joined from"))
    joined_until = DayFilter(field_name="joined_on", lookup_expr="lte", label=_("Joined until"))

    class Meta:
        model = Member
        fields: list[str] = []

    def __init__(
        self,
        *args: Any,
        cooperative: Cooperative,
        on: date | None = None,
        rws: list[str] | None = None,
        agencies: list[str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cooperative, self.on = cooperative, on or business_today()
        self._offer("rw", rws)
        self._offer("agency", agencies)

    @property
    def main_boxes(self) -> list[forms.BoundField]:
        """What is used most."""
        return [self.form[name] for name in _MAIN]

    @property
    def more_boxes(self) -> list[forms.BoundField]:
        """All that stand behind "More filters"."""
        return [box for box in self.form if box.name not in ("q", "status", *_MAIN)]

    @property
    def uses_more(self) -> bool:
        """Whether one of those is used, so that they must be seen."""
        return bool({box.name for box in self.more_boxes} & set(self.form.changed_data))

    def in_rw(self, members: Members, _name: str, text: str) -> Members:
        return members.filter(rw="" if text == NONE else text.strip().zfill(3))

    def of_sex(self, members: Members, _name: str, sex: str) -> Members:
        return members.filter(sex="" if sex == NONE else sex)

    def of_age(self, members: Members, _name: str, band: str) -> Members:
        return members.filter(ages.in_band(band, self.on))

    def of_agency(self, members: Members, _name: str, text: str) -> Members:
        return members.filter(agency="" if text == NONE else text)

    def _offer(self, name: str, values: list[str] | None) -> None:
        """Make a box into a list to choose from."""
        if values is not None:
            choices = [("", _("All")), *((v, v) for v in values), (NONE, NOT_RECORDED)]
            self.filters[name].field.widget = forms.Select(choices=choices)


class MemberFilter(PeopleFilter):
    """The register's: also by what is typed into one box, by status, and by the day of leaving."""

    q = django_filters.CharFilter(
        method="search",
        label=_("Name, member number or phone"),
        widget=forms.TextInput({"autofocus": True}),
    )
    status = django_filters.ChoiceFilter(
        choices=Status.choices, label=_("Status"), widget=forms.HiddenInput
    )
    left_since = DayFilter(method="left", label=_("Left from"))
    left_until = DayFilter(method="left", label=_("Left until"))

    class Meta(PeopleFilter.Meta):
        pass

    @property
    def form(self) -> forms.Form:
        form = super().form
        form.order_fields(["q", "status", "rw", "sex", "is_civil_servant"])
        return form

    def search(self, members: Members, _name: str, text: str) -> Members:
        return members.search(text)

    def left(self, members: Members, name: str, day: date) -> Members:
        """Members who left; who never was one has not left."""
        side = "left_on__gte" if name == "left_since" else "left_on__lte"
        return members.filter(Q(joined_on__isnull=False) & Q(**{side: day}))
