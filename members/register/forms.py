"""What people type about members, read and shaped; the services judge it."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kkmp.lib import forms as forms_lib
from kkmp.lib.clock import business_today
from kkmp.lib.edit_conflicts import Seen
from kkmp.lib.forms import DateField, KeyField, NikField, PhoneField
from kkmp.lib.identity import Nik
from kkmp.registry.models import Cooperative
from members.register.models import Category, Member, Status
from members.register.persons import Sex, nik_sign
from members.register.services import membership, warnings
from members.register.services.particulars import Particulars, three_digits
from members.register.services.warnings import PersonWarning


class CategoryField(forms.ChoiceField):
    """A category of members; a program that sends none leaves it as it is."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [
            (Category.ORDINARY, _("Member, lives in this kelurahan")),
            (Category.EXTRAORDINARY, _("Extraordinary member, from outside")),
        ]
        usual: dict[str, Any] = {
            "label": _("Category"),
            "choices": choices,
            "initial": Category.ORDINARY,
            "widget": forms.RadioSelect,
        }
        super().__init__(**usual | kwargs)

    def clean(self, value: str | None) -> str:
        category: str = super().clean(value) if value else ""
        return category


class Person(forms.Form):
    """A person's particulars."""

    name = forms.CharField(label=_("Full name, as on the KTP"), max_length=120)
    nik = NikField(label=_("NIK (16 digits on the KTP)"), required=False)
    birth_place = forms.CharField(label=_("Place of birth"), max_length=60, required=False)
    birth_date = DateField(label=_("Date of birth"), required=False, pivot=business_today)
    sex = forms.ChoiceField(
        label=_("Sex"), choices=Sex.choices, required=False, widget=forms.RadioSelect
    )
    phone = PhoneField(
        label=_("Phone (WhatsApp)"), required=False, help_text=_("Like 0812-3456-7890.")
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    rt = forms.RegexField(
        r"^\d{1,3}$", label=_("RT"), required=False, error_messages={"invalid": _("Like 003.")}
    )
    rw = forms.RegexField(
        r"^\d{1,3}$", label=_("RW"), required=False, error_messages={"invalid": _("Like 003.")}
    )
    category = CategoryField()
    occupation = forms.CharField(label=_("Occupation"), max_length=60, required=False)
    is_civil_servant = forms.BooleanField(
        label=_("Works for the government (ASN, PPPK)"), required=False
    )
    agency = forms.CharField(label=_("Agency (OPD)"), max_length=120, required=False)

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cooperative = cooperative
        for name in ("rt", "rw"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"
        self.fields["nik"].help_text = _(
            "Can be filled in later, but before the principal savings are paid in full."
        )

    def clean_rt(self) -> str:
        return three_digits(self.cleaned_data["rt"])

    def clean_rw(self) -> str:
        return three_digits(self.cleaned_data["rw"])

    def particulars(self) -> Particulars:
        names = Particulars.__dataclass_fields__
        data = {name: value for name, value in self.cleaned_data.items() if name in names}
        return Particulars(**data | {"phone": data["phone"] or ""})

    def answer_with(self, name: str, value: str) -> None:
        """Put another value into a hidden box of the page that goes back."""
        forms_lib.answer_with(self, name, value)


class Confirmed(Person):
    """Particulars that a clerk confirms with one tick where something about them looks odd."""

    is_confirmed = forms.BooleanField(
        label=_("I have looked at the KTP once more; it is right like this."), required=False
    )
    #: Which warnings the tick was shown with; new ones are asked about once more.
    shown_warnings = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: What looks odd, to be shown beside the tick; never an error.
        self.warnings: list[PersonWarning] = []

    def ready(self, *, on: date) -> bool:
        """Whether it can be saved: nothing wrong, and whatever looks odd confirmed."""
        if not self.is_valid():
            return False
        self.warnings = self.find_warnings(on)
        codes = {warning.code for warning in self.warnings}
        shown = set(self.cleaned_data["shown_warnings"].split())
        if not codes or (self.cleaned_data["is_confirmed"] and codes <= shown):
            return True
        self.answer_with("shown_warnings", " ".join(sorted(codes)))
        return False

    def find_warnings(self, on: date) -> list[PersonWarning]:
        return warnings.find(self.particulars(), cooperative=self.cooperative, on=on)


class Registration(Confirmed):
    """A new person on the register."""

    status = forms.ChoiceField(
        label=_("Where does this person stand?"),
        choices=[
            (Status.APPLIED, _("Wants to be a member")),
            (Status.LEAD, _("Is only on the list of the RW")),
        ],
        initial=Status.APPLIED,
        widget=forms.RadioSelect,
    )
    key = KeyField()


class Edit(Seen, Confirmed):
    """Changes to somebody on the register, with what the page showed.

    Only warnings that the change brings are asked about, not those that were there before.
    """

    ACTS = ("member.register", "member.edit")
    SEALED = ("nik",)

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        names = [name for name in Particulars.__dataclass_fields__ if name != "nik"]
        initial = {name: getattr(member, name) for name in names} | {"version": member.version}
        super().__init__(*args, cooperative=member.cooperative, initial=initial, **kwargs)
        self.member = member
        #: What is on record now; of the identity number what tells that it is another one.
        self.before = initial | {"nik": nik_sign(member)}
        self.show(self.before)
        if member.status == Status.LEFT:
            for name in Particulars.__dataclass_fields__:
                self.fields[name].disabled = name not in membership.CONTACT
        if member.has_nik:
            self.fields["nik"].help_text = _("One is on record. Leave the box empty to keep it.")

    def find_warnings(self, on: date) -> list[PersonWarning]:
        nik = Nik(self.member.unsealed_nik()) if self.member.nik_sealed else None
        kept = Particulars(**{n: self.initial[n] for n in self.initial if n != "version"}, nik=nik)
        typed = self.particulars()
        typed = replace(typed, nik=typed.nik or nik)
        known = warnings.find(kept, cooperative=self.cooperative, on=on)
        found = warnings.find(typed, cooperative=self.cooperative, on=on)
        return [warning for warning in found if warning not in known]


class ByNik(forms.Form):
    """The whole number, as it stands on the KTP."""

    nik = NikField(label=_("NIK"), help_text=_("All 16 digits, as they stand on the KTP."))

    def refuse_unknown(self) -> None:
        self.add_error("nik", gettext("Nobody is registered here with this NIK."))


class Move(forms.Form):
    """A step along the funnel."""

    to = forms.ChoiceField(choices=[(s, s.label) for s in membership.CANDIDATES])
