"""A cooperative's particulars, decisions and steps, as they are typed."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kkmp.city.cooperatives import evidence
from kkmp.city.cooperatives.services.profile import MOST_MEMBERS
from kkmp.lib.clock import business_today
from kkmp.lib.edit_conflicts import Seen
from kkmp.lib.forms import DateField, PhoneField, RupiahField, WholeField, offer
from kkmp.registry.models import Stage


class Profile(forms.Form):
    ahu_number = forms.CharField(
        label=_("AHU number"),
        max_length=60,
        required=False,
        help_text=_("Number of the decision that made the cooperative a legal entity."),
    )
    nib = forms.CharField(label=_("NIB"), required=False, help_text=_("13 digits, from OSS."))
    npwp = forms.CharField(label=_("NPWP"), required=False, help_text=_("15 or 16 digits."))
    nomor_induk_koperasi = forms.CharField(
        label=_("Nomor Induk Koperasi"), max_length=20, required=False
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    opened_on = DateField(
        label=_("Opening day"),
        required=False,
        pivot=business_today,
        help_text=_("The first day of business."),
    )

    def clean_nib(self) -> str:
        return _digits(self.cleaned_data["nib"], (13,), gettext("A NIB has 13 digits."))

    def clean_npwp(self) -> str:
        return _digits(self.cleaned_data["npwp"], (15, 16), gettext("An NPWP has 15 or 16 digits."))

    def clean_phone(self) -> str:
        return self.cleaned_data["phone"] or ""


class ChangedProfile(Seen, Profile):
    """The details as a cooperative changes them, with what the page showed."""


class Decision(forms.Form):
    valid_from = DateField(
        label=_("In force from"), help_text=_("The day the members' decision takes effect.")
    )
    principal_idr = RupiahField(label=_("Principal savings"), min_value=1)
    mandatory_idr = RupiahField(label=_("Mandatory savings a month"), min_value=0)
    member_target = WholeField(label=_("Member target"), min_value=1, max_value=MOST_MEMBERS)
    allows_instalments = forms.BooleanField(
        label=_("Principal savings may be paid in instalments"), required=False
    )
    extraordinary_principal_idr = RupiahField(
        label=_("Principal savings of extraordinary members"),
        min_value=1,
        required=False,
        help_text=_("For members from outside the kelurahan. Empty: as for members."),
    )
    extraordinary_mandatory_idr = RupiahField(
        label=_("Mandatory savings of extraordinary members a month"),
        min_value=0,
        required=False,
        help_text=_("Empty: as for members."),
    )
    return_tax_free_idr = RupiahField(
        label=_("Return on savings free of tax a month"),
        min_value=0,
        required=False,
        help_text=_("PP 15/2009: Rp 240,000 for each member. Empty: as before."),
    )
    return_tax_percent = forms.DecimalField(
        label=_("Tax on the return above it, in percent"),
        min_value=0,
        max_value=99,
        max_digits=5,
        decimal_places=2,
        localize=True,
        required=False,
        help_text=_("PP 15/2009: 10, on the whole return of the month. Empty: as before."),
    )

    def clean(self) -> dict[str, Any]:
        """What was left empty of the tax stays as it was decided last."""
        given = super().clean() or {}
        kept = ("return_tax_free_idr", "return_tax_percent")
        return {n: v for n, v in given.items() if not (n in kept and v is None)}


class Step(forms.Form):
    stage = forms.TypedChoiceField(
        label=_("Stage"), choices=[(s.value, s.label) for s in Stage if s != Stage.NONE], coerce=int
    )
    on = DateField(
        label=_("Reached on"), pivot=business_today, help_text=_("As the document says.")
    )
    document_number = forms.CharField(
        label=_("Document number"),
        max_length=80,
        required=False,
        help_text=_("The number or the file is needed; both is better."),
    )
    document = forms.FileField(
        label=_("Document"),
        required=False,
        help_text=_("PDF, or a photo as JPEG or PNG; up to 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(self, *args: Any, open_stages: list[Stage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "stage", [(s.value, s.label) for s in open_stages])

    def clean_stage(self) -> Stage:
        return Stage(self.cleaned_data["stage"])

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > business_today():
            raise ValidationError(gettext("This day has not come yet."))
        return on

    def clean_document(self) -> UploadedFile[bytes] | None:
        upload = self.cleaned_data["document"]
        if not upload:
            return None
        try:
            return evidence.checked(upload)
        except evidence.EvidenceRefused as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal


class Withdrawal(forms.Form):
    why = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=200,
        help_text=_("For example: the shop has closed. The cooperative reads this."),
    )


def _digits(text: str, lengths: tuple[int, ...], message: str) -> str:
    """The digits alone, since papers write them with dots, dashes and spaces."""
    digits = re.sub(r"[\s.\-]", "", text)
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) in lengths):
        raise ValidationError(message)
    return digits
