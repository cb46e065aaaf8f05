"""Bands of age, and the birthdays that belong to them on a day.

Somebody is a year older on the birthday; who was born on 29 February, in other years on
1 March.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Band:
    """:param youngest: in whole years, included; None from birth on
    :param oldest: in whole years, included; None without end
    """

    code: str
    label: Any
    youngest: int | None = None
    oldest: int | None = None

    def condition(self, on: date) -> Q:
        """Who is in the band on a day."""
        found = Q(birth_date__isnull=False)
        if self.youngest is not None:
            found &= Q(birth_date__lte=born_by(on, self.youngest))
        if self.oldest is not None:
            found &= Q(birth_date__gt=born_by(on, self.oldest + 1))
        return found


#: Members are seventeen at least; younger ones are there by mistake, or married.
BANDS = (
    Band("under17", _("Younger than 17"), None, 16),
    Band("17-25", "17–25", 17, 25),
    Band("26-35", "26–35", 26, 35),
    Band("36-45", "36–45", 36, 45),
    Band("46-55", "46–55", 46, 55),
    Band("56-65", "56–65", 56, 65),
    Band("over65", _("Older than 65"), 66, None),
)
#: Whose date of birth is not on the register.
UNKNOWN = "none"
CHOICES = (*((band.code, band.label) for band in BANDS), (UNKNOWN, _("Not recorded")))


def in_band(code: str, on: date) -> Q:
    """Who is in the band of that code on a day; :data:`UNKNOWN` is one of them."""
    if code == UNKNOWN:
        return Q(birth_date__isnull=True)
    return next(band for band in BANDS if band.code == code).condition(on)


def born_by(on: date, years: int) -> date:
    """The latest birthday of whoever is so many years old on a day."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        # 29 February, in a year that has none.
        return date(on.year - years, 2, 28)
