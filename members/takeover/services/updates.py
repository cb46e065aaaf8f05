"""Changing the particulars of many people at once, by the rules of :func:`membership.edit`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.seal import keyed_hash
from kkmp.registry.models import Cooperative
from members.register.models import Member
from members.register.services.membership import EditConflict
from members.register.services.particulars import (
    Particulars,
    RegistrationRefused,
    fill,
    readable,
    refuse_unfit,
)

#: What a list may change: everything but the identity number, by which people are told apart.
FIELDS = tuple(name for name in Particulars.__dataclass_fields__ if name != "nik")


@dataclass(frozen=True, slots=True)
class Update:
    """A change of a person's particulars: what they shall be.

    :param version: the member's version when the change was decided
    :param particulars: the new particulars, without a NIK, which stays as it is
    """

    member_id: UUID
    version: int
    particulars: Particulars


@dataclass(frozen=True, slots=True)
class Updated:
    """A person whose particulars were changed.

    :param before: the old values of what was changed, by particular
    """

    member: Member
    before: Mapping[str, Any]


@transaction.atomic
def edit_many(
    *, cooperative: Cooperative, updates: Sequence[Update], on: date, by: User | None
) -> list[Updated]:
    """Change particulars of many people: of all of them or of nobody.

    :raises EditConflict: one of them was changed in the meantime
    :raises RegistrationRefused: a name is missing or something is too long
    """
    people = locked(cooperative, [update.member_id for update in updates])
    changed = []
    for update in updates:
        member = people.get(update.member_id)
        if member is None or member.version != update.version:
            raise EditConflict(_changed_meanwhile(member))
        before = readable(member)
        fill(member, update.particulars, on)
        after = readable(member)
        old = {name: before[name] for name in FIELDS if before[name] != after[name]}
        if old:
            _refuse_unfit(member)
            changed.append(Updated(member, old))
    _save(cooperative, changed, by)
    return changed


@transaction.atomic
def put_back(
    *, cooperative: Cooperative, values: Mapping[UUID, Mapping[str, Any]], by: User | None
) -> list[Updated]:
    """Give people the particulars that they had before.

    :param values: old values by particular, by member
    """
    people = locked(cooperative, values)
    changed = []
    for member_id, old in values.items():
        member = people[member_id]
        before = {name: getattr(member, name) for name in old}
        for name, value in old.items():
            setattr(member, name, value)
        changed.append(Updated(member, before))
    _save(cooperative, changed, by)
    return changed


def locked(cooperative: Cooperative, ids: Iterable[UUID]) -> dict[UUID, Member]:
    """The rows of these people by id, held until the transaction ends.

    They are locked in the order of their ids, so that two acts on the same people cannot
    deadlock.
    """
    rows = (
        Member.objects.of(cooperative)
        .filter(id__in=list(ids))
        .select_for_update(of=("self",))
        .order_by("id")
    )
    return {member.id: member for member in rows}


def fingerprint(member: Member) -> bytes:
    """Tells whether somebody's particulars are still what they were, without telling them."""
    values = readable(member)
    nik = values.pop("nik")
    return keyed_hash(
        "particulars",
        str(member.cooperative_id),
        *(f"{name}={values[name]}" for name in sorted(values)),
        nik.hex() if nik else "",
    )


def _save(cooperative: Cooperative, changed: Sequence[Updated], by: User | None) -> None:
    if not changed:
        return
    members = [one.member for one in changed]
    for member in members:
        member.version += 1
    renamed = [one.member for one in changed if "name" in one.before]
    with connection.cursor() as cursor:
        columns = [[getattr(member, name) for member in members] for name in _COLUMNS]
        cursor.execute(_keep(), [*columns, cooperative.pk])
        if renamed:
            parties = [member.party_id for member in renamed]
            names = [member.name for member in renamed]
            cursor.execute(_RENAME, [parties, names, cooperative.pk])
    audit.record_many(
        cooperative=cooperative,
        action="member.edit",
        by=by,
        subjects=((one.member, {"fields": sorted(one.before)}) for one in changed),
    )


_COLUMNS = ("id", "version", *FIELDS)


@cache
def _keep() -> str:
    """Each column with the type that its field has in the database."""
    types = {name: Member._meta.get_field(name).db_type(connection) for name in _COLUMNS}
    return f"""
        UPDATE members_member AS member
        SET {", ".join(f"{name} = new.{name}" for name in _COLUMNS[1:])}
        FROM unnest({", ".join(f"%s::{types[name]}[]" for name in _COLUMNS)})
            AS new ({", ".join(_COLUMNS)})
        WHERE member.cooperative_id = %s AND member.id = new.id
    """  # noqa: S608  names and types of columns, which are ours


_RENAME = """
    UPDATE finance_party AS party SET name = new.name
    FROM unnest(%s::uuid[], %s::text[]) AS new (id, name)
    WHERE party.cooperative_id = %s AND party.id = new.id
"""


def _refuse_unfit(member: Member) -> None:
    try:
        refuse_unfit(member)
    except RegistrationRefused as refusal:
        raise RegistrationRefused(f"{member.name}: {refusal}", fields=refusal.fields) from refusal


def _changed_meanwhile(member: Member | None) -> str:
    if member is None:
        return _("Somebody on this list is no longer on the register. Look at the rows again.")
    return _("%(name)s was changed by somebody else just now. Look at the rows again.") % {
        "name": member.name
    }
