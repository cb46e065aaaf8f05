"""The forms of payments that are matched and settled."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kkmp.access.models import User
from kkmp.lib.clock import business_today
from kkmp.lib.forms import DateField, KeyField, PastDay, RupiahField, offer, offer_rows
from kkmp.lib.money import MAX_IDR
from kkmp.lib.periods import JAKARTA
from kkmp.registry.models import Cooperative
from shops.payments.forms import methods_of
from shops.pricing.methods import TO_CONFIRM
from shops.settling.queries import State, Wanted


class PaymentFilter(forms.Form):
    """Asks which payments are shown: those that are awaited, or all of one day."""

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

    @property
    def awaits(self) -> bool:
        """Whether the payments are shown that nobody has seen arrive yet."""
        return not (self.is_valid() and self.cleaned_data["show"])

    def wanted(self, *, on: date, own: UUID | None = None) -> Wanted:
        """The conditions for :func:`queries.find`.

        :param own: the only cashier whose payments may be seen; None for everybody's
        """
        given = self.cleaned_data if self.is_valid() else {}
        cashier = given.get("cashier")
        show, day = given.get("show", ""), given.get("day")
        states = [] if show == "all" else [show or State.WAITING]
        if show == "all":
            day = day or on
        return Wanted(
            states=states,
            day=day,
            method=given.get("method", ""),
            cashier_id=own or (cashier.pk if cashier else None),
        )


def cashiers_of(cooperative: Cooperative) -> QuerySet[User]:
    """The people who may sell at a cooperative, and so may have taken payments."""
    held = User.objects.filter(holdings__cooperative=cooperative)
    return held.distinct().order_by("name", "id")


class NeverCame(forms.Form):
    note = forms.CharField(
        label=_("What have you done to find it?"),
        max_length=200,
        help_text=_("For example: asked the buyer, looked into the acquirer's app."),
    )


class SettleUntil(forms.Form):
    """Asks up to which moment payments are ticked when the page opens: a provider pays out what
    came before some hour of a day."""

    until = DateField(label=_("Paid until"), required=False, pivot=business_today)
    clock = forms.TimeField(
        label=_("Time"),
        required=False,
        input_formats=["%H.%M", "%H:%M"],
        widget=forms.TimeInput(
            {"placeholder": _("hh.mm"), "autocomplete": "off", "inputmode": "decimal"},
            format="%H.%M",
        ),
        error_messages={"invalid": _("Write the time like 16.00.")},
    )

    def moment(self) -> datetime | None:
        """The end of the day where no time is told."""
        if not self.is_valid() or not self.cleaned_data["until"]:
            return None
        clock = self.cleaned_data["clock"] or time.max
        return datetime.combine(self.cleaned_data["until"], clock, JAKARTA)


class Settlement(forms.Form):
    """Asks for a settlement; the ticked payments come as ``ids`` beside these inputs."""

    key = KeyField()
    net_idr = RupiahField(
        label=_("What reached the bank"),
        max_value=MAX_IDR,
        help_text=_("As the bank's statement or app shows it; the fee is worked out."),
    )
    on = PastDay(label=_("Day it reached the bank"), initial=business_today)
    reference = forms.CharField(label=_("Reference"), max_length=60, required=False)
