"""Writing down who runs the cooperative and who watches over it, term by term."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import idempotency
from kkmp.lib.errors import Conflict, DomainError
from kkmp.lib.periods import format_date, refuse_far
from kkmp.registry import turns
from kkmp.registry.models import Cooperative
from members.bodies.models import Body, Officer, Position
from members.register.models import Member

#: A term begins within a year and ends within so many.
MOST_YEARS = 11


class OfficerRefused(DomainError):
    """The term may not be recorded like this; the message says what to change."""


class OfficerConflict(Conflict):
    """Somebody else changed the officer in the meantime."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What is kept of somebody's term in a body.

    :param member: on the register here; the name and the sex may then be left empty
    """

    body: Body
    position: Position
    started_on: date
    term_ends_on: date
    name: str = ""
    sex: str = ""
    member: Member | None = None
    is_kelurahan_head: bool = False
    decision_number: str = ""


@transaction.atomic
def add(
    *, cooperative: Cooperative, term: Term, key: UUID | None = None, on: date, by: User
) -> Officer:
    """Write down a term.

    :param key: made by the page; the same key again returns the officer recorded first
    :param on: today: a term begins within a year of it
    :raises OfficerRefused: no name, a post that the body does not have, or days that are out of
        order or too far off to be meant
    :raises KeyReused: the key was used for another term
    """
    content = idempotency.content_hash("officer.add", _tidied(term))
    return _earlier(cooperative, key, content) or _add(cooperative, term, key, content, on, by)


@transaction.atomic
def edit(*, officer: Officer, term: Term, version: int, on: date, by: User) -> Officer:
    """Put right what was written down of a term.

    :param version: of the officer when the form was opened
    :raises OfficerConflict: somebody else saved in the meantime
    :raises OfficerRefused: as in :func:`add`
    """
    officer = held(officer)
    if officer.version != version:
        raise OfficerConflict(
            _("Somebody else changed this officer just now. Look at the new data and try again.")
        )
    _fill(officer, term)
    _refuse_unfit(officer, on)
    officer.version += 1
    officer.save()
    _note("officer.edit", officer, by)
    return officer


@transaction.atomic
def end(*, officer: Officer, ended_on: date, why: str, on: date, by: User) -> Officer:
    """End somebody's time in office; the same day again changes nothing.

    :param ended_on: the first day without the post
    :raises OfficerRefused: ended already, or the day is before the start or lies ahead
    """
    officer = held(officer)
    if officer.ended_on == ended_on:
        return officer
    _refuse_end(officer, ended_on, on)
    officer.ended_on, officer.ended_why = ended_on, " ".join(why.split())[:200]
    officer.version += 1
    officer.save()
    _note("officer.end", officer, by, ended_on=ended_on.isoformat())
    return officer


@transaction.atomic
def renew(*, officer: Officer, term: Term, key: UUID | None = None, on: date, by: User) -> Officer:
    """Begin a new term of the same person; the old one ends where the new one starts.

    :param key: as in :func:`add`
    :raises OfficerRefused: as in :func:`add` and :func:`end`
    :raises KeyReused: the key was used for another term, or of somebody else
    """
    old = held(officer)
    content = idempotency.content_hash("officer.renew", old, _tidied(term))
    first = _earlier(old.cooperative, key, content)
    if first is not None:
        return first
    fresh = _add(old.cooperative, term, key, content, on, by)
    if old.ended_on is None:
        why = _("New term")
        end(officer=old, ended_on=term.started_on, why=why, on=max(on, term.started_on), by=by)
    return fresh


def held(officer: Officer) -> Officer:
    """The term as it is now; nobody else changes it until the transaction ends."""
    rows = Officer.objects.of(officer.cooperative_id).select_for_update(of=("self",))
    return rows.select_related("cooperative").get(id=officer.id)


def _earlier(cooperative: Cooperative, key: UUID | None, content: str) -> Officer | None:
    if key is None:
        return None
    # The same form may come in twice at once.
    turns.take(cooperative, key)
    rows = Officer.objects.of(cooperative).filter(id=idempotency.id_for(cooperative.pk, key))
    return idempotency.first_result(rows, content)


def _add(
    cooperative: Cooperative, term: Term, key: UUID | None, content: str, on: date, by: User
) -> Officer:
    officer = Officer(cooperative=cooperative, id=idempotency.id_for(cooperative.pk, key))
    officer.content_hash = content if key else ""
    _fill(officer, term)
    _refuse_unfit(officer, on)
    officer.save(force_insert=True)
    _note("officer.add", officer, by)
    return officer


def _tidied(term: Term) -> Term:
    words: dict[str, Any] = {
        column.name: " ".join(value.split())
        for column in fields(term)
        if type(value := getattr(term, column.name)) is str
    }
    return replace(term, **words)


def _fill(officer: Officer, term: Term) -> None:
    tidied = _tidied(term)
    for column in fields(tidied):
        setattr(officer, column.name, getattr(tidied, column.name))
    if term.member is not None:
        officer.name = officer.name or term.member.name
        officer.sex = officer.sex or term.member.sex


def _refuse_unfit(officer: Officer, on: date) -> None:
    if not officer.name:
        raise OfficerRefused(_("The name is missing."), field="name")
    for name in ("name", "decision_number"):
        most = getattr(Officer._meta.get_field(name), "max_length", 0)
        if len(getattr(officer, name)) > most:
            raise OfficerRefused(
                _("At most %(count)d characters fit here.") % {"count": most}, field=name
            )
    chair_or_member = (Position.CHAIR, Position.MEMBER, Position.SECRETARY)
    if officer.body == Body.SUPERVISORS and officer.position not in chair_or_member:
        raise OfficerRefused(
            _("The supervisors have a chair, a secretary and members."), field="position"
        )
    refuse_far(officer.started_on, on=on, field="started_on", refusal=OfficerRefused)
    refuse_far(
        officer.term_ends_on,
        on=on,
        field="term_ends_on",
        refusal=OfficerRefused,
        years=MOST_YEARS,
    )
    if officer.term_ends_on <= officer.started_on:
        raise OfficerRefused(
            _("The term must end after it begins, on %(date)s.")
            % {"date": format_date(officer.started_on)},
            field="term_ends_on",
        )
    if officer.ended_on is not None and officer.ended_on < officer.started_on:
        raise OfficerRefused(
            _("The person left office on %(date)s; the term must begin before that.")
            % {"date": format_date(officer.ended_on)},
            field="started_on",
        )


def _refuse_end(officer: Officer, ended_on: date, on: date) -> None:
    if officer.ended_on is not None:
        raise OfficerRefused(
            _("This term has ended already, on %(date)s.") % {"date": format_date(officer.ended_on)}
        )
    if not officer.started_on <= ended_on <= on:
        raise OfficerRefused(
            _("The day must lie between %(first)s and today.")
            % {"first": format_date(officer.started_on)},
            field="ended_on",
        )


def _note(action: str, officer: Officer, by: User, **details: Any) -> None:
    audit.record(
        cooperative=officer.cooperative,
        action=action,
        by=by,
        subject=officer,
        body=officer.body,
        position=officer.position,
        **details,
    )
