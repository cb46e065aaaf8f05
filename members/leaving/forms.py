"""What people type about leaving, read and shaped; the services judge it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kkmp.lib.edit_conflicts import Seen
from kkmp.lib.forms import DateField, KeyField, PhoneField, offer
from members.leaving.models import ExitReason
from members.leaving.services import exit_rules, exits
from members.leaving.services.exits import Heir
from members.register.models import Member


class _WithHeir(forms.Form):
    heir_name = forms.CharField(
        label=_("Heir: full name"),
        max_length=120,
        help_text=_("Who will be paid. Only for somebody who died."),
        error_messages={
            "required": _(
                "Write the name of the heir who will be paid. It can still be corrected later."
            )
        },
    )
    heir_relation = forms.CharField(
        label=_("Heir: relation"),
        max_length=60,
        required=False,
        help_text=_("For example: wife, son."),
    )
    heir_phone = PhoneField(label=_("Heir: phone"), required=False)

    def heir(self) -> Heir:
        given = self.cleaned_data
        return Heir(given["heir_name"], given["heir_relation"], given["heir_phone"] or "")


class Request(_WithHeir):
    """Asks for a leaving: why, when it was said, and the heir of somebody who has died."""

    reason = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect)
    asked_on = DateField(
        label=_("Date of the letter"), help_text=_("Or the day on which it was said.")
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    key = KeyField()

    field_order = ["reason", "heir_name", "heir_relation", "heir_phone", "asked_on", "note"]

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.fields["heir_name"].required = self.data.get("reason") == ExitReason.DIED
        reasons = exit_rules.reasons(member)
        # A form sent twice is understood after the first time has changed what fits.
        offer(self, "reason", ExitReason.choices)
        self.fields["reason"].widget.choices = [(reason, reason.label) for reason in reasons]

    def content(self) -> dict[str, Any]:
        """The arguments of :func:`exits.request`; an heir only where somebody died."""
        given, reason = self.cleaned_data, ExitReason(self.cleaned_data["reason"])
        heir = self.heir() if reason == ExitReason.DIED else exit_rules.NO_HEIR
        kept = {name: given[name] for name in ("asked_on", "note", "key")}
        return {"reason": reason, "heir": heir} | kept


class HeirCorrection(Seen, _WithHeir):
    """Who is paid in the place of somebody who died, with what the page showed."""

    ACTS = ("exit.request", "exit.heir")

    field_order = ["heir_name", "heir_relation", "heir_phone"]


NOW, LATER = "now", "later"


class Decision(forms.Form):
    """What the board decided.

    :param may_pay: whether whoever decides may also pay out money
    :param pays: whether anything is left to be paid
    """

    decision_number = forms.CharField(
        label=_("Number of the decision"),
        max_length=80,
        help_text=_("As it stands on the minutes or the letter, like 12/BA/XI/2026."),
    )
    decided_on = DateField(
        label=_("Date of the decision"), help_text=_("The membership ends on this day.")
    )
    when = forms.ChoiceField(
        label=_("When is the money paid?"),
        choices=[(NOW, _("Now, in cash")), (LATER, _("Later, on a set date"))],
        widget=forms.RadioSelect,
    )
    pay_on = DateField(
        label=_("Date of the payment"),
        error_messages={"required": _("Choose the day of the payment.")},
        help_text=_("Until then it is a debt of the cooperative, and stands in the list to pay."),
    )
    key = KeyField()

    def __init__(self, *args: Any, may_pay: bool, pays: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_pay:
            offer(self, "when", [(LATER, _("Later, on a set date"))])
            self.initial["when"] = LATER
        self.fields["when"].required = pays
        if self.is_bound:
            self.fields["pay_on"].required = pays and self.data.get("when") == LATER

    def decision(self) -> exits.Decision:
        given = self.cleaned_data
        pay_on = given["pay_on"] if given["when"] == LATER else None
        return exits.Decision(given["decision_number"], given["decided_on"], pay_on)


class Payment(forms.Form):
    """The money is handed over."""

    key = KeyField()


class PaymentCorrection(forms.Form):
    """Why a payment is undone."""

    reason = forms.CharField(
        label=_("What was wrong?"),
        max_length=120,
        help_text=_("It stays in the books, for example: the money was not collected."),
    )
    key = KeyField()


class KeptPayment(forms.Form):
    """Money that was kept is handed over."""

    paid_to = forms.CharField(
        label=_("Who gets the money?"),
        max_length=120,
        help_text=_("By name, as on the identity card. They sign for it."),
    )
    key = KeyField()
