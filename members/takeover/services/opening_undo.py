"""Taking back a list of members: off the register again, while nothing has been built on them.

Nothing is deleted, because what was posted stays written. The opening journals are reversed, the
people have left, their numbers go only to whom the corrected list gives them, and their NIKs are
free for it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from finance.ledger.models import Journal
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.imports.rows import Blocker
from kkmp.lib.languages import in_indonesian
from kkmp.registry.models import Cooperative
from kkmp.registry.services import figures
from members.register.models import Member, Status, StatusChange
from members.register.services import marks
from members.savings.models import SavingsEntry
from members.takeover.services import bulk_reversal, dependents, updates

_ROWS_A_STATEMENT = 1000


def blockers(
    *,
    cooperative: Cooperative,
    added: Mapping[UUID, bytes],
    changed: Mapping[UUID, bytes],
    journals: Sequence[Journal],
) -> list[Blocker]:
    """Everything that was built on these people since; empty if nothing was.

    Holds their rows until the transaction ends.

    :param added: fingerprints of those the list has added, by member
    :param changed: fingerprints of those it has changed
    :param journals: that it has posted
    """
    people = updates.locked(cooperative, [*added, *changed])
    found = list(_edited(people, {**added, **changed}))
    if added:
        rows = Member.objects.of(cooperative).filter(id__in=list(added))
        opening = SavingsEntry.objects.of(cooperative).filter(journal__in=journals)
        found += _moved(cooperative, list(added))
        found += _paid(cooperative, list(added), journals)
        found += dependents.on_entries(cooperative, opening)
        found += dependents.on_people(cooperative, rows)
    # One reason a person is enough to see where to look.
    return list({one.title: one for one in reversed(found)}.values())[::-1]


@transaction.atomic
def take_back(
    *,
    cooperative: Cooperative,
    added: Sequence[UUID],
    old_values: Mapping[UUID, Mapping[str, Any]],
    journals: Sequence[Journal],
    reason: str,
    key: UUID,
    on: date,
    by: User | None,
) -> None:
    """Take people off the register again, and give others their old particulars.

    :param added: members that :func:`blockers` has found nothing against
    :param old_values: of those that the list has changed, by member and particular
    :param journals: that the list has posted
    :param reason: why, in words
    :param key: of the act; the reversals take theirs from it
    :raises ledger.PostingRefused: the books do not allow it
    """
    with in_indonesian():
        memo = _("Import undone: %(reason)s") % {"reason": reason}
    active = _remove(cooperative, added, on, by)
    updates.put_back(cooperative=cooperative, values=old_values, by=by)
    sums = bulk_reversal.reverse_all(
        cooperative=cooperative, journals=journals, memo=memo, key=key, on=on, by=by
    )
    _count(cooperative, active, sums, on)
    audit.record(
        cooperative=cooperative,
        action="members.take_back",
        by=by,
        people=len(added),
        active=active,
        amount_idr=-sum(sums.values()),
        key=str(key),
        reason=reason,
    )


def _edited(people: Mapping[UUID, Member], known: Mapping[UUID, bytes]) -> Iterator[Blocker]:
    for member_id, fingerprint in known.items():
        member = people[member_id]
        if updates.fingerprint(member) != fingerprint:
            yield Blocker(member.name, _("the particulars were changed"))


def _moved(cooperative: Cooperative, ids: Sequence[UUID]) -> Iterator[Blocker]:
    changes = StatusChange.objects.of(cooperative).filter(member__in=ids)
    people = changes.values("member_id", "member__name").annotate(steps=Count("id"))
    for row in people.filter(steps__gt=1).order_by("member__name", "member_id"):
        yield Blocker(row["member__name"], _("the status has changed"))


def _paid(
    cooperative: Cooperative, ids: Sequence[UUID], journals: Sequence[Journal]
) -> Iterator[Blocker]:
    later = SavingsEntry.objects.of(cooperative).filter(member__in=ids)
    later = later.exclude(journal__in=journals)
    corrected = later.filter(reverses__isnull=False).values("reverses_id")
    # What was paid in later and taken back again leaves nothing behind.
    undone = Q(id__in=corrected) | Q(reverses__in=later.values("id"))
    names = later.exclude(undone).order_by("number", "id")
    for name in dict.fromkeys(names.values_list("member__name", flat=True)):
        yield Blocker(name, _("there are later payments"))


def _remove(cooperative: Cooperative, ids: Sequence[UUID], on: date, by: User | None) -> int:
    """Take people off the register; how many of them were members."""
    people = list(Member.objects.of(cooperative).filter(id__in=list(ids)).order_by("id"))
    changes = [
        StatusChange(
            cooperative=cooperative,
            member=member,
            before=member.status,
            after=Status.LEFT,
            on=on,
            by=by,
        )
        for member in people
    ]
    StatusChange.objects.bulk_create(changes, batch_size=_ROWS_A_STATEMENT)
    marks.forget(cooperative, people)
    Member.objects.of(cooperative).filter(id__in=list(ids)).update(
        status=Status.LEFT,
        left_on=on,
        nik_sealed=None,
        nik_hash=None,
        version=F("version") + 1,
    )
    return sum(member.is_active for member in people)


def _count(cooperative: Cooperative, active: int, sums: Counter[str], on: date) -> None:
    """Move the city's counters: last, because every act of the day waits for their row."""
    if active or sums:
        figures.add(
            cooperative=cooperative,
            on=on,
            active_members=-active,
            principal_idr=sums["principal_idr"],
            mandatory_idr=sums["mandatory_idr"],
            voluntary_idr=sums["voluntary_idr"],
        )
