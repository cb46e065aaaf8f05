"""Entries and balances: what every act on a member's savings writes beside its journal.

Only services call this, with the rows of the members locked.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from finance.ledger.models import Journal
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import idempotency
from kkmp.lib.errors import insist
from kkmp.registry.models import Cooperative
from kkmp.registry.services import figures, numbering
from members.register.models import Member
from members.savings.models import SavingsBalance, SavingsEntry, SavingsKind, SavingsRole

_ROWS_A_STATEMENT = 1000


def recorded_before(member: Member, key: UUID, content: str) -> SavingsEntry | None:
    """The entry that an earlier try of this act has made, marked so.

    :param content: of the act, by :func:`finance.ledger.services.ledger.content_of`
    :raises ledger.KeyReused: the key was used for another act
    """
    journal = ledger.posted_before(member.cooperative, key, content)
    if journal is None:
        return None
    rows = SavingsEntry.objects.of(member.cooperative).filter(journal=journal)
    entry = rows.select_related("cooperative", "member", "kind", "journal").get()
    return idempotency.repeated(entry, same=True)


def balance(member: Member, kind: SavingsKind) -> SavingsBalance:
    """The member's balance of a kind. If there is none yet, a new row of zero, not yet saved."""
    rows = SavingsBalance.objects.of(member.cooperative).filter(member=member, kind=kind)
    held = rows.first() or SavingsBalance()
    held.cooperative, held.member, held.kind = member.cooperative, member, kind
    return held


def write(
    held: SavingsBalance,
    change_idr: int,
    journal: Journal,
    reverses: SavingsEntry | None = None,
    *,
    method: str = "",
    reference: str = "",
) -> SavingsEntry:
    """Change the balance and add the entry, with the next receipt number."""
    # `earlier` has found no entry under this key, so the journal must be new too.
    insist(not journal.is_repeat, "a new entry has a new journal")
    held.balance_idr += change_idr
    insist(held.balance_idr >= 0, "the caller has looked at the balance")
    held.save()
    return SavingsEntry.objects.create(
        cooperative=held.cooperative,
        member=held.member,
        kind=held.kind,
        journal=journal,
        reverses=reverses,
        number=numbering.next_number(cooperative=held.cooperative, series="savings"),
        date=journal.date,
        amount_idr=change_idr,
        balance_after_idr=held.balance_idr,
        method=method,
        reference=reference,
    )


def write_all(cooperative: Cooperative, entries: Sequence[SavingsEntry]) -> None:
    """Add many entries with the next receipt numbers, in their order.

    The caller has changed the balances and posted the journals already. So the counter of journal
    numbers is locked before the counter of receipt numbers, as in every deposit. If one act locked
    them the other way round, the two could wait for each other for ever.
    """
    numbers = numbering.take_numbers(cooperative=cooperative, series="savings", count=len(entries))
    for entry, number in zip(entries, numbers, strict=True):
        entry.number = number
    SavingsEntry.objects.bulk_create(entries, batch_size=_ROWS_A_STATEMENT)


#: Which counter a role of savings moves.
MEASURES = {
    SavingsRole.PRINCIPAL: "principal_idr",
    SavingsRole.MANDATORY: "mandatory_idr",
    SavingsRole.VOLUNTARY: "voluntary_idr",
}


def count(entry: SavingsEntry) -> None:
    """Add the entry to the city's counters.

    Call it last. The day's row of the counters stays locked until the transaction ends, and every
    other act of the cooperative waits for it.
    """
    figures.add(cooperative=entry.cooperative, on=entry.date, unit="", **measured([entry]))


def measured(entries: Iterable[SavingsEntry]) -> Counter[str]:
    """What the entries change the city's counters by, rupiah by measure."""
    sums = Counter[str]()
    for entry in entries:
        sums[MEASURES[SavingsRole(entry.kind.role)]] += entry.amount_idr
    return sums


def note(action: str, entry: SavingsEntry, by: User, **details: Any) -> None:
    """Leave the act in the audit trail."""
    audit.record(
        cooperative=entry.cooperative,
        action=action,
        by=by,
        subject=entry,
        kind=entry.kind.code,
        amount_idr=abs(entry.amount_idr),
        **details,
    )
