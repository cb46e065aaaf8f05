"""Which part of the city is looked at, and in which order."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kkmp.city.figures.queries.ranking import Order
from kkmp.lib.forms import offer
from kkmp.registry.models import Kecamatan, Regency


class Area(forms.Form):
    """Which kecamatan the map shows; anything unknown shows the whole regency."""

    kecamatan = forms.ChoiceField(label=_("Kecamatan"), required=False)

    def __init__(self, *args: Any, regency: Regency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {a.code: a for a in Kecamatan.objects.filter(regency=regency).order_by("code")}
        shown = [(code, area.name) for code, area in self.areas.items()]
        offer(self, "kecamatan", [("", _("All kecamatan")), *shown])

    @property
    def chosen(self) -> Kecamatan | None:
        self.full_clean()
        return self.areas.get(getattr(self, "cleaned_data", {}).get("kecamatan", ""))


def chosen_order(text: str) -> Order:
    """The order asked for, or turnover per member."""
    return Order(text) if text in Order.values else Order.PER_MEMBER
