"""Coming onto the register and moving through the funnel."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.models import Party, PartyKind
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import idempotency
from kkmp.lib.errors import Conflict, insist
from kkmp.registry import turns
from kkmp.registry.models import Cooperative
from kkmp.registry.services import figures, numbering
from members.register.models import Member, Status, StatusChange
from members.register.services import marks
from members.register.services.particulars import (
    Particulars,
    RegistrationRefused,
    fill,
    readable,
    refuse_unfit,
)

__all__ = [
    "CANDIDATES",
    "CONTACT",
    "EditConflict",
    "Particulars",
    "RegistrationRefused",
    "activate",
    "apply_again",
    "edit",
    "fill",
    "leave",
    "lock_all",
    "locked",
    "move",
    "refuse_unfit",
    "register",
    "reveal_nik",
]

#: Steps of the funnel that a person takes before becoming a member.
CANDIDATES = (Status.LEAD, Status.APPLIED, Status.INCOMPLETE)


#: What may still be corrected of somebody who has left, so that they can be reached.
CONTACT = ("phone", "address", "rt", "rw")


class EditConflict(Conflict):
    """Somebody else changed the member in the meantime."""


@transaction.atomic
def register(
    *,
    cooperative: Cooperative,
    particulars: Particulars,
    status: Status = Status.APPLIED,
    on: date,
    by: User,
    key: UUID | None = None,
) -> Member:
    """Put a person on the register as lead, applied or incomplete.

    Birth date and sex follow from the NIK where they are not given.

    :param key: made by the page; the same key again returns the person registered first, with
        ``is_repeat`` set
    :raises RegistrationRefused: the name is missing, something is too long, or the NIK is
        registered here already
    :raises KeyReused: the key was used for somebody else, or with other particulars
    """
    insist(status in CANDIDATES, f"nobody is registered as {status}")
    member = Member(cooperative=cooperative, status=status, applied_on=on)
    member.id = idempotency.id_for(cooperative.pk, key)
    fill(member, particulars, on)
    member.content_hash = _content(member) if key else ""
    if key:
        # The same form may be sent twice at once.
        turns.take(cooperative, key)
    first = _registered_before(member) if key else None
    if first is not None:
        return first
    refuse_unfit(member)
    _refuse_taken_nik(member)
    _add(member)
    marks.keep_in_step(member)
    _note_change(member, before="", on=on, by=by)
    audit.record(cooperative=cooperative, action="member.register", by=by, subject=member)
    return member


@transaction.atomic
def edit(*, member: Member, particulars: Particulars, version: int, on: date, by: User) -> Member:
    """Change a person's particulars.

    :param version: of the member when the form was opened
    :param particulars: a ``nik`` of None leaves the identity number as it is
    :raises EditConflict: somebody else saved in the meantime
    :raises RegistrationRefused: as in :func:`register`, or it is more than the contact of
        somebody who has left
    """
    member = locked(member)
    if member.version != version:
        raise EditConflict(
            _("Somebody else changed this member just now. Look at the new data and try again.")
        )
    before, nik_before = readable(member), member.unsealed_nik()
    fill(member, particulars, on)
    changed = sorted(name for name, value in readable(member).items() if before[name] != value)
    if member.status == Status.LEFT and particulars.nik is not None:
        # Also the same one: else its refusal would tell which it is.
        _refuse_rewriting(["nik"])
    if not changed:
        return member
    refuse_unfit(member)
    if member.status == Status.LEFT:
        _refuse_rewriting(changed)
    if "nik" in changed:
        _refuse_taken_nik(member)
    member.version += 1
    member.save()
    if "nik" in changed:
        marks.keep_in_step(member, before=nik_before)
    if "name" in changed:
        Party.objects.of(member.cooperative).filter(id=member.party_id).update(name=member.name)
    audit.record(
        cooperative=member.cooperative, action="member.edit", by=by, subject=member, fields=changed
    )
    return member


@transaction.atomic
def move(*, member: Member, to: Status, on: date, by: User | None) -> Member:
    """Move a person who is not yet a member along the funnel.

    :raises RegistrationRefused: the person is a member or has left
    """
    insist(to in CANDIDATES, f"no step of the funnel: {to}")
    member = locked(member)
    if member.status not in CANDIDATES:
        raise RegistrationRefused(_("Only people who are not yet members move along the funnel."))
    return _set_status(member, to, on=on, by=by)


@transaction.atomic
def activate(*, member: Member, on: date, by: User | None) -> Member:
    """Make a person a member, with the next number; :mod:`savings` calls it at full payment.

    :param member: held by :func:`locked`
    :raises RegistrationRefused: the identity number is missing
    """
    insist(member.status in CANDIDATES, "somebody who is not a member yet")
    if not member.nik_hash:
        raise RegistrationRefused(_("The NIK is missing. Fill it in before the last payment."))
    member.number = numbering.next_number(cooperative=member.cooperative, series="member")
    member.joined_on = on
    _set_status(member, Status.ACTIVE, on=on, by=by)
    figures.add(cooperative=member.cooperative, on=on, active_members=1)
    return member


@transaction.atomic
def leave(*, member: Member, on: date, by: User) -> Member:
    """Strike a person off the register; :mod:`exits` calls it when the savings are settled.

    The row keeps its number: the register goes on showing the line.

    :param member: held by :func:`locked`
    :param on: the last day; a member less is counted on it
    """
    insist(member.status != Status.LEFT, "nobody leaves twice")
    was_active = member.is_active
    member.left_on = on
    _set_status(member, Status.LEFT, on=on, by=by)
    if was_active:
        figures.add(cooperative=member.cooperative, on=on, active_members=-1)
    return member


@transaction.atomic
def apply_again(*, member: Member, on: date, by: User) -> Member:
    """Put somebody who left back among those who apply; :mod:`readmission` calls it.

    The old number stays with the old membership, and the next one is given on becoming a
    member again.

    :param member: held by :func:`locked`
    """
    insist(member.status == Status.LEFT, "only who left applies again")
    member.number, member.joined_on, member.left_on, member.applied_on = None, None, None, on
    return _set_status(member, Status.APPLIED, on=on, by=by)


@transaction.atomic
def reveal_nik(*, member: Member, by: User) -> str:
    """The identity number in the clear, with an audit event saying who looked."""
    audit.record(cooperative=member.cooperative, action="member.nik_reveal", by=by, subject=member)
    return member.unsealed_nik()


def locked(member: Member) -> Member:
    """The member's row as it is now, held until the transaction ends.

    Payments, moves and edits of one person wait for each other by it; call it before reading
    what the decision depends on.
    """
    return locked_by_id(member.cooperative_id, member.id)


def locked_by_id(cooperative: Cooperative | UUID, member_id: UUID) -> Member:
    """The member with the row locked, for a caller that only has the id."""
    return (
        Member.objects.of(cooperative)
        .select_for_update(of=("self",))
        .select_related("cooperative", "party")
        .get(id=member_id)
    )


def lock_all(cooperative: Cooperative, member_ids: Sequence[UUID]) -> None:
    """Hold many members' rows until the transaction ends, in the order of their ids."""
    rows = Member.objects.of(cooperative).filter(id__in=set(member_ids))
    list(rows.select_for_update(of=("self",)).order_by("id").values_list("id"))


