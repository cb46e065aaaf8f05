from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kkmp.access.services import pins


class Token(forms.Form):
    name = forms.CharField(
        label=_("What the key is for"),
        max_length=60,
        help_text=_("For example: accounting office"),
    )


def _pin(label: StrOrPromise) -> forms.CharField:
    shape = {"inputmode": "numeric", "autocomplete": "off", "maxlength": pins.LENGTH}
    return forms.CharField(label=label, strip=True, widget=forms.PasswordInput(shape))


class Pin(forms.Form):
    pin = _pin(_("New PIN, six digits"))
    again = _pin(_("The same PIN once more"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("pin") and given.get("again") and given["pin"] != given["again"]:
            self.add_error("again", _("This is not the same PIN."))
        return given
