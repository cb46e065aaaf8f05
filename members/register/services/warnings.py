"""What looks odd about a person's particulars but may well be right: to warn, never to refuse.

No warning tells a part of the NIK: whoever reads it need not be whoever typed it.

The area in a NIK is where somebody was first registered, not where they live; identity cards
with a wrong date exist; and who is married may join before 17.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kkmp.lib.identity import ADULT_AGE, Nik
from kkmp.registry.models import Cooperative
from kkmp.registry.services import identity_marks
from members.register.persons import Sex
from members.register.services.membership import Particulars


@dataclass(frozen=True, slots=True)
class PersonWarning:
    """One thing to look at once more.

    :param code: stable name, for programs
    :param field: the input it is about
    """

    code: str
    field: str
    message: str


def find(particulars: Particulars, *, cooperative: Cooperative, on: date) -> list[PersonWarning]:
    """Everything odd about one person, asking whether another cooperative has the same."""
    niks = [particulars.nik] if particulars.nik else []
    found = identity_marks.elsewhere(cooperative=cooperative, niks=niks)
    return about(particulars, cooperative=cooperative, on=on, elsewhere=found)


def about(
    particulars: Particulars,
    *,
    cooperative: Cooperative,
    on: date,
    elsewhere: Collection[Nik] = (),
) -> list[PersonWarning]:
    """Everything odd about them on the day of registration; empty when nothing is.

    Asks no database.

    :param elsewhere: those of :func:`identity_marks.elsewhere
        <kkmp.registry.services.identity_marks.elsewhere>`, asked once for a whole list
    """
    nik = particulars.nik
    warnings = _of_nik(nik, particulars, cooperative, on) if nik else []
    if nik and nik in elsewhere:
        warnings.append(PersonWarning("elsewhere", "nik", elsewhere_message()))
    born = particulars.birth_date or (nik.born(on) if nik else None)
    if born and _age(born, on) < ADULT_AGE:
        warnings.append(
            PersonWarning(
                "minor",
                "birth_date",
                _("This person is not yet %(age)d. That is allowed only for who is married.")
                % {"age": ADULT_AGE},
            )
        )
    return warnings


def elsewhere_message() -> str:
    return _(
        "Somebody with this NIK is on the register of another cooperative too. That may be "
        "right; ask the person."
    )


def _of_nik(
    nik: Nik, particulars: Particulars, cooperative: Cooperative, on: date
) -> list[PersonWarning]:
    warnings = []
    # A cooperative's code is its kelurahan's, which begins with the kecamatan's.
    if nik.region != cooperative.code[:6]:
        warnings.append(
            PersonWarning(
                "nik_area",
                "nik",
                _(
                    "The NIK was given out in another kecamatan than this one. That is normal for "
                    "who moved here; look at the KTP once more."
                ),
            )
        )
    born = particulars.birth_date
    if born and not _same_birthday(nik, born, on):
        message = _("The NIK says another date of birth; look at both on the KTP.")
        warnings.append(PersonWarning("nik_birth_date", "birth_date", message))
    if particulars.sex and (particulars.sex == Sex.FEMALE) != nik.female:
        message = _("The NIK says otherwise; look at the KTP once more.")
        warnings.append(PersonWarning("nik_sex", "sex", message))
    return warnings


def _same_birthday(nik: Nik, born: date, on: date) -> bool:
    """The number holds two digits of the year, so that the century cannot be told apart."""
    there = nik.born(on)
    return (born.day, born.month, born.year % 100) == (there.day, there.month, there.year % 100)


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
