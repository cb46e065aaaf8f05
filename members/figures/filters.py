"""The people whom the figures are about."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from members.register.choices import ALL
from members.register.filters import PeopleFilter
from members.register.models import Members, Status


class FiguresFilter(PeopleFilter):
    """The figures': active members unless another status, or all, is asked for."""

    status = django_filters.ChoiceFilter(
        choices=[*Status.choices, (ALL, _("All"))],
        method="with_status",
        label=_("Status"),
        widget=forms.HiddenInput,
    )

    class Meta(PeopleFilter.Meta):
        pass

    def with_status(self, members: Members, _name: str, _status: str) -> Members:
        # Counted apart by status, see members.figures.
        return members

    @property
    def shown_status(self) -> str:
        """One of :class:`Status`, or :data:`ALL`."""
        self.form.is_valid()
        return self.form.cleaned_data.get("status") or Status.ACTIVE.value

    def chosen(self) -> dict[str, str]:
        """The valid choices in the address but the status, to be put into another address."""
        self.form.is_valid()
        names = [name for name in self.form.fields if name not in ("status", *self.form.errors)]
        return {name: value for name in names if (value := self.data.get(name, "").strip())}
