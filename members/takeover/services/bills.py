"""Taking over payments that another system had recorded, month by month, for many members.

The same rules as :mod:`savings`, for thousands of payments in a few statements. The money comes
out of the opening clearing account (3-9101), not the cash: it was paid before the books began.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
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
from kkmp.lib.periods import format_month
from kkmp.registry.models import Cooperative
from kkmp.registry.services import figures, numbering
from members.dues.models import Collection, CollectionEntry, CollectionSource
from members.register.models import Member, Status
from members.register.services import membership
from members.savings.models import SavingsBalance, SavingsEntry, SavingsRole
from members.savings.services import passbook
from members.takeover.models import ImportedBill
from members.takeover.services import bulk_reversal
from members.takeover.services.bills_rules import Bill, Rules

#: Lines of one journal; a longer month takes several, because the database adds up the whole
#: journal again for each of its lines.
LINES_A_JOURNAL = 400
_ROWS_A_STATEMENT = 1000


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What a list of payments has become."""

    collection: Collection
    entries: list[SavingsEntry]
    journals: list[Journal]


@transaction.atomic
def take_over(
    *,
    cooperative: Cooperative,
    payments: Sequence[Bill],
    title: str,
    key: UUID,
    on: date,
    by: User | None,
) -> TakenOver:
    """Post payments that were made before: all of them or none, dated ``on``.

    A person becomes a member when the principal is paid in full.

    :param title: where the list is from, such as the name of the file
    :param key: of the act; the same key with the same content returns the first, with
        ``is_repeat`` set on its collection
    :raises bills_rules.BillRefused: see :meth:`~members.takeover.services.bills_rules.Rules.judged`
    :raises membership.RegistrationRefused: it would make a member of somebody without a NIK
    :raises ledger.KeyReused: the key was used for other content
    :raises ledger.PostingRefused: ``on`` lies in a closed month
    """
    insist(bool(payments), "there is something to take over")
    content_hash = _content(payments, title, on)
    # A twin of this list has finished once its members are free.
    members = _locked(cooperative, payments)
    first = _taken_before(cooperative, key, content_hash)
    if first is not None:
        return first
    rules = Rules(cooperative, members, on)
    for refusal in rules.judged(payments):
        if refusal is not None:
            raise refusal
    ordered = sorted(payments, key=lambda bill: (bill.month, str(bill.member_id), bill.role))
    entries = _entries(cooperative, ordered, members, rules, on)
    journals = _post(cooperative, ordered, entries, key, on, by)
    collection = _collect(cooperative, entries, title, key, content_hash, on, by)
    _remember(cooperative, ordered, entries)
    _advance(rules, ordered, members, on, by)
    _count(cooperative, entries, on)
    audit.record(
        cooperative=cooperative,
        action="savings.bills",
        by=by,
        subject=collection,
        payments=len(entries),
        amount_idr=collection.total_idr,
        key=str(key),
    )
    return TakenOver(collection, entries, journals)


def collection_of(*, cooperative: Cooperative, key: UUID) -> Collection | None:
    """The collection that an act under this key has made."""
    return Collection.objects.of(cooperative).filter(key=key).first()


def _taken_before(cooperative: Cooperative, key: UUID, content_hash: str) -> TakenOver | None:
    known = Collection.objects.of(cooperative).filter(key=key)
    first = idempotency.first_result(known, content_hash)
    if first is None:
        return None
    made = CollectionEntry.objects.of(cooperative).filter(collection=first)
    rows = SavingsEntry.objects.of(cooperative).filter(id__in=made.values("entry_id"))
    entries = list(rows.select_related("journal").order_by("number", "id"))
    journals = {entry.journal_id: entry.journal for entry in entries}
    return TakenOver(first, entries, list(journals.values()))


def _locked(cooperative: Cooperative, payments: Sequence[Bill]) -> dict[UUID, Member]:
    """The members' rows, held until the transaction ends, in the order of their ids."""
    rows = (
        Member.objects.of(cooperative)
        .filter(id__in={bill.member_id for bill in payments})
        .select_related("cooperative", "party")
        .select_for_update(of=("self",))
        .order_by("id")
    )
    return {member.id: member for member in rows}


def _entries(
    cooperative: Cooperative,
    bills: Sequence[Bill],
    members: dict[UUID, Member],
    rules: Rules,
    on: date,
) -> list[SavingsEntry]:
    """An entry a payment with the balance after it, and the balances moved."""
    rows = SavingsBalance.objects.of(cooperative).filter(member__in=list(members))
    held = {(row.member_id, row.kind_id): row for row in rows}
    fresh, known = [], {}
    found = []
    for bill in bills:
        kind = rules.kinds[bill.role]
        balance = held.get((bill.member_id, kind.id))
        if balance is None:
            balance = SavingsBalance(
                cooperative=cooperative, member=members[bill.member_id], kind=kind
            )
            held[bill.member_id, kind.id] = balance
            fresh.append(balance)
        elif not balance._state.adding:
            known[balance.id] = balance
        balance.balance_idr += bill.amount_idr
        found.append(
            SavingsEntry(
                cooperative=cooperative,
                member=members[bill.member_id],
                kind=kind,
                date=on,
                amount_idr=bill.amount_idr,
                balance_after_idr=balance.balance_idr,
            )
        )
    SavingsBalance.objects.bulk_create(fresh, batch_size=_ROWS_A_STATEMENT)
    bulk_reversal.set_balances(cooperative, list(known.values()))
    return found


