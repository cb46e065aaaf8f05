"""Coming onto the register and moving through the funnel."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from finance.models import Party, PartyKind
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.lib.identity import Nik
from kkmp.lib.seal import seal
from kkmp.registry.models import Cooperative
from kkmp.registry.services import figures, numbering
from members.models import Member, Sex, Status, StatusChange
from members.models.members import nik_hash


class RegistrationRefused(DomainError):
    """The person may not be registered as asked; the message is fit to show."""


class EditConflict(DomainError):
    """Somebody else changed the member in the meantime."""

    status = 409


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


@transaction.atomic
def register(
    *,
    cooperative: Cooperative,
    particulars: Particulars,
    status: Status = Status.APPLIED,
    on: date,
    by: Any,
) -> Member:
    """Put a person on the register as lead, applied or incomplete.

    Birth date and sex follow from the NIK where they are not given.

    :raises RegistrationRefused: the name is missing, or the NIK is registered here already
    """
    assert status in (Status.LEAD, Status.APPLIED, Status.INCOMPLETE)
    _refuse_nameless(particulars)
    _refuse_taken_nik(cooperative, particulars.nik)
    member = Member(cooperative=cooperative, status=status, applied_on=on)
    _fill(member, particulars, on)
    member.party = Party.objects.create(
        cooperative=cooperative, kind=PartyKind.PERSON, name=member.name
    )
    member.save(force_insert=True)
    _note_change(member, before="", on=on, by=by)
    audit.record(cooperative=cooperative, action="member.register", by=by, subject=member)
    return member


@transaction.atomic
def edit(
    *, member: Member, particulars: Particulars, version: int, on: date, by: Any
) -> Member:
    """Change a person's particulars.

    :param version: of the member when the form was opened
    :param particulars: a ``nik`` of None leaves the identity number as it is
    :raises EditConflict: somebody else saved in the meantime
    :raises RegistrationRefused: the name is missing, or the NIK belongs to another here
    """
    locked = Member.objects.of(member.cooperative_id).select_for_update().get(id=member.id)
    if locked.version != version:
        raise EditConflict(
            _("Somebody else changed this member just now. Look at the new data and try again.")
        )
    _refuse_nameless(particulars)
    _refuse_taken_nik(member.cooperative, particulars.nik, besides=member)
    before = _readable(locked)
    _fill(locked, particulars, on)
    locked.version += 1
    locked.save()
    if before["name"] != locked.name:
        Party.objects.of(member.cooperative_id).filter(id=locked.party_id).update(name=locked.name)
    changed = [name for name, value in _readable(locked).items() if before[name] != value]
    audit.record(
        cooperative=member.cooperative, action="member.edit", by=by, subject=locked, fields=changed
    )
    return locked


@transaction.atomic
def move(*, member: Member, to: Status, on: date, by: Any) -> Member:
    """Move a person who is not yet a member along the funnel.

    :raises RegistrationRefused: the person is a member or has left
    """
    assert to in (Status.LEAD, Status.APPLIED, Status.INCOMPLETE)
    if member.status in (Status.ACTIVE, Status.LEFT):
        raise RegistrationRefused(_("Only people who are not yet members move along the funnel."))
    return _set_status(member, to, on=on, by=by)


@transaction.atomic
def activate(*, member: Member, on: date, by: Any) -> Member:
    """Make a person a member, with the next number; called when the principal is paid in full.

    :raises RegistrationRefused: the identity number is missing
    """
    if member.is_active:
        return member
    if not member.nik_hash:
        raise RegistrationRefused(_("The NIK is missing. Fill it in before the last payment."))
    member.number = numbering.next_number(cooperative=member.cooperative, series="member")
    member.joined_on = on
    _set_status(member, Status.ACTIVE, on=on, by=by)
    figures.add(cooperative=member.cooperative, on=on, active_members=1)
    return member


@transaction.atomic
def reveal_nik(*, member: Member, by: Any) -> str:
    """The identity number in the clear, with an audit event saying who looked."""
    audit.record(
        cooperative=member.cooperative, action="member.nik_reveal", by=by, subject=member
    )
    return member.unsealed_nik()


def _refuse_nameless(particulars: Particulars) -> None:
    if not particulars.name.strip():
        raise RegistrationRefused(_("The name is missing."), field="name")


def _refuse_taken_nik(
    cooperative: Cooperative, nik: Nik | None, besides: Member | None = None
) -> None:
    if nik is None:
        return
    holder = Member.objects.of(cooperative).with_nik(cooperative.pk, nik.digits).first()
    if holder is not None and holder != besides:
        raise RegistrationRefused(
            _("This NIK is already registered here, for %(name)s.") % {"name": holder.name},
            field="nik",
        )


def _fill(member: Member, particulars: Particulars, on: date) -> None:
    for name in Particulars.__dataclass_fields__:
        if name != "nik":
            setattr(member, name, getattr(particulars, name))
    member.name = " ".join(particulars.name.split())
    nik = particulars.nik
    if nik is None:
        return
    member.nik_sealed = seal(nik.digits)
    member.nik_hash = nik_hash(member.cooperative_id, nik.digits)
    member.nik_last4 = nik.last4
    member.nik_area = nik.region
    member.birth_date = particulars.birth_date or nik.born(on)
    member.sex = particulars.sex or (Sex.FEMALE if nik.female else Sex.MALE)


def _readable(member: Member) -> dict[str, Any]:
    return {name: getattr(member, name) for name in Particulars.__dataclass_fields__ if name != "nik"} | {
        "nik": bytes(member.nik_hash) if member.nik_hash else None
    }


def _set_status(member: Member, status: Status, *, on: date, by: Any) -> Member:
    before, member.status = member.status, status
    if before == status:
        return member
    member.version += 1
    member.save(update_fields=["status", "number", "joined_on", "left_on", "version"])
    _note_change(member, before=before, on=on, by=by)
    audit.record(
        cooperative=member.cooperative,
        action="member.status",
        by=by,
        subject=member,
        before=before,
        after=status,
    )
    return member


def _note_change(member: Member, *, before: str, on: date, by: Any) -> None:
    StatusChange.objects.create(
        cooperative=member.cooperative,
        member=member,
        before=before,
        after=member.status,
        on=on,
        by=by,
    )
