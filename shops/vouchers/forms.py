"""The forms of vouchers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kkmp.lib.forms import DateField, KeyField, RupiahField, WholeField, offer
from kkmp.lib.money import MAX_IDR
from shops.pricing.methods import Method
from shops.vouchers.services import vouchers


class VoucherOrder(forms.Form):
    key = KeyField()
    buyer = forms.CharField(
        label=_("Who pays for them?"),
        max_length=120,
        help_text=_("An institution, a donor, a company."),
    )
    purpose = forms.CharField(
        label=_("What for?"),
        max_length=120,
        required=False,
        help_text=_("It stands on the vouchers, like: Ramadan package for RW 03."),
    )
    count = WholeField(label=_("How many vouchers?"), min_value=1, max_value=vouchers.MOST_AT_ONCE)
    value_idr = RupiahField(label=_("Value of one"), min_value=1, max_value=MAX_IDR)
    beneficiaries = WholeField(
        label=_("For how many people?"), min_value=0, max_value=1_000_000, required=False
    )
    valid_until = DateField(label=_("Valid until"))
    method = forms.ChoiceField(label=_("How is it paid?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        methods = [
            (Method.CASH.value, _("Cash, into the main cash box")),
            (Method.TRANSFER.value, _("Transfer, already at the bank")),
            (Method.CREDIT.value, _("Later: it is owed to the cooperative")),
        ]
        offer(self, "method", methods)
        self.fields["method"].initial = Method.CASH

    def ordered(self) -> vouchers.Ordered:
        given = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        given["beneficiaries"] = given["beneficiaries"] or 0
        return vouchers.Ordered(**given | {"method": Method(given["method"])})


class VoucherPayment(forms.Form):
    key = KeyField()
    amount_idr = RupiahField(label=_("Amount"), min_value=1, max_value=MAX_IDR)
    method = forms.ChoiceField(label=_("How is it paid?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        methods = [
            (Method.CASH.value, _("Cash, into the main cash box")),
            (Method.TRANSFER.value, _("Transfer, already at the bank")),
        ]
        offer(self, "method", methods)
        self.fields["method"].initial = Method.TRANSFER

    def clean_method(self) -> Method:
        return Method(self.cleaned_data["method"])
