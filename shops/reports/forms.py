"""Which report is asked for, and over which days."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from finance.ledger.models import BusinessUnit
from kkmp.lib.forms import DateField, offer_rows
from kkmp.registry.models import Cooperative
from shops.reports import date_ranges
from shops.reports.queries import sums as reports_queries
from shops.units import queries


class ReportForm(forms.Form):
    """Which days of which unit a report is about; which report is in ``by``."""

    by = forms.CharField(required=False, widget=forms.HiddenInput)
    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("Until"), required=False)
    unit = forms.ModelChoiceField(
        label=_("Unit of business"),
        queryset=BusinessUnit.objects.none(),
        required=False,
        empty_label=_("All"),
    )

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cooperative = cooperative
        offer_rows(self, "unit", queries.units(cooperative))

    def scope(self, *, on: date) -> tuple[str, reports_queries.ReportScope]:
        """Which report, and of what; what makes no sense is as if it were not there.

        From then on the boxes show the days that are shown, whoever has chosen them.
        """
        self.is_valid()
        given = self.cleaned_data
        dates = date_ranges.chosen(given, on=on)
        name = str(given.get("by"))
        if name not in reports_queries.NAMES:
            name = reports_queries.NAMES[0]
        shown = dates.query() | {"by": name}
        self.data = {box: shown.get(box) or self.data.get(box, "") for box in self.fields}
        return name, reports_queries.ReportScope(self.cooperative, dates, given.get("unit"))

    def kept(self) -> dict[str, str]:
        """What is chosen, for addresses of the same page."""
        return {name: self.data[name] for name in self.fields}
