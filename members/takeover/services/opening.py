"""Taking over a list that was kept before the books began: many people and what they had paid.

The same rules as :mod:`membership` and :mod:`savings`, for thousands of people in a few
statements. What they had paid comes out of the opening clearing account (3-9101), not the cash.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from finance.ledger.models import Journal, Party, PartyKind
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import idempotency
from kkmp.lib.ids import new_id
from kkmp.lib.languages import in_indonesian
from kkmp.registry.models import Cooperative
from kkmp.registry.services import figures, numbering
from members.register.models import Member, StatusChange
from members.register.services import marks, membership
from members.register.services.particulars import readable
from members.savings.models import SavingsBalance, SavingsEntry, SavingsKind, SavingsRole
from members.savings.services import passbook
from members.takeover.services import old_numbers
from members.takeover.services.opening_rules import Opening, PrincipalRule, refusals

#: Lines of one journal; a longer list takes several, because the database adds up the whole
#: journal again for each of its lines.
LINES_A_JOURNAL = 400
_ROWS_A_STATEMENT = 1000


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What a list has become."""

    members: list[Member]
    journals: list[Journal]


@transaction.atomic
def take_over(
    *, cooperative: Cooperative, people: Sequence[Opening], key: UUID, on: date, by: User | None
) -> TakenOver:
    """Register people with their opening savings: all of them or nobody.

    Members keep the numbers of the list; those without get the next ones in its order, after the
    highest. Journals, status changes and the city's counters are dated ``on``; the register keeps
    the days of the list.

    :param key: of the act; members and journals take theirs from it, so that the same key with
        the same content returns what it made first
    :raises opening_rules.OpeningRefused: see
        :func:`~members.takeover.services.opening_rules.refusals`
    :raises membership.RegistrationRefused: a name or the NIK of a member is missing, something
        is too long, or a NIK or a number is somebody's here or stands there twice
    :raises ledger.KeyReused: the key was used for another list
    :raises ledger.PostingRefused: ``on`` lies in a closed month
    """
    ids = _ids(cooperative, key, len(people))
    members = [_member(cooperative, one, made, on) for one, made in zip(people, ids, strict=True)]
    content = _content(people, members, on)
    # A twin of this list has finished by then.
    numbering.take_numbers(cooperative=cooperative, series="member", count=0)
    first = _taken_before(cooperative, ids, key, content)
    if first is not None:
        return first
    rule = PrincipalRule.of(cooperative)
    for person in people:
        for refusal in refusals(person, rule, on=on):
            raise refusal
    for member in members:
        member.content_hash = content
        _refuse_unfit(member)
    membership.hold_niks(cooperative)
    _refuse_taken(cooperative, members)
    _number(cooperative, people, members)
    _register(cooperative, members, on, by)
    deposits = _deposits(cooperative, people, members)
    journals = _post(cooperative, deposits, key, on, by)
    _count(cooperative, members, deposits, on)
    audit.record(
        cooperative=cooperative,
        action="members.take_over",
        by=by,
        people=len(members),
        active=sum(member.is_active for member in members),
        amount_idr=sum(entry.amount_idr for entry in deposits),
        key=str(key),
    )
    return TakenOver(members, journals)


def journals_of(*, cooperative: Cooperative, key: UUID, count: int) -> list[Journal]:
    """The journals that a list has posted under this key; there were ``count`` of them."""
    keys = [_part_key(key, part) for part in range(1, count + 1)]
    return list(Journal.objects.of(cooperative).filter(key__in=keys).order_by("number", "id"))


def _part_key(key: UUID, part: int) -> UUID:
    return ledger.derived_key(key, f"opening savings {part}")


def _ids(cooperative: Cooperative, key: UUID, count: int) -> list[UUID]:
    """The ids of the people, rising in the order of the list, as lists of them are shown."""
    parts = range(1, count + 1)
    return sorted(idempotency.id_for(cooperative.pk, key, part=part) for part in parts)


