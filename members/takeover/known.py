"""Who of a list is on the register already, and what the list says otherwise of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Field, Q, Sum
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kkmp.imports.rows import Change, Problem, SourceRow
from kkmp.lib.existing import of_kind
from kkmp.lib.identity import Nik, NikError
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date
from kkmp.lib.phone import PhoneError, format_phone
from kkmp.registry.models import Cooperative
from members.register.models import Member, Status
from members.register.numbers import member_number
from members.register.persons import Sex, nik_hash
from members.register.services.membership import Particulars
from members.register.services.particulars import three_digits
from members.savings.models import SavingsBalance, SavingsKind
from members.takeover import cells
from members.takeover.facts import AMOUNTS, Reading
from members.takeover.services.updates import FIELDS, Update

#: Problems that keep a known person's row out; others are about what is not posted again.
_STILL_PROBLEMS = {"too_long", "nik_duplicate"}


class Register:
    """The people of a register that a list is compared with.

    :param niks: the list's, by row number
    """

    def __init__(self, cooperative: Cooperative, niks: Mapping[int, Nik | NikError]) -> None:
        hashes = {
            number: nik_hash(cooperative.pk, nik.digits)
            for number, nik in niks.items()
            if isinstance(nik, Nik)
        }
        people = _people(cooperative, set(hashes.values()))
        by_hash = {member.nik_hash_bytes: member for member in people if member.nik_hash}
        self.members = {n: by_hash[digest] for n, digest in hashes.items() if digest in by_hash}
        self.balances = _balances(cooperative, [member.id for member in self.members.values()])
        self.without_nik = _without_nik(people)

    def compared(self, row: SourceRow, reading: Reading) -> "Known | None":
        """What the register says of a row's person; None if they are not on it."""
        member = self.members.get(row.number)
        if member is None:
            return None
        return Known(member, reading, row, self.balances.get(member.id, {}))

    def lookalike(self, reading: Reading) -> Problem | None:
        """Somebody without a NIK who may well be the same person."""
        person = reading.value.particulars if reading.value else None
        if person is None:
            return None
        for sign in _signs(person):
            member = self.without_nik.get(sign)
            if member is not None:
                return Problem("maybe_known", _maybe(member), "name")
        return None


class Known:
    """A row of somebody who is on the register."""

    def __init__(
        self, member: Member, reading: Reading, row: SourceRow, balances: Mapping[str, int]
    ) -> None:
        self.member, self.reading, self.row, self.balances = member, reading, row, balances
        self.new = {} if member.status == Status.LEFT else _news(member, reading)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.reading.problems if one.code in _STILL_PROBLEMS)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is odd, in words that fit somebody who stays as they are."""
        found = []
        for one in self.reading.warnings:
            if one.code.endswith("_unreadable"):
                message = _("This cannot be read, so what the register has stays: %(column)s.")
                label = _label(_FIELD_OF.get(one.column, one.column))
                found.append(Problem(one.code, message % {"column": label}, one.column))
            elif one.code != "has_paid":
                found.append(one)
        return tuple(found)

    @property
    def changes(self) -> tuple[Change, ...]:
        return tuple(
            Change(
                _label(name),
                in_words(name, getattr(self.member, name)),
                in_words(name, value),
            )
            for name, value in self.new.items()
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Savings and a status that the list has otherwise; they are never taken over again."""
        return (*self._savings(), *self._status(), *self._number())

    @property
    def update(self) -> Update:
        """What the service takes."""
        kept = {name: getattr(self.member, name) for name in FIELDS}
        return Update(self.member.id, self.member.version, Particulars(**(kept | self.new)))

    @property
    def seen(self) -> str:
        return f"{self.member.id} {self.member.version}"

    @property
    def known_as(self) -> str:
        member = self.member
        if member.status == Status.LEFT:
            return _(
                "%(name)s is on the register as somebody who has left. Nothing is changed."
            ) % {"name": member.name}
        if member.number:
            return _("Registered already: %(name)s, member number %(number)d.") % {
                "name": member.name,
                "number": member.number,
            }
        return _("Registered already: %(name)s (%(status)s).") % {
            "name": member.name,
            "status": Status(member.status).label,
        }

    def _savings(self) -> list[str]:
        found = []
        for role in AMOUNTS:
            listed = self.reading.amounts.get(role, 0)
            held = self.balances.get(role, 0)
            if cells.text_or_blank(self.row[role]) and listed != held:
                text = _(
                    "%(kind)s: %(listed)s in the list, %(held)s here. "
                    "Savings of who is registered are not changed by a list."
                )
                named = {"listed": format_rupiah(listed), "held": format_rupiah(held)}
                found.append(text % {"kind": _SAVINGS[role](), **named})
        return found

    def _number(self) -> list[str]:
        listed = cells.member_number(cells.text_or_blank(self.row["number"]))
        held = self.member.number
        if not listed or listed == held or self.member.status == Status.LEFT:
            return []
        text = _(
            "Member number: %(listed)s in the list, %(held)s here. A number that somebody has is "
            "not changed by a list."
        )
        told = {"listed": member_number(listed), "held": member_number(held) or "–"}
        return [text % told]

    def _status(self) -> list[str]:
        text = cells.text_or_blank(self.row["status"])
        if not text or cells.status(text) != Status.LEFT or self.member.status == Status.LEFT:
            return []
        return [_("The list says that this person has left. Record it on the member's page.")]


