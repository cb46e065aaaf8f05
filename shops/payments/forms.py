"""What several forms about payments share: a reason, a key."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kkmp.lib.forms import KeyField
from shops.pricing.methods import Method


class Reason(forms.Form):
    key = KeyField()
    reason = forms.CharField(label=_("Why is it undone?"), max_length=120)


class Key(forms.Form):
    """An act that asks for nothing but a yes."""

    key = KeyField()


def methods_of(methods: Iterable[Method]) -> list[tuple[str, StrOrPromise]]:
    return [(str(each), Method(each).label) for each in methods]
