"""What people type about savings, read and shaped; the services judge it."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kkmp.lib.clock import business_today
from kkmp.lib.edit_conflicts import Seen
from kkmp.lib.forms import DateField, KeyField, PastDay, RupiahField, WholeField, offer, offer_rows
from kkmp.lib.money import format_rupiah
from members.savings.models import PaidBy, Paper, SavingsKind
from members.savings.offers import Offer
from members.savings.services import kinds
from members.savings.services.limits import MOST_IDR


class Terms(Seen, forms.Form):
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
    withdrawals_a_month = WholeField(
        label=_("Withdrawals a month"),
        min_value=1,
        max_value=kinds.MOST_A_MONTH,
        required=False,
        help_text=_("Empty: no limit."),
    )
    locked_until = DateField(
        years=kinds.MOST_YEARS,
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
        #: What is on record now; nothing of a new one.
        self.before: dict[str, Any] = (
            {name: getattr(kind, name) for name in self.base_fields} if kind else {}
        )
        super().__init__(*args, **{"initial": self.before} | kwargs)
        if kind is not None:
            self.show(self.before)

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


class Payment(forms.Form):
    """Money that a member pays in or takes out.

    :param kinds: all that the cooperative keeps, so that a form sent twice is understood after
        the first time has changed what is offered
    :param offers: what is offered now
    :param methods: how it may be paid
    :param first_month_idr: of mandatory savings, of somebody who becomes a member by this; else 0
    :param wanted: id of the kind to begin with, as a link may name it
    """

    kind: "forms.ModelChoiceField[SavingsKind]" = forms.ModelChoiceField(
        label=_("Kind of savings"), queryset=None, empty_label=None, widget=forms.RadioSelect
    )
    amount_idr = RupiahField(label=_("Amount"), min_value=1, max_value=MOST_IDR)
    first_month = forms.BooleanField(required=False)
    method = forms.ChoiceField(label=_("How is it paid?"), widget=forms.RadioSelect, required=False)
    reference = forms.CharField(
        label=_("Reference"),
        max_length=60,
        required=False,
        help_text=_("Of a transfer or QRIS: what stands on the member's phone."),
    )
    day = PastDay(
        label=_("Day it was paid"),
        required=False,
        initial=business_today,
        help_text=_("Today, or an earlier day of a month that is open: that of the meeting."),
    )
    key = KeyField()

    def __init__(
        self,
        *args: Any,
        kinds: QuerySet[SavingsKind],
        offers: list[Offer],
        methods: Iterable[PaidBy],
        first_month_idr: int = 0,
        wanted: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        offer(self, "method", [(str(one), PaidBy(one).label) for one in methods])
        self.fields["method"].initial = PaidBy.CASH
        if first_month_idr:
            self.fields["first_month"].label = gettext(
                "And the first month of mandatory savings, %(amount)s"
            ) % {"amount": format_rupiah(first_month_idr)}
        else:
            del self.fields["first_month"]
        offer_rows(self, "kind", kinds)
        self.fields["kind"].widget.choices = [(one.kind.pk, one.label) for one in offers]
        begin = [one for one in offers if str(one.kind.pk) == wanted] or offers[:1]
        for one in begin:
            self.initial["kind"], self.initial["amount_idr"] = one.kind.pk, one.usual_idr

    def clean_method(self) -> PaidBy:
        return PaidBy(self.cleaned_data["method"] or PaidBy.CASH)

    @property
    def amounts(self) -> dict[str, dict[str, Any]]:
        """The usual amount and the amounts to tap on, by kind of savings, for the page's script."""
        return {
            str(one.kind.pk): {
                "usual": one.usual_idr,
                "quick": [[amount, format_rupiah(amount)] for amount in one.quick_idr],
            }
            for one in self.offers
        }


class Correction(forms.Form):
    """Why an entry is undone."""

    reason = forms.CharField(
        label=_("What was wrong?"),
        max_length=120,
        help_text=_("It stays in the books, for example: the amount should be Rp 50,000."),
    )
    key = KeyField()


class Printing(forms.Form):
    """What a receipt is printed on."""

    paper = forms.ChoiceField(choices=Paper.choices)
