"""NIK, the number on an identity card (KTP): 16 digits, PPKKCC DDMMYY SSSS.

Six digits of the area where the person was first registered, the day of birth (the day of a
woman plus 40) and a serial from 0001. There is no check digit. The area is not where the person
lives today, so it is never a reason to refuse.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kkmp.lib.errors import DomainError

#: Members are adults; it settles the century of the two-digit year of birth.
ADULT_AGE = 17
OLDEST_AGE = 120


#: What stands in place of an identity number in a text.
COVERED = "[NIK]"


class NikError(DomainError):
    """The text is no NIK; the message never repeats what was typed."""


class NikMissing(NikError):
    """The text is empty."""


class NikLength(NikError):
    """The NIK does not have sixteen digits."""


class NikRounded(NikLength):
    """A spreadsheet kept the NIK as a number: fifteen digits are right, the rest is lost."""


class NikDate(NikError):
    """The birth date in the NIK does not exist."""


class NikSerial(NikError):
    """The serial of the NIK is 0000; serials start at 0001."""


@dataclass(frozen=True, slots=True, repr=False)
class Nik:
    """A NIK that has the right form. Shows itself as :data:`COVERED`; ``digits`` is the whole.

    No part of it is ever shown: area, birth date and sex stand beside it wherever people do, and a
    serial is mostly a small number, so that four digits of either end are the whole of it.
    """

    digits: str

    @property
    def region(self) -> str:
        """Code of the area of first registration: ``337411``."""
        return self.digits[:6]

    @property
    def female(self) -> bool:
        return int(self.digits[6:8]) > 40

    def born(self, reference: date) -> date:
        """The birth date, its century settled by age.

        The number holds two digits of the year. It is taken as the latest year in which the
        person is at least 17 on ``reference`` (give the day of enrolment), because members are
        adults; ``05`` is 2005 in 2025 and 1905 in 2020.
        """
        day, month, year = _birth_parts(self.digits)
        grown_up = (reference.year - ADULT_AGE, reference.month, reference.day)
        century = reference.year - reference.year % 100
        candidates = [
            date(start + year, month, day)
            for start in range(century, century - 400, -100)
            if _exists(start + year, month, day)
        ]
        adults = (
            born
            for born in candidates
            if (born.year, born.month, born.day) <= grown_up
            and reference.year - born.year <= OLDEST_AGE
        )
        # 29 February 2000 was a day and 29 February 1900 was not: then it is a child.
        return next(adults, candidates[0])

    def __str__(self) -> str:
        return COVERED

    def __repr__(self) -> str:
        return "<Nik>"


def parse_nik(text: str | float | int | None) -> Nik:
    """Read a NIK as typed or kept in a spreadsheet: quotes, spaces, dots and dashes are dropped.

    Spreadsheets keep fifteen digits of a number, so a float that ends in zero has most likely
    lost its last digit and is refused; the column must hold text.

    :raises NikMissing: blank
    :raises NikLength: not sixteen digits (:class:`NikRounded` for a spreadsheet's number)
    :raises NikDate: its birth date does not exist
    :raises NikSerial: its serial is 0000
    """
    written = _as_text(text)
    if re.fullmatch(r"\s*'?\d[.,]\d+E\+?\d+\s*", written, re.IGNORECASE):
        raise _rounded()
    digits = re.sub(r"[\s'\"’‘`.\-–]", "", written)
    if not digits:
        raise NikMissing(_("The NIK is missing."))
    if not re.fullmatch(r"[0-9]{16}", digits):
        count = len(re.findall("[0-9]", digits))
        raise NikLength(_("A NIK has 16 digits; this one has %(count)d.") % {"count": count})
    if isinstance(text, float) and (digits.endswith("0") or text >= 2**53):
        raise _rounded()
    day, month, year = _birth_parts(digits)
    if not any(_exists(century + year, month, day) for century in (1900, 2000)):
        raise NikDate(_("The birth date in this NIK does not exist."))
    if digits.endswith("0000"):
        raise NikSerial(_("A NIK does not end in 0000."))
    return Nik(digits)


def _rounded() -> NikRounded:
    return NikRounded(
        _("The spreadsheet has cut off the end of this NIK; keep the column as text.")
    )


def _as_text(text: str | float | int | None) -> str:
    if text is None:
        return ""
    if isinstance(text, float):
        return str(int(text)) if text.is_integer() else repr(text)
    return str(text)


def _birth_parts(digits: str) -> tuple[int, int, int]:
    """Day, month and two-digit year, a woman's day set back by 40."""
    day = int(digits[6:8])
    return (day - 40 if day > 40 else day), int(digits[8:10]), int(digits[10:12])


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
