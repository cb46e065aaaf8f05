"""What people type on the pages of the books, cleaned for the services."""

import datetime

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import DateField, KeyField
from kkmp.lib.periods import month_of

#: A trillion: more than any cooperative has, so that a digit too many is noticed.
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

    def __init__(self, data: QueryDict) -> None:
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

    def __init__(self, data: QueryDict) -> None:
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


class Reversal(Refusable):
    reason = forms.CharField(
        label=_("Why is it wrong?"),
        help_text=_("The supervisors will read it, like: the cash was counted wrongly."),
        max_length=150,
    )
    key = KeyField()
