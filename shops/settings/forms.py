"""The form of the tills' settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kkmp.lib.edit_conflicts import Seen
from kkmp.lib.forms import WholeField
from kkmp.lib.money import format_rupiah
from shops.settings.models import TillSettings
from shops.settings.services import till_settings


class TillForm(Seen, forms.Form):
    """How the tills work, with what the page showed."""

    cash_step_idr = forms.TypedChoiceField(
        label=_("Cash is rounded to"),
        coerce=int,
        choices=[(step, format_rupiah(step)) for step in till_settings.STEPS],
        help_text=_("Only what is paid in cash is rounded; it is a line of its own in the books."),
    )
    qris_payload = forms.CharField(
        label=_("Text of the QRIS code"),
        max_length=512,
        required=False,
        help_text=_("Read the shop's printed QRIS with a QR reader and paste the text here."),
        widget=forms.Textarea({"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )
    bank_account = forms.CharField(
        label=_("Bank account for transfers"),
        max_length=120,
        required=False,
        help_text=_("Bank, number and name, as the buyer should see it."),
    )
    receipt_footer = forms.CharField(
        label=_("Last line of receipts"), max_length=120, required=False
    )
    credit_days = WholeField(
        label=_("Days to pay a credit (bon)"), min_value=1, max_value=till_settings.MOST_DAYS
    )
    overdue_days = WholeField(
        label=_("Days late that stop more credit"),
        min_value=0,
        max_value=till_settings.MOST_DAYS,
        help_text=_("Whoever is later than this pays first."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, settings: TillSettings, **kwargs: Any) -> None:
        #: What is on record now.
        self.before = {name: getattr(settings, name) for name in self.base_fields}
        super().__init__(*args, **{"initial": self.before} | kwargs)
        self.show(self.before)

    def choices(self) -> till_settings.Choices:
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return till_settings.Choices(**given)
