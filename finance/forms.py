"""What people type on the pages of the books, cleaned for the services."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import DateField, KeyField, RupiahField
from kkmp.lib.periods import month_of

#: A trillion: more than any of them will see, and a slip of the finger is noticed.
MAX_IDR = 10**12


class Refusable(forms.Form):
    """A form beside whose inputs a service's refusal can be shown."""

    def refuse(self, refusal: DomainError) -> None:
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, str(refusal))


class AsOf(forms.Form):
    """The day of a trial balance. Without one, or with one that is none, it is today's."""

    date = DateField(label=_("At the end of"), required=False, pivot=business_today)
    zero = forms.BooleanField(label=_("Accounts without a balance too"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__({"date": business_today().isoformat()} | data.dict())

    @property
    def day(self) -> datetime.date:
        self.is_valid()
        return self.cleaned_data.get("date") or business_today()

    @property
    def with_zero(self) -> bool:
        self.is_valid()
        return bool(self.cleaned_data.get("zero"))


class Period(forms.Form):
    """The days of an account's ledger; by default this month's up to today."""

    since = DateField(label=_("From"), required=False, pivot=business_today)
    until = DateField(label=_("Until"), required=False, pivot=business_today)

    def __init__(self, data: Any) -> None:
        today = business_today()
        usual = {"since": month_of(today).isoformat(), "until": today.isoformat()}
        super().__init__(usual | data.dict())

    @property
    def days(self) -> tuple[datetime.date, datetime.date]:
        """First and last day, in their order whichever way they were typed."""
        self.is_valid()
        until = self.cleaned_data.get("until") or business_today()
        since = self.cleaned_data.get("since") or month_of(until)
        return min(since, until), max(since, until)


class Opening(Refusable):
    """What was in the cash box and at the bank on the day the books began."""

    on = DateField(
        label=_("On which day"),
        help_text=_("The day you counted the money; sales and savings after it are added."),
        pivot=business_today,
        initial=business_today,
    )
    cash_idr = RupiahField(
        label=_("Money in the cash box"), min_value=0, max_value=MAX_IDR, required=False
    )
    bank_idr = RupiahField(
        label=_("Money at the bank"),
        help_text=_("As the account statement of that day says."),
        min_value=0,
        max_value=MAX_IDR,
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


class Reversal(Refusable):
    reason = forms.CharField(
        label=_("Why is it wrong?"),
        help_text=_("The supervisors will read it, like: the cash was counted wrongly."),
        max_length=150,
    )
    key = KeyField()


class Close(forms.Form):
    month = DateField()
