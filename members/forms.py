"""What people type about members and their savings, read and shaped; the services judge it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kkmp.lib.forms import KeyField, RupiahField
from kkmp.lib.money import format_rupiah
from members.models.savings import Paper
from members.offers import Offer

#: More than this in one go is a slip of the finger.
MOST_IDR = 1_000_000_000


class Payment(forms.Form):
    """Money that a member pays in or takes out.

    :param kinds: all that the cooperative keeps, so that a form sent twice is understood after
        the first time has changed what is offered
    :param offers: what is offered now
    :param wanted: id of the kind to begin with, as a link may name it
    """

    kind: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Kind of savings"), queryset=None, empty_label=None, widget=forms.RadioSelect
    )
    amount_idr = RupiahField(label=_("Amount"), min_value=1, max_value=MOST_IDR)
    key = KeyField()

    def __init__(
        self, *args: Any, kinds: Any, offers: list[Offer], wanted: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        self.fields["kind"].queryset = kinds
        self.fields["kind"].widget.choices = [(offer.kind.pk, offer.label) for offer in offers]
        begin = [offer for offer in offers if str(offer.kind.pk) == wanted] or offers[:1]
        for offer in begin:
            self.initial |= {"kind": offer.kind.pk, "amount_idr": offer.usual_idr}

    @property
    def amounts(self) -> dict[str, dict[str, Any]]:
        """For the page's script: what is usual and what to tap on, by kind."""
        return {
            str(offer.kind.pk): {
                "usual": offer.usual_idr,
                "quick": [[amount, format_rupiah(amount)] for amount in offer.quick_idr],
            }
            for offer in self.offers
        }


class Correction(forms.Form):
    """Why an entry is undone."""

    reason = forms.CharField(
        label=_("What was wrong?"),
        max_length=120,
        help_text=_("It stays in the books, for example: the amount should be Rp50.000."),
    )
    key = KeyField()


class Printing(forms.Form):
    """What a receipt is printed on."""

    paper = forms.ChoiceField(choices=Paper.choices)
