from django import forms
from django.utils.translation import gettext_lazy as _


class Token(forms.Form):
    name = forms.CharField(
        label=_("What the key is for"),
        max_length=60,
        help_text=_("For example: accounting office"),
    )
