"""Taking the payments of many members in one act: a meeting's collection, or a list of bills.

The rules are those of one deposit (:mod:`members.savings.services.savings`), applied to many people
in few statements. Either all payments are taken or none.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from finance.ledger.models import Journal
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import idempotency
from kkmp.lib.errors import insist
from kkmp.lib.languages import in_indonesian
from kkmp.registry import turns
from kkmp.registry.models import Cooperative
from kkmp.registry.services import figures, numbering
from members.dues.models import Collection, CollectionEntry, CollectionSource
from members.dues.services.collection_rules import CollectionRefused, Payment, refuse_unfit
from members.register.models import Member
from members.savings.models import PaidBy, SavingsBalance, SavingsEntry
from members.savings.services import days, passbook

__all__ = ["CollectionRefused", "Payment", "collect"]

#: The most lines in one journal, the line of the money included. A trigger adds up the whole
#: journal for each of its lines, so a long journal takes very long.
LINES_A_JOURNAL = 400
_ROWS_A_STATEMENT = 1000
_KINDS = {
    CollectionSource.MEETING: "savings.collection",
    CollectionSource.BILLS: "savings.bills",
}


@dataclass(frozen=True, slots=True)
class _Act:
    """What one call is about, for the steps below."""

    cooperative: Cooperative
    source: CollectionSource
    into: str
    key: UUID
    on: date
    by: User


@transaction.atomic
def collect(
    *,
    cooperative: Cooperative,
    payments: Sequence[Payment],
    title: str,
    key: UUID,
    on: date,
    by: User,
    source: CollectionSource = CollectionSource.MEETING,
    into: str = Code.CASH,
    day: date | None = None,
) -> Collection:
    """Take mandatory and voluntary savings of many members: all of them or nothing.

    Payments of one member for one kind become one entry with one receipt number.

    :param title: where or from whom, at most 80 characters: ``Rapat RW 03``
    :param key: made by the page or program; the same key with the same content returns the
        first collection, whatever the day, with ``is_repeat`` set
    :param into: code of the account that receives the money; the clearing account for what
        was paid before the books began
    :param day: the past day of an open month on which it was collected, such as that of a
        meeting; None is ``on``, today
    :raises days.DayRefused: the day has not come, or lies before somebody became a member
    :raises CollectionRefused: no title, no payment, an amount that cannot be, a kind that is not
        collected, or somebody who is not a member; ``fields`` names members by their id
    :raises ledger.KeyReused: the key was used for other content
    :raises ledger.PostingRefused: ``on`` lies in a closed month
    """
    act = _Act(cooperative, CollectionSource(source), str(into), key, on, by)
    payments, title = merged(payments), " ".join(title.split())
    members = _locked(cooperative, payments)
    made = Collection(
        cooperative=cooperative,
        source=act.source,
        title=title,
        date=on,
        payments=len(payments),
        total_idr=sum(payment.amount_idr for payment in payments),
        key=key,
        content_hash=_content(act, title, payments, day),
        taken_by=by,
    )
    # The same form may be sent twice at once.
    turns.take(cooperative, key)
    first = _taken_before(made)
    if first is not None:
        return first
    refuse_unfit(title, payments, members)
    made.date = _counted(payments, members, day, on)
    act = replace(act, on=made.date)
    _open(made)
    _enter(act, made, payments, members)
    return made


def merged(payments: Iterable[Payment]) -> list[Payment]:
    """One payment a member and kind, in the order in which they first come."""
    sums: dict[tuple[UUID, UUID], Payment] = {}
    for one in payments:
        place = one.member.id, one.kind.id
        before_idr = sums[place].amount_idr if place in sums else 0
        sums[place] = Payment(one.member, one.kind, before_idr + one.amount_idr)
    return list(sums.values())


def _locked(cooperative: Cooperative, payments: Sequence[Payment]) -> dict[UUID, Member]:
    """Everybody who pays as they are now, held until the transaction ends."""
    ids = {payment.member.id for payment in payments}
    rows = Member.objects.of(cooperative).filter(id__in=ids).order_by("id")
    held = rows.select_for_update(of=("self",)).select_related("party")
    members = {member.id: member for member in held}
    insist(members.keys() == ids, "members of this cooperative")
    return members


def _counted(
    payments: Sequence[Payment], members: dict[UUID, Member], day: date | None, on: date
) -> date:
    """The day that all of it counts for, by the rules of a single deposit."""
    for payment in payments:
        days.counted(members[payment.member.id], payment.kind, day, on=on)
    return day or on


def _content(act: _Act, title: str, payments: Sequence[Payment], day: date | None) -> str:
    """A hash of what was asked for.

    Today is not part of it: a form that is sent again after midnight asks for the same. A day that
    somebody chose is.
    """
    rows = {(p.member.id, p.kind.id, p.amount_idr) for p in payments}
    return idempotency.content_hash(act.source, act.into, title, rows, day)


def _taken_before(made: Collection) -> Collection | None:
    rows = Collection.objects.of(made.cooperative).filter(key=made.key)
    return idempotency.first_result(rows, made.content_hash)


@transaction.atomic
def _open(made: Collection) -> None:
    made.number = numbering.next_number(cooperative=made.cooperative, series="collection")
    made.save(force_insert=True)


def _enter(
    act: _Act, made: Collection, payments: Sequence[Payment], members: dict[UUID, Member]
) -> None:
    """Write balances, journals, entries and counters.

    All acts on savings write in this order, so that none waits for another that waits for it.
    """
    after_idr = _raise_balances(act.cooperative, payments)
    entries = [
        SavingsEntry(
            cooperative=act.cooperative,
            member=members[payment.member.id],
            kind=payment.kind,
            date=act.on,
            amount_idr=payment.amount_idr,
            balance_after_idr=after_idr[payment.member.id, payment.kind.id],
            method=PaidBy.CASH if act.into == Code.CASH else "",
        )
        for payment in payments
    ]
    for journal, part in _journals(act, made, entries):
        for entry in part:
            entry.journal = journal
    passbook.write_all(act.cooperative, entries)
    CollectionEntry.objects.bulk_create(
        (CollectionEntry(cooperative=act.cooperative, collection=made, entry=e) for e in entries),
        batch_size=_ROWS_A_STATEMENT,
    )
    audit.record(
        cooperative=act.cooperative,
        action="savings.collect",
        by=act.by,
        subject=made,
        title=made.title,
        payments=made.payments,
        amount_idr=made.total_idr,
    )
    _count(act, entries)


def _raise_balances(
    cooperative: Cooperative, payments: Sequence[Payment]
) -> dict[tuple[UUID, UUID], int]:
    """Add the payments to the balances; what is held afterwards, by member and kind.

    The members are locked, so nobody else moves their balances meanwhile.
    """
    rows = SavingsBalance.objects.of(cooperative).filter(
        member_id__in={payment.member.id for payment in payments}
    )
    held = {(row.member_id, row.kind_id): row for row in rows}
    changed = []
    for payment in payments:
        place = payment.member.id, payment.kind.id
        row = held.setdefault(
            place,
            SavingsBalance(cooperative=cooperative, member=payment.member, kind=payment.kind),
        )
        row.balance_idr += payment.amount_idr
        changed.append(row)
    SavingsBalance.objects.bulk_create(
        changed,
        batch_size=_ROWS_A_STATEMENT,
        update_conflicts=True,
        unique_fields=["cooperative", "member", "kind"],
        update_fields=["balance_idr"],
    )
    return {place: row.balance_idr for place, row in held.items()}


def _journals(
    act: _Act, made: Collection, entries: Sequence[SavingsEntry]
) -> Iterator[tuple[Journal, Sequence[SavingsEntry]]]:
    with in_indonesian():
        memo = _("Savings collected: %(title)s") % {"title": made.title}
    step = LINES_A_JOURNAL - 1
    for number, start in enumerate(range(0, len(entries), step), start=1):
        part = entries[start : start + step]
        credits = [
            ledger.credit(entry.kind.account_code, entry.amount_idr, party=entry.member.party)
            for entry in part
        ]
        journal = ledger.post(
            cooperative=act.cooperative,
            kind=_KINDS[act.source],
            memo=memo[:200],
            entries=[ledger.debit(act.into, sum(e.amount_idr for e in part)), *credits],
            key=ledger.derived_key(act.key, f"collection {number}"),
            on=act.on,
            by=act.by,
        )
        # The collection is new, so its journals must be new too.
        insist(not journal.is_repeat, "a new collection posts new journals")
        yield journal, part


def _count(act: _Act, entries: Sequence[SavingsEntry]) -> None:
    """Add the entries to the city's counters; last, see :func:`passbook.count`."""
    figures.add(cooperative=act.cooperative, on=act.on, unit="", **passbook.measured(entries))