def hold_niks(cooperative: Cooperative | UUID) -> None:
    """Let nobody else give anybody an identity number here until the transaction ends.

    For whoever looks whether a number is somebody's already, and then writes it.
    """
    turns.take(cooperative, "identity numbers")


def _content(member: Member) -> str:
    """The content hash of a registration; the identity number by its keyed hash alone."""
    return idempotency.content_hash("member.register", member.status, readable(member))


def _registered_before(member: Member) -> Member | None:
    rows = Member.objects.of(member.cooperative_id).filter(id=member.id)
    return idempotency.first_result(rows, member.content_hash)


@transaction.atomic
def _add(member: Member) -> None:
    member.party = Party.objects.create(
        cooperative=member.cooperative, kind=PartyKind.PERSON, name=member.name
    )
    member.save(force_insert=True)


def _refuse_taken_nik(member: Member) -> None:
    if member.nik_hash is None:
        return
    hold_niks(member.cooperative_id)
    others = Member.objects.of(member.cooperative_id).exclude(id=member.id)
    holder = others.filter(nik_hash=member.nik_hash).first()
    if holder is not None:
        raise RegistrationRefused(
            _("This NIK is already registered here, for %(name)s.") % {"name": holder.name},
            field="nik",
        )


def _refuse_rewriting(changed: list[str]) -> None:
    """The register keeps the line of a former member as it was."""
    others = [name for name in changed if name not in CONTACT]
    if others:
        text = _("Of somebody who has left, only phone and address can still be corrected.")
        raise RegistrationRefused(text, fields={name: [text] for name in others})


def _set_status(member: Member, status: Status, *, on: date, by: User | None) -> Member:
    before, member.status = member.status, status
    if before == status:
        return member
    member.save(update_fields=["status", "number", "applied_on", "joined_on", "left_on"])
    if Status.LEFT in (before, status):
        marks.keep_in_step(member)
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


def _note_change(member: Member, *, before: str, on: date, by: User | None) -> None:
    StatusChange.objects.create(
        cooperative=member.cooperative,
        member=member,
        before=before,
        after=member.status,
        on=on,
        by=by,
    )
