"""What people type about a kind of savings and about a month's return."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kkmp.lib.forms import DateField, KeyField, RupiahField
from members.models.savings import SavingsKind
from members.services import kinds


class Terms(forms.Form):
    """The rules of a kind; ``kind`` is the one that changes, or None for a new one."""

    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("For example: Simpanan hari raya.")
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=60, required=False)
    min_deposit_idr = RupiahField(label=_("Least deposit"), min_value=0, required=False)
    min_balance_idr = RupiahField(
        label=_("Balance that has to stay"),
        min_value=0,
        required=False,
        help_text=_("Paid out only when the member leaves."),
    )
    most_withdrawal_idr = RupiahField(
        label=_("Most that is withdrawn at once"),
        min_value=1,
        required=False,
        help_text=_("Empty: no limit."),
    )
    withdrawals_a_month = forms.IntegerField(
        label=_("Withdrawals a month"),
        min_value=1,
        max_value=31,
        required=False,
        help_text=_("Empty: no limit."),
    )
    locked_until = DateField(
        label=_("Locked until"),
        required=False,
        help_text=_("Nothing can be withdrawn before this day. Empty: at any time."),
    )
    return_percent = forms.DecimalField(
        label=_("Return in percent a year"),
        min_value=0,
        max_value=kinds.MOST_PERCENT,
        max_digits=5,
        decimal_places=2,
        required=False,
        localize=True,
        help_text=_("Credited once a month on the lowest balance of the month. Empty: none."),
    )
    is_active = forms.BooleanField(label=_("Deposits are taken"), required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kind: SavingsKind | None = None, **kwargs: Any) -> None:
        if kind is not None:
            kwargs["initial"] = {name: getattr(kind, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)

    def terms(self) -> kinds.Terms:
        """What was typed, as the service takes it; an empty amount is none."""
        given = self.cleaned_data
        names = {field.name for field in fields(kinds.Terms)}
        zero = {name: given[name] or 0 for name in ("min_deposit_idr", "min_balance_idr")}
        percent = {"return_percent": given["return_percent"] or 0}
        return kinds.Terms(**{n: v for n, v in given.items() if n in names} | zero | percent)


class Credit(forms.Form):
    """Crediting what the page shows."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    key = KeyField()
