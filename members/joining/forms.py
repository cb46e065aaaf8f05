"""What is typed to join, and about those who want to: by the public, and by clerks."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kkmp.lib.forms import KeyField
from kkmp.registry.models import Cooperative
from members.joining import notices
from members.joining.models import Application, Channel, Means, Purpose
from members.joining.queries.queue import Match
from members.joining.services.applications import with_sent_nik
from members.register.forms import Confirmed, Person
from members.register.models import Category, Member
from members.register.services import warnings
from members.register.services.particulars import Particulars
from members.register.services.warnings import PersonWarning


class Joining(Person):
    """The public form. What looks odd is asked about by the clerk, and not of the applicant."""

    agrees = forms.BooleanField(
        label=_("I have read the privacy notice and agree that my data is used as it says."),
        error_messages={"required": _("Without this tick your application cannot be sent.")},
    )
    notice_version = forms.CharField(label=_("Privacy notice"), widget=forms.HiddenInput)
    #: No person sees it; programs that fill in every box do.
    remarks = forms.CharField(
        label=_("Leave this box empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    key = KeyField()

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, cooperative=cooperative, **kwargs)
        self.fields["category"] = forms.ChoiceField(
            label=_("Where do you live?"),
            choices=[
                (
                    Category.ORDINARY,
                    gettext("In Kelurahan %(name)s") % {"name": cooperative.kelurahan.name},
                ),
                (Category.EXTRAORDINARY, _("In another kelurahan (extraordinary member)")),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose one of the two.")},
        )
        self.fields["nik"].help_text = _("Or leave it empty and bring your KTP to the office.")
        self.fields["agency"].help_text = _("Only if you wish to say so.")
        for name, hint in _AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = hint

    def clean_notice_version(self) -> str:
        version: str = self.cleaned_data["notice_version"]
        if version != notices.CURRENT:
            self.answer_with("notice_version", notices.CURRENT)
            raise ValidationError(
                gettext("The privacy notice has changed meanwhile. Please read it once more.")
            )
        return version

    def clean_remarks(self) -> str:
        if self.cleaned_data["remarks"]:
            raise ValidationError(gettext("This box must stay empty. Empty it and send again."))
        return ""

    def clean(self) -> None:
        ways = ("phone", "address")
        if not any(self.cleaned_data.get(way) or way in self.errors for way in ways):
            self.add_error("phone", gettext("Give a phone number or your address to be reached."))


_AUTOCOMPLETE = {
    "name": "name",
    "birth_date": "bday",
    "address": "street-address",
    "occupation": "organization-title",
}


class Verification(Confirmed):
    """A clerk's look at an application with the KTP in hand.

    :param matches: people on the register who may be the same person
    """

    into = forms.ChoiceField(
        label=_("Who is it?"), required=False, widget=forms.RadioSelect, choices=[("", "")]
    )
    has_seen_ktp = forms.BooleanField(
        label=_("I have seen the KTP, and what stands here is what it says."),
        error_messages={"required": _("Look at the KTP first, then tick this.")},
    )

    def __init__(
        self, *args: Any, application: Application, matches: list[Match], on: date, **kwargs: Any
    ) -> None:
        names = [name for name in Particulars.__dataclass_fields__ if name != "nik"]
        initial = {name: getattr(application, name) for name in names}
        super().__init__(*args, cooperative=application.cooperative, initial=initial, **kwargs)
        self.application, self.matches = application, matches
        if application.has_nik:
            self.fields["nik"].help_text = _(
                "One was sent. Leave the box empty if the KTP says the same."
            )
        fit = [match for match in matches if match.can_take]
        into: Any = self.fields["into"]
        into.choices = [("", gettext("A new person"))] + [
            (str(match.member.id), match.in_words()) for match in fit
        ]
        if fit and fit[0].is_certain:
            self.initial["into"] = str(fit[0].member.id)
        if not self.is_bound:
            self._show_warnings(on)

    @property
    def chosen(self) -> Member | None:
        """The member that the applicant is already; None for a new person."""
        wanted = self.cleaned_data["into"]
        return next((m.member for m in self.matches if str(m.member.id) == wanted), None)

    def find_warnings(self, on: date) -> list[PersonWarning]:
        typed = self.particulars()
        return _warnings(self.application, typed, on)

    def _show_warnings(self, on: date) -> None:
        """Warn of what was sent when the page is opened, not only when it is saved."""
        self.warnings = _warnings(self.application, Particulars(**self.sent()), on)
        self.initial["shown_warnings"] = " ".join(sorted(warning.code for warning in self.warnings))

    def sent(self) -> dict[str, Any]:
        names = [name for name in Particulars.__dataclass_fields__ if name != "nik"]
        return {name: self.initial[name] for name in names}


def _warnings(application: Application, particulars: Particulars, on: date) -> list[PersonWarning]:
    return warnings.about(
        with_sent_nik(application, particulars), cooperative=application.cooperative, on=on
    )


class Declining(forms.Form):
    """Why an application is not taken."""

    why = forms.CharField(
        label=_("Why is it declined?"),
        max_length=200,
        help_text=_("The applicant is told this when asking."),
    )


class Calling(forms.Form):
    """Asks for a contact: how somebody was called on, and what was said."""

    purpose = forms.ChoiceField(choices=Purpose.choices, initial=Purpose.JOINING, required=False)
    channel = forms.ChoiceField(label=_("How?"), choices=Channel.choices)
    note = forms.CharField(label=_("What was said"), max_length=200, required=False)
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_purpose(self) -> Purpose:
        return Purpose(self.cleaned_data["purpose"] or Purpose.JOINING)

    def clean_channel(self) -> Channel:
        return Channel(self.cleaned_data["channel"])


class Consenting(forms.Form):
    """What somebody says about the use of their data."""

    is_given = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    means = forms.ChoiceField(
        label=_("How was it said?"),
        choices=[(means, means.label) for means in Means if means != Means.WEB],
    )

    def clean_is_given(self) -> bool:
        return bool(self.cleaned_data["is_given"] == "yes")

    def clean_means(self) -> Means:
        return Means(self.cleaned_data["means"])
