"""What is kept of a person, and how it is put onto the register's row."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kkmp.lib.errors import DomainError
from kkmp.lib.identity import Nik
from kkmp.lib.seal import seal
from members.register.models import Member
from members.register.persons import Person, Sex, nik_hash


class RegistrationRefused(DomainError):
    """The person may not be registered as asked; the message is fit to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is kept of a person. Nothing else is collected (UU 27/2022: only what is needed)."""

    name: str
    nik: Nik | None = None
    birth_place: str = ""
    birth_date: date | None = None
    sex: str = ""
    address: str = ""
    rt: str = ""
    rw: str = ""
    phone: str = ""
    occupation: str = ""
    is_civil_servant: bool = False
    agency: str = ""
    #: Empty leaves it as it is; somebody new is an ordinary member.
    category: str = ""


def fill(person: Person, particulars: Particulars, on: date) -> None:
    """Put particulars onto a row: spaces set right, the NIK sealed, nothing saved.

    :param on: day of registration, which settles the century of the birth date in the NIK
    """
    for name in Particulars.__dataclass_fields__:
        value = getattr(particulars, name)
        if name != "nik" and (value or name != "category"):
            setattr(person, name, " ".join(value.split()) if isinstance(value, str) else value)
    person.rt, person.rw = three_digits(person.rt), three_digits(person.rw)
    nik = particulars.nik
    if nik is None:
        return
    person.nik_sealed = seal(nik.digits)
    person.nik_hash = nik_hash(person.cooperative_id, nik.digits)
    person.birth_date = particulars.birth_date or nik.born(on)
    person.sex = particulars.sex or (Sex.FEMALE if nik.female else Sex.MALE)


def refuse_unfit(person: Person) -> None:
    """Refuse a person without a name, or with more text than fits.

    :raises RegistrationRefused: with the particular it is about
    """
    if not person.name:
        raise RegistrationRefused(_("The name is missing."), field="name")
    for name in Particulars.__dataclass_fields__:
        most = getattr(Member._meta.get_field(name), "max_length", None) if name != "nik" else None
        if most and len(getattr(person, name)) > most:
            raise RegistrationRefused(
                _("At most %(count)d characters fit here.") % {"count": most}, field=name
            )


def three_digits(number: str) -> str:
    """RT and RW as identity cards print them: ``003``."""
    return f"{int(number):03d}" if number.isdecimal() else number


def readable(person: Person) -> dict[str, Any]:
    """A row's particulars, to be compared; the NIK as its hash."""
    fields = [name for name in Particulars.__dataclass_fields__ if name != "nik"]
    return {name: getattr(person, name) for name in fields} | {"nik": person.nik_hash_bytes}
