"""The forms of a unit of business."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from finance.ledger.models import BusinessUnit
from kkmp.lib.edit_conflicts import Seen


class UnitForm(forms.Form):
    """A unit of business that is opened."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Like Gerai sembako, Apotek or Agen LPG.")
    )


class UnitEditForm(Seen, UnitForm):
    """A unit of business as it is changed, with what the page showed."""

    is_active = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, *args: Any, unit: BusinessUnit, **kwargs: Any) -> None:
        #: What is on record now.
        self.before = {"name": unit.name, "is_active": unit.is_active}
        super().__init__(*args, **{"initial": self.before} | kwargs)
        self.show(self.before)
