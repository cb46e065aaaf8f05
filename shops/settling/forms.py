"""The forms of payments that are matched and settled."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kkmp.access.models import User
from kkmp.lib.clock import business_today
from kkmp.lib.forms import DateField, KeyField, RupiahField, offer, offer_rows
from kkmp.lib.money import MAX_IDR
from kkmp.lib.periods import JAKARTA
from shops.payments.forms import PastDay, methods_of
from shops.pricing.methods import TO_CONFIRM
from shops.settling.queries import State


class PaymentFilter(forms.Form):
    """Which payments are shown: those that are awaited, or all of one day."""

    show = forms.ChoiceField(label=_("Show"), required=False)
    day = DateField(label=_("Day"), required=False)
    method = forms.ChoiceField(label=_("Method"), required=False)
    cashier = forms.ModelChoiceField(
        label=_("Cashier"), queryset=User.objects.none(), required=False, empty_label=_("All")
    )

    def __init__(self, *args: Any, cashiers: QuerySet[User] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [
            ("", _("Not matched yet")),
            ("all", _("All of a day")),
            (State.MISSING.value, State.MISSING.label),
        ]
        offer(self, "show", shown)
        offer(self, "method", [("", _("All")), *methods_of(TO_CONFIRM)])
        if cashiers is None:
            del self.fields["cashier"]
        else:
            offer_rows(self, "cashier", cashiers)


class NeverCame(forms.Form):
    note = forms.CharField(
        label=_("What have you done to find it?"),
        max_length=200,
        help_text=_("For example: asked the buyer, looked into the acquirer's app."),
    )


class SettleUntil(forms.Form):
    """Up to which moment payments are ticked when the page opens."""

    until = forms.DateTimeField(
        label=_("Paid until"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def moment(self) -> datetime | None:
        if not self.is_valid() or not self.cleaned_data["until"]:
            return None
        at: datetime = self.cleaned_data["until"]
        return at if at.tzinfo else at.replace(tzinfo=JAKARTA)


class Settlement(forms.Form):
    """The ticked payments are ``ids``, beside the form's own inputs."""

    key = KeyField()
    net_idr = RupiahField(
        label=_("What reached the bank"),
        max_value=MAX_IDR,
        help_text=_("As the bank's statement or app shows it; the fee is worked out."),
    )
    on = PastDay(label=_("Day it reached the bank"), initial=business_today)
    reference = forms.CharField(label=_("Reference"), max_length=60, required=False)
