"""Undoing payments that were taken over from another system, while nothing depends on them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from finance.ledger.models import Journal
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.imports.rows import Blocker
from kkmp.lib.languages import in_indonesian
from kkmp.registry.services import figures
from members.dues.models import Collection, CollectionEntry
from members.register.models import Member, Status
from members.savings.models import SavingsBalance, SavingsEntry, SavingsRole
from members.takeover.models import ImportedBill
from members.takeover.services import bulk_reversal, dependents, updates
from members.takeover.services.bills_rules import Rules


def blockers(collection: Collection) -> list[Blocker]:
    """What was built on these payments since; empty if nothing was. Holds the members' rows."""
    entries = _entries(collection)
    people = updates.locked(
        collection.cooperative, set(entries.order_by().values_list("member_id", flat=True))
    )
    found = [
        *dependents.on_entries(collection.cooperative, entries),
        *_of_members(collection, people),
    ]
    return list({one.title: one for one in reversed(found)}.values())[::-1]


@transaction.atomic
def take_back(*, collection: Collection, reason: str, on: date, by: User | None) -> None:
    """Reverse every payment of a list that :func:`blockers` has found nothing against.

    :param reason: why, in words
    :raises ledger.PostingRefused: the books do not allow it
    """
    cooperative = collection.cooperative
    with in_indonesian():
        memo = _("Import undone: %(reason)s") % {"reason": reason}
    entries = _entries(collection)
    ids = entries.order_by().values("journal_id")
    journals = Journal.objects.of(cooperative).filter(id__in=ids).order_by("number", "id")
    ImportedBill.objects.of(cooperative).filter(entry__in=entries.order_by().values("id")).delete()
    sums = bulk_reversal.reverse_all(
        cooperative=cooperative,
        journals=list(journals),
        memo=memo,
        key=collection.key,
        on=on,
        by=by,
    )
    figures.add(
        cooperative=cooperative,
        on=on,
        principal_idr=sums["principal_idr"],
        mandatory_idr=sums["mandatory_idr"],
    )
    audit.record(
        cooperative=cooperative,
        action="savings.bills_undo",
        by=by,
        subject=collection,
        payments=collection.payments,
        amount_idr=collection.total_idr,
        reason=reason,
    )


def _entries(collection: Collection) -> QuerySet[SavingsEntry]:
    made = CollectionEntry.objects.of(collection.cooperative_id).filter(collection=collection)
    rows = SavingsEntry.objects.of(collection.cooperative_id)
    return rows.filter(id__in=made.values("entry_id")).order_by("number", "id")


def _of_members(collection: Collection, people: dict[UUID, Member]) -> Iterator[Blocker]:
    """People who have left, have been paid out, or are members by these payments."""
    cooperative = collection.cooperative
    paid = Counter[tuple[UUID, UUID]]()
    principal: set[UUID] = set()
    for entry in _entries(collection).select_related("kind"):
        paid[entry.member_id, entry.kind_id] += entry.amount_idr
        if entry.kind.role == SavingsRole.PRINCIPAL:
            principal.add(entry.member_id)
    rows = SavingsBalance.objects.of(cooperative).filter(member__in=list(people))
    held = {(row.member_id, row.kind_id): row.balance_idr for row in rows}
    rules = Rules(cooperative, people, collection.date)
    for (member_id, kind_id), amount_idr in paid.items():
        member = people[member_id]
        if member.status == Status.LEFT:
            yield Blocker(member.name, _("has left the cooperative"))
        elif held.get((member_id, kind_id), 0) < amount_idr:
            yield Blocker(member.name, _("a part of the money has been paid out"))
        elif member_id in principal and member.is_active and rules.is_paid(member):
            yield Blocker(member.name, _("became a member by this payment"))
