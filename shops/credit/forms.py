"""The forms of a member's credit."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kkmp.lib.edit_conflicts import Seen
from kkmp.lib.forms import KeyField, RupiahField, WholeField, offer
from kkmp.lib.money import MAX_IDR, format_rupiah
from shops.credit.services import credits, ways_back
from shops.payments.forms import methods_of
from shops.pricing.methods import Method


class Terms(Seen, forms.Form):
    """How much a member may owe, and for how long, with what the page showed."""

    limit_idr = RupiahField(
        label=_("May owe at most"),
        min_value=0,
        max_value=credits.MOST_LIMIT_IDR,
        help_text=_("0 ends the credit. What is owed stays owed."),
    )
    due_days = WholeField(label=_("Days to pay"), min_value=1, max_value=credits.MOST_DAYS)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)


class CreditPayment(forms.Form):
    key = KeyField()
    amount_idr = RupiahField(label=_("Amount"), min_value=1, max_value=MAX_IDR)
    method = forms.ChoiceField(label=_("How is it paid?"), widget=forms.RadioSelect)
    reference = forms.CharField(
        label=_("Reference"),
        max_length=60,
        required=False,
        help_text=_("Of a transfer or QRIS: what stands on the buyer's phone."),
    )

    def __init__(self, *args: Any, step_idr: int, **kwargs: Any) -> None:
        """:param step_idr: to which cash is rounded"""
        super().__init__(*args, **kwargs)
        self.fields["amount_idr"].help_text = gettext("Cash is rounded to %(step)s.") % {
            "step": format_rupiah(step_idr)
        }
        offer(self, "method", methods_of(credits.METHODS))
        self.fields["method"].initial = Method.CASH

    def clean_method(self) -> Method:
        return Method(self.cleaned_data["method"])


class CreditPayout(forms.Form):
    """What the shop owes a member is handed over."""

    key = KeyField()
    amount_idr = RupiahField(label=_("Amount"), min_value=1, max_value=MAX_IDR)
    method = forms.ChoiceField(label=_("How is it paid?"), widget=forms.RadioSelect)
    reference = forms.CharField(label=_("Reference"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "method", methods_of(tuple(ways_back.PAID_FROM)))
        self.fields["method"].initial = Method.CASH

    def clean_method(self) -> Method:
        return Method(self.cleaned_data["method"])


class CreditUndoing(forms.Form):
    """Why a payment is undone."""

    key = KeyField()
    reason = forms.CharField(
        label=_("What was wrong?"),
        max_length=120,
        help_text=_("It stays in the books, for example: taken of the wrong member."),
    )
