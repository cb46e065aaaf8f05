"""What people choose about cards, passbooks and links."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kkmp.lib.clock import business_today
from kkmp.lib.forms import DateField
from members.papers.services import links

Ranges = list[tuple[int, int]]


class NumbersField(forms.CharField):
    """Member numbers as people write them, ``1-50, 63``, as ranges; None for a blank."""

    default_error_messages = {"invalid": _("Write member numbers like 1-50, 63.")}

    def clean(self, value: str | None) -> Ranges | None:
        written = re.sub(r"\s+", "", super().clean(value)).strip(",;")
        if not written:
            return None
        found = [
            re.fullmatch(r"([0-9]{1,9})(?:[-–]([0-9]{1,9}))?", part)
            for part in re.split("[,;]", written)
        ]
        ranges = [(int(one[1]), int(one[2] or one[1])) for one in found if one]
        if len(ranges) < len(found) or any(low > high for low, high in ranges):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return ranges


class Period(forms.Form):
    """The days that a passbook is about; this year until today where nothing is said."""

    since = DateField(label=_("From"), pivot=business_today)
    until = DateField(label=_("Until"), pivot=business_today)

    def __init__(self, data: QueryDict, *, on: date) -> None:
        usual = {"since": date(on.year, 1, 1), "until": on}
        super().__init__({name: data.get(name) or usual[name] for name in usual})


class Paper(forms.Form):
    """What a passbook is printed on."""

    paper = forms.ChoiceField(choices=[("a4", "A4"), ("a5", "A5")])


class Link(forms.Form):
    """Asks for how long a member's link may be opened."""

    days = forms.TypedChoiceField(
        label=_("May be opened for"),
        choices=[(days, _("%(days)d days") % {"days": days}) for days in links.DAYS],
        coerce=int,
    )
