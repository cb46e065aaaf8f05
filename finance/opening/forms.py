"""The cash that was there when the books began, as it is typed."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from finance.ledger.forms import Refusable
from finance.opening.services.opening import MOST_BANK_IDR, MOST_CASH_IDR
from kkmp.lib.clock import business_today
from kkmp.lib.forms import DateField, KeyField, RupiahField


class Opening(Refusable):
    """What was in the cash box and at the bank on the day the books began."""

    on = DateField(
        label=_("On which day"),
        help_text=_("The day you counted the money; sales and savings after it are added."),
        pivot=business_today,
        initial=business_today,
    )
    cash_idr = RupiahField(
        label=_("Money in the cash box"), min_value=0, max_value=MOST_CASH_IDR, required=False
    )
    bank_idr = RupiahField(
        label=_("Money at the bank"),
        help_text=_("As the account statement of that day says."),
        min_value=0,
        max_value=MOST_BANK_IDR,
        required=False,
    )
    key = KeyField()

    def clean_on(self) -> datetime.date:
        on: datetime.date = self.cleaned_data["on"]
        if on > business_today():
            raise ValidationError(gettext("This day has not come yet."))
        return on

    def clean_cash_idr(self) -> int:
        return self.cleaned_data["cash_idr"] or 0

    def clean_bank_idr(self) -> int:
        return self.cleaned_data["bank_idr"] or 0
