"""What several forms about payments share: a past day, a reason, a key."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kkmp.lib.clock import business_today
from kkmp.lib.forms import DateField, KeyField
from shops.pricing.methods import Method


class PastDay(DateField):
    """Today or before: money is not recorded before it has come."""

    def clean(self, value: object) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and day > business_today():
            raise ValidationError(gettext("This day has not come yet."))
        return day


class Reason(forms.Form):
    key = KeyField()
    reason = forms.CharField(label=_("Why is it undone?"), max_length=120)


class Key(forms.Form):
    """An act that asks for nothing but a yes."""

    key = KeyField()


def methods_of(methods: Iterable[Method]) -> list[tuple[str, StrOrPromise]]:
    return [(str(each), Method(each).label) for each in methods]
