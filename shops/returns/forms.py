"""The forms of goods that come back, and of who approves it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kkmp.access.services import pins
from kkmp.lib.forms import QuantityField, RupiahField
from shops.drawers.forms import Once
from shops.drawers.models import MOST_IN_DRAWER_IDR
from shops.payments.models import PaidAs
from shops.returns.undoing import ReturnableLine


class GoodsBack(Once):
    """Which goods come back, and why; everything, or some of each line."""

    what = forms.ChoiceField(
        label=_("What comes back"),
        choices=[("all", _("Everything on this receipt")), ("some", _("Only some of the goods"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off", "list": "known-reasons"}),
    )

    #: Asked on the page that shows what is paid back, where it cannot go back the way it came.
    instead = forms.ChoiceField(
        label=_("How is it paid back?"),
        choices=PaidAs.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    receiver = forms.CharField(
        label=_("Who gets it?"),
        max_length=120,
        required=False,
        help_text=_(
            "The name of whoever brings the goods, or of the person or heir it is kept for."
        ),
    )
    shown_idr = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, lines: Sequence[ReturnableLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            if line.left:
                self.fields[f"line_{line.id}"] = QuantityField(
                    label=line.name, required=False, min_value=Decimal(0), max_value=line.left
                )

    def rows(self) -> Iterator[dict[str, Any]]:
        """The sale's lines with the field of what is left of each."""
        for line in self.lines:
            yield {"line": line, "field": self[f"line_{line.id}"] if line.left else None}

    def quantities(self) -> dict[UUID, Decimal] | None:
        """Measures by line of the sale; None for all that is left."""
        if self.cleaned_data["what"] == "all":
            return None
        given = {line.id: self.cleaned_data.get(f"line_{line.id}") for line in self.lines}
        return {line_id: many for line_id, many in given.items() if many}


class Approve(forms.Form):
    """Who lets it happen, typed by themselves at the cashier's screen."""

    approver = forms.CharField(
        label=_("Sign-in name of who approves"),
        max_length=150,
        help_text=_("The chair or the treasurer, not the cashier."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    brought_idr = RupiahField(
        label=_("Cash from the main cash box"),
        min_value=0,
        max_value=MOST_IN_DRAWER_IDR,
        required=False,
        help_text=_(
            "Whoever approves brings it into this drawer; it is written down as more change."
        ),
    )
    pin = forms.CharField(
        label=_("Their PIN"),
        widget=forms.PasswordInput(
            {"inputmode": "numeric", "autocomplete": "off", "maxlength": pins.LENGTH}
        ),
    )
