"""What is typed where a member's PIN is set."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from members.pins.services import pins


def _pin(label: StrOrPromise) -> forms.CharField:
    # No longer than is typed: what a scanner puts here is refused, and not cut to six digits.
    shape = {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 20}
    return forms.CharField(label=label, strip=True, widget=forms.PasswordInput(shape))


class NewPin(forms.Form):
    """A new PIN, typed twice by the member; the clerk says that the KTP was seen."""

    has_seen_ktp = forms.BooleanField(
        label=_("I have seen the KTP: photo, name and date of birth are this person's"),
        # Said anew each time: no draft ticks it.
        widget=forms.CheckboxInput({"data-private": ""}),
        error_messages={
            "required": _("Look at the KTP first: the PIN is the person's whose card it is.")
        },
    )
    pin = _pin(_("New PIN, six digits, typed by the member"))
    again = _pin(_("The same PIN once more, typed by the member"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if len(given.get("pin", "")) not in (0, pins.LENGTH):
            text = _("A PIN has %(count)d digits.") % {"count": pins.LENGTH}
            self.add_error("pin", text)
        elif given.get("pin") and given.get("again") and given["pin"] != given["again"]:
            self.add_error("again", _("This is not the same PIN."))
        return given