def _taken_before(
    cooperative: Cooperative, ids: Sequence[UUID], key: UUID, content: str
) -> TakenOver | None:
    """What an earlier try of this list has become."""
    every = Member.objects.of(cooperative)
    one = every.filter(id=idempotency.id_for(cooperative.pk, key, part=1))
    if idempotency.first_result(one, content) is None:
        return None
    held = {member.id: member for member in every.filter(id__in=ids)}
    most = -(-len(ids) * len(SavingsRole) // LINES_A_JOURNAL)
    journals = journals_of(cooperative=cooperative, key=key, count=most)
    return TakenOver([held[made] for made in ids], journals)


def _content(people: Sequence[Opening], members: Sequence[Member], on: date) -> str:
    """The content hash of the list; identity numbers by their keyed hashes alone."""
    rows = [
        (
            readable(member),
            one.status,
            one.since,
            one.number,
            [one.amount_idr(role) for role in SavingsRole],
        )
        for one, member in zip(people, members, strict=True)
    ]
    return idempotency.content_hash("members.take_over", rows, on)


def _member(cooperative: Cooperative, person: Opening, made: UUID, on: date) -> Member:
    member = Member(
        id=made, cooperative=cooperative, status=person.status_taken, applied_on=person.since
    )
    membership.fill(member, person.particulars, on)
    if member.is_active:
        member.joined_on = person.since
    member.party = Party(
        id=new_id(), cooperative=cooperative, kind=PartyKind.PERSON, name=member.name
    )
    return member


def _refuse_unfit(member: Member) -> None:
    membership.refuse_unfit(member)
    if member.is_active and not member.nik_hash:
        raise membership.RegistrationRefused(
            _("%(name)s: the NIK is missing.") % {"name": member.name}, field="nik"
        )


def _refuse_taken(cooperative: Cooperative, members: Sequence[Member]) -> None:
    hashes = [bytes(member.nik_hash) for member in members if member.nik_hash]
    holder = Member.objects.of(cooperative).filter(nik_hash__in=hashes).order_by("name", "id")
    if (first := holder.first()) is not None:
        raise membership.RegistrationRefused(
            _("The NIK of %(name)s is registered here already.") % {"name": first.name},
            field="nik",
        )
    if len(set(hashes)) < len(hashes):
        raise membership.RegistrationRefused(_("A NIK stands there twice."), field="nik")


def _number(cooperative: Cooperative, people: Sequence[Opening], members: Sequence[Member]) -> None:
    old_numbers.keep(cooperative, people, members)
    fresh = [member for member in members if member.is_active and member.number is None]
    if fresh:
        numbers = numbering.take_numbers(cooperative=cooperative, series="member", count=len(fresh))
        for member, number in zip(fresh, numbers, strict=True):
            member.number = number


@transaction.atomic
def _register(
    cooperative: Cooperative, members: Sequence[Member], on: date, by: User | None
) -> None:
    Party.objects.bulk_create((m.party for m in members), batch_size=_ROWS_A_STATEMENT)
    Member.objects.bulk_create(members, batch_size=_ROWS_A_STATEMENT)
    changes = (
        StatusChange(cooperative=cooperative, member=m, before="", after=m.status, on=on, by=by)
        for m in members
    )
    StatusChange.objects.bulk_create(changes, batch_size=_ROWS_A_STATEMENT)
    marks.keep(cooperative, members)


def _deposits(
    cooperative: Cooperative, people: Sequence[Opening], members: Sequence[Member]
) -> list[SavingsEntry]:
    """An entry for everything that somebody had paid; numbers and journals come later."""
    kinds = list(SavingsKind.objects.of(cooperative).order_by("position", "id"))
    by_role = {kind.role: kind for kind in reversed(kinds)}
    return [
        SavingsEntry(
            cooperative=cooperative,
            member=member,
            kind=by_role[role],
            amount_idr=amount_idr,
            balance_after_idr=amount_idr,
        )
        for person, member in zip(people, members, strict=True)
        for role in SavingsRole
        if (amount_idr := person.amount_idr(role))
    ]


def _post(
    cooperative: Cooperative, deposits: Sequence[SavingsEntry], key: UUID, on: date, by: User | None
) -> list[Journal]:
    if not deposits:
        return []
    SavingsBalance.objects.bulk_create(
        (
            SavingsBalance(
                cooperative=cooperative,
                member=entry.member,
                kind=entry.kind,
                balance_idr=entry.amount_idr,
            )
            for entry in deposits
        ),
        batch_size=_ROWS_A_STATEMENT,
    )
    journals = list(_journals(cooperative, deposits, key, on, by))
    for entry in deposits:
        entry.date = on
    passbook.write_all(cooperative, deposits)
    return journals


def _journals(
    cooperative: Cooperative, deposits: Sequence[SavingsEntry], key: UUID, on: date, by: User | None
) -> Iterator[Journal]:
    with in_indonesian():
        memo = _("Opening savings of %(count)d members")
    for part, start in enumerate(range(0, len(deposits), LINES_A_JOURNAL), start=1):
        entries = deposits[start : start + LINES_A_JOURNAL]
        journal = ledger.post(
            cooperative=cooperative,
            kind="savings.opening",
            memo=memo % {"count": len({entry.member_id for entry in entries})},
            entries=[
                ledger.debit(Code.OPENING_CLEARING, sum(entry.amount_idr for entry in entries)),
                *(
                    ledger.credit(
                        entry.kind.account_code, entry.amount_idr, party=entry.member.party
                    )
                    for entry in entries
                ),
            ],
            key=_part_key(key, part),
            on=on,
            by=by,
        )
        for entry in entries:
            entry.journal = journal
        yield journal


def _count(
    cooperative: Cooperative,
    members: Sequence[Member],
    deposits: Sequence[SavingsEntry],
    on: date,
) -> None:
    """Move the city's counters: last, because every act of the day waits for their row."""
    sums = passbook.measured(deposits)
    active = sum(member.is_active for member in members)
    if active or sums:
        figures.add(
            cooperative=cooperative,
            on=on,
            active_members=active,
            principal_idr=sums["principal_idr"],
            mandatory_idr=sums["mandatory_idr"],
            voluntary_idr=sums["voluntary_idr"],
        )
