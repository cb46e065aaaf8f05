"""The forms of a shift: opening, moving cash, counting."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from finance.ledger.models import BusinessUnit
from kkmp.lib.forms import RupiahField, WholeField, offer_rows
from kkmp.lib.money import format_rupiah
from shops.drawers.models import DENOMINATIONS, MOST_IN_DRAWER_IDR, CashReason
from shops.drawers.services.shifts import Counted

#: More of one note or coin than this is a typing mistake.
MOST_PIECES = 9_999


class Once(forms.Form):
    """A form with a key, so that sending it twice acts once."""

    key = forms.UUIDField(widget=forms.HiddenInput)


class OpenShift(Once):
    unit = forms.ModelChoiceField(
        label=_("Unit of business"), queryset=BusinessUnit.objects.none(), empty_label=None
    )
    drawer = forms.CharField(
        label=_("Drawer"),
        max_length=30,
        help_text=_("Which cash drawer you work at. One cashier, one drawer."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    float_idr = RupiahField(
        label=_("Money for change in the drawer"),
        min_value=0,
        max_value=MOST_IN_DRAWER_IDR,
        help_text=_("What you take over from the main cash box. Count it first; 0 if none."),
    )

    def __init__(self, *args: Any, units: QuerySet[BusinessUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "unit", units)


class MoveCash(Once):
    reason = forms.ChoiceField(
        label=_("What happens"), choices=CashReason.choices, widget=forms.RadioSelect
    )
    amount_idr = RupiahField(label=_("Amount"), min_value=1, max_value=MOST_IN_DRAWER_IDR)
    note = forms.CharField(
        label=_("What it is for"),
        max_length=120,
        required=False,
        help_text=_("Needed for expenses and other money in, like: ice for the freezer."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean_reason(self) -> CashReason:
        return CashReason(self.cleaned_data["reason"])


class Undoing(Once):
    """Why money that was put in or taken out is undone."""

    reason = forms.CharField(
        label=_("What was wrong?"),
        max_length=120,
        help_text=_("It stays in the books, for example: written down twice."),
    )


class Recount(Once):
    """What a drawer really held when its shift was closed."""

    counted_idr = RupiahField(
        label=_("There was in the drawer"), min_value=0, max_value=MOST_IN_DRAWER_IDR
    )
    reason = forms.CharField(
        label=_("What was wrong?"),
        max_length=120,
        help_text=_("It stays in the books, for example: a bundle of notes was overlooked."),
    )


class CountDrawer(Once):
    """A count by note and coin; blank is none of it, but all blank is no count."""

    #: How often money had gone through the drawer when the count began.
    acts_seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_("If something special happened, write it here."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value in DENOMINATIONS:
            self.fields[f"pieces_{value}"] = WholeField(
                label=format_rupiah(value),
                min_value=0,
                max_value=MOST_PIECES,
                required=False,
                widget=forms.TextInput(
                    {
                        "inputmode": "numeric",
                        "autocomplete": "off",
                        "maxlength": 4,
                        "data-denomination": value,
                    }
                ),
            )

    def rows(self) -> Iterator[dict[str, Any]]:
        """Fields by note and coin, with how many were counted and what they make."""
        for value in DENOMINATIONS:
            many = self._pieces().get(value)
            total_idr = None if many is None else many * value
            field = self[f"pieces_{value}"]
            yield {"field": field, "value_idr": value, "pieces": many, "total_idr": total_idr}

    def counted(self) -> Counted | None:
        """None where nothing was written at all."""
        given = {value: many for value, many in self._pieces().items() if many is not None}
        return Counted(given) if given else None

    def _pieces(self) -> dict[int, int | None]:
        cleaned = getattr(self, "cleaned_data", {})
        return {value: cleaned.get(f"pieces_{value}") for value in DENOMINATIONS}
