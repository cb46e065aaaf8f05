"""What people type to keep a view of a page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kkmp.lib.edit_conflicts import Seen
from members.saved_views.models import SavedView, ViewPage


class KeptView(forms.Form):
    """A view that is there already: its name, and who may use it."""

    name = forms.CharField(
        label=_("Name of the view"),
        max_length=SavedView._meta.get_field("name").max_length,
        help_text=_("Such as: RW 03, women."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    is_shared = forms.BooleanField(
        label=_("Show it to everybody in this cooperative"), required=False
    )


class ChangedView(Seen, KeptView):
    """A view as its owner changes it, with what the page showed."""


class NewView(KeptView):
    """A view to be kept; page and filter come with the address."""

    page = forms.ChoiceField(choices=ViewPage.choices, widget=forms.HiddenInput)
    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "is_shared", "page", "query")}