def _post(
    cooperative: Cooperative,
    bills: Sequence[Bill],
    entries: Sequence[SavingsEntry],
    key: UUID,
    on: date,
    by: User | None,
) -> list[Journal]:
    journals = []
    for part, (month, some) in enumerate(_parts(bills, entries), start=1):
        journal = ledger.post(
            cooperative=cooperative,
            kind="savings.bills",
            memo=_memo(month, len(some)),
            entries=[
                ledger.debit(Code.OPENING_CLEARING, sum(entry.amount_idr for entry in some)),
                *(
                    ledger.credit(
                        entry.kind.account_code, entry.amount_idr, party=entry.member.party
                    )
                    for entry in some
                ),
            ],
            key=ledger.derived_key(key, f"bills {part}"),
            on=on,
            by=by,
        )
        for entry in some:
            entry.journal = journal
        journals.append(journal)
    passbook.write_all(cooperative, entries)
    return journals


def _parts(
    bills: Sequence[Bill], entries: Sequence[SavingsEntry]
) -> Iterator[tuple[date, list[SavingsEntry]]]:
    """A journal a month, because it holds one entry of a member and kind; long ones are cut."""
    pairs = zip(bills, entries, strict=True)
    for month, group in groupby(pairs, key=lambda pair: pair[0].month):
        some = [entry for _bill, entry in group]
        for start in range(0, len(some), LINES_A_JOURNAL):
            yield month, some[start : start + LINES_A_JOURNAL]


def _memo(month: date, count: int) -> str:
    with in_indonesian():
        memo = _("Savings of %(month)s from another system: %(count)d payments")
        return memo % {"month": format_month(month), "count": count}


def _collect(
    cooperative: Cooperative,
    entries: Sequence[SavingsEntry],
    title: str,
    key: UUID,
    content_hash: str,
    on: date,
    by: User | None,
) -> Collection:
    collection = Collection.objects.create(
        cooperative=cooperative,
        number=numbering.next_number(cooperative=cooperative, series="collection"),
        source=CollectionSource.BILLS,
        title=title[:80],
        date=on,
        payments=len(entries),
        total_idr=sum(entry.amount_idr for entry in entries),
        key=key,
        content_hash=content_hash,
        taken_by=by,
    )
    CollectionEntry.objects.bulk_create(
        (
            CollectionEntry(cooperative=cooperative, collection=collection, entry=entry)
            for entry in entries
        ),
        batch_size=_ROWS_A_STATEMENT,
    )
    return collection


def _remember(
    cooperative: Cooperative, bills: Sequence[Bill], entries: Sequence[SavingsEntry]
) -> None:
    ImportedBill.objects.bulk_create(
        (
            ImportedBill(
                cooperative=cooperative,
                member=entry.member,
                kind=entry.kind,
                month=bill.month,
                amount_idr=bill.amount_idr,
                paid_on=bill.paid_on,
                entry=entry,
            )
            for bill, entry in zip(bills, entries, strict=True)
        ),
        batch_size=_ROWS_A_STATEMENT,
    )


def _advance(
    rules: Rules, bills: Sequence[Bill], members: dict[UUID, Member], on: date, by: User | None
) -> None:
    """Paid in full makes a member; a part of it moves the person on from lead or applied."""
    paying = {bill.member_id for bill in bills if bill.role == SavingsRole.PRINCIPAL}
    for member_id in sorted(paying):
        member = members[member_id]
        if member.is_active:
            continue
        if rules.is_paid(member):
            membership.activate(member=member, on=on, by=by)
        elif member.status in (Status.LEAD, Status.APPLIED):
            membership.move(member=member, to=Status.INCOMPLETE, on=on, by=by)


def _count(cooperative: Cooperative, entries: Sequence[SavingsEntry], on: date) -> None:
    """Move the city's counters: last, because every act of the day waits for their row."""
    sums = passbook.measured(entries)
    figures.add(
        cooperative=cooperative,
        on=on,
        principal_idr=sums["principal_idr"],
        mandatory_idr=sums["mandatory_idr"],
    )


def _content(payments: Sequence[Bill], title: str, on: date) -> str:
    """The content hash of the list, whatever its order, with its title and the chosen day."""
    rows = {(b.member_id, b.month, b.role, b.amount_idr, b.paid_on) for b in payments}
    return idempotency.content_hash(rows, title, on)
