"""Which month is to be closed."""

from django import forms

from kkmp.lib.forms import DateField


class Close(forms.Form):
    month = DateField()