_SAVINGS = {
    "principal": lambda: _("Principal savings"),
    "mandatory": lambda: _("Mandatory savings"),
    "voluntary": lambda: _("Voluntary savings"),
}
#: Which particular a column of the list is about.
_FIELD_OF = {"birth": "birth_date", "rt_rw": "rt"}


def _label(name: str) -> str:
    field = of_kind(Field, Member._meta.get_field(name))
    return capfirst(str(field.verbose_name))


def in_words(name: str, value: str | bool | date | None) -> str:
    """A particular as people read it; empty for nothing."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return format_date(value)
    if name == "sex" and value:
        return str(Sex(value).label)
    if name == "phone" and value:
        try:
            return format_phone(value)
        except PhoneError:
            return str(value)
    return str(value or "")


def _news(member: Member, reading: Reading) -> dict[str, Any]:
    """What the list says otherwise than the register; an empty cell says nothing."""
    if reading.value is None:
        return {}
    found = {}
    for name in FIELDS:
        value = getattr(reading.value.particulars, name)
        if isinstance(value, str):
            value = " ".join(value.split())
            value = three_digits(value) if name in ("rt", "rw") else value
        # An occupation that is no civil servant's does not take back what a clerk has ticked.
        if value and value != getattr(member, name):
            found[name] = value
    return found


def _people(cooperative: Cooperative, hashes: Collection[bytes]) -> list[Member]:
    """Whoever bears one of these NIKs, and everybody without one who may be the same person."""
    wanted = Q(nik_hash__in=hashes) | (Q(nik_hash=None) & ~Q(status=Status.LEFT))
    return list(Member.objects.of(cooperative).filter(wanted).order_by("id"))


def _balances(cooperative: Cooperative, ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """What people hold of the kinds that a list's columns go to, by role."""
    if not ids:
        return {}
    first: dict[str, UUID] = {}
    kinds = SavingsKind.objects.of(cooperative).order_by("position", "id")
    for role, kind_id in kinds.values_list("role", "id"):
        first.setdefault(role, kind_id)
    rows = SavingsBalance.objects.of(cooperative).filter(
        member__in=ids, kind__in=list(first.values())
    )
    found: dict[UUID, dict[str, int]] = {}
    for row in rows.values("member_id", "kind__role").annotate(held=Sum("balance_idr")):
        found.setdefault(row["member_id"], {})[row["kind__role"]] = row["held"]
    return found


def _without_nik(people: Sequence[Member]) -> dict[tuple[str, ...], Member]:
    """People without a NIK, by what may identify them."""
    found: dict[tuple[str, ...], Member] = {}
    for member in people:
        if member.nik_hash is None:
            for sign in _signs(member):
                found.setdefault(sign, member)
    return found


def _signs(person: Member | Particulars) -> list[tuple[str, ...]]:
    """Name and telephone, or name and neighbourhood."""
    name = person.name.casefold()
    found: list[tuple[str, ...]] = []
    if name and person.phone:
        found.append((name, person.phone))
    if name and person.rt and person.rw:
        found.append((name, three_digits(person.rt), three_digits(person.rw)))
    return found


def _maybe(member: Member) -> str:
    return _(
        "This may be %(name)s, who is on the register without a NIK (%(status)s). If so, leave "
        "this row out and fill in the NIK on that page."
    ) % {"name": member.name, "status": Status(member.status).label}
