"""Undoing many savings entries at once: whole journals, and each of their entries."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from finance.ledger.models import Journal
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.lib.errors import insist
from kkmp.lib.existing import present
from kkmp.registry.models import Cooperative
from members.savings.models import SavingsBalance, SavingsEntry
from members.savings.services import passbook


@transaction.atomic
def reverse_all(
    *,
    cooperative: Cooperative,
    journals: Sequence[Journal],
    memo: str,
    key: UUID,
    on: date,
    by: User | None,
) -> Counter[str]:
    """Reverse journals of savings with every entry they have posted.

    The caller holds the members' rows, has seen that no entry was corrected before and that
    the balances suffice, and moves the counters by what is returned.

    :param memo: why, in the language of the books
    :param key: of the act; each reversal takes its own from it
    :returns: what the counters change by, negative, by their names
    :raises ledger.PostingRefused: the books do not allow it
    """
    entries = list(
        SavingsEntry.objects.of(cooperative)
        .filter(journal__in=journals)
        .select_related("kind", "member")
        .order_by("-number", "id")
    )
    if not entries:
        return Counter()
    opposites = _opposites(cooperative, entries, on)
    reversals = {
        journal.id: ledger.reverse(
            journal=journal,
            memo=memo[:200],
            key=ledger.derived_key(key, f"undo {journal.id}"),
            on=on,
            by=by,
        )
        for journal in journals
    }
    for entry in opposites:
        reversed_entry = present(entry.reverses, "each mirrors another")
        entry.journal = reversals[reversed_entry.journal_id]
    passbook.write_all(cooperative, opposites)
    return passbook.measured(opposites)


def _opposites(
    cooperative: Cooperative, entries: Sequence[SavingsEntry], on: date
) -> list[SavingsEntry]:
    """Entries that undo these, in their order, and the balances brought down with them."""
    members = {entry.member_id for entry in entries}
    held = {
        (row.member_id, row.kind_id): row
        for row in SavingsBalance.objects.of(cooperative).filter(member__in=members)
    }
    found = []
    for entry in entries:
        balance = held[entry.member_id, entry.kind_id]
        balance.balance_idr -= entry.amount_idr
        insist(balance.balance_idr >= 0, "the caller has looked at the balance")
        found.append(
            SavingsEntry(
                cooperative=cooperative,
                member=entry.member,
                kind=entry.kind,
                reverses=entry,
                date=on,
                amount_idr=-entry.amount_idr,
                balance_after_idr=balance.balance_idr,
            )
        )
    touched = {(entry.member_id, entry.kind_id) for entry in entries}
    set_balances(cooperative, [held[place] for place in touched])
    return found


_SET = """
    UPDATE members_savingsbalance AS held SET balance_idr = new.balance_idr
    FROM unnest(%s::uuid[], %s::bigint[]) AS new (id, balance_idr)
    WHERE held.cooperative_id = %s AND held.id = new.id
"""


def set_balances(cooperative: Cooperative, rows: Sequence[SavingsBalance]) -> None:
    """Write balances that are there already, all in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            _SET, [[row.id for row in rows], [row.balance_idr for row in rows], cooperative.pk]
        )
