"""The forms of a unit of business."""

from django import forms
from django.utils.translation import gettext_lazy as _


class UnitForm(forms.Form):
    """A unit of business that is opened."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Like Gerai sembako, Apotek or Agen LPG.")
    )


class UnitEditForm(UnitForm):
    is_active = forms.BooleanField(label=_("In use"), required=False)
