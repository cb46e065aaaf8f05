"""Undoing a whole import, as long as nothing depends on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.imports.kinds import ImportKind
from kkmp.imports.models import BatchStatus, ImportBatch
from kkmp.imports.rows import Blocker
from kkmp.imports.services.batches import KEPT_FOR, locked_batch
from kkmp.lib.errors import Conflict, DomainError
from kkmp.lib.existing import present
from kkmp.lib.money import format_rupiah

#: How many blockers the refusal names at most.
NAMED = 3


class UndoRefused(DomainError):
    """The import may not be undone; the message says what stands in the way."""


class UndoBlocked(Conflict):
    """Something depends on the import."""


class UndoChanged(Conflict):
    """Undoing would take back something else than was shown; nothing has been undone."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What undoing would take back, as the page shows it; the page sends it along.

    :param rows: how many rows the import has added
    :param changed: how many it has changed
    :param amount_idr: the sum of all it has posted
    """

    rows: int
    changed: int
    amount_idr: int


def seen(batch: ImportBatch) -> Seen:
    """What undoing this batch would take back now."""
    return Seen(batch.imported_rows, batch.changed_rows, sum(batch.amounts.values()))


@transaction.atomic
def undo(
    *,
    batch: ImportBatch,
    kind: ImportKind,
    reason: str,
    on: date,
    at: datetime,
    by: User | None,
    shown: Seen | None = None,
) -> ImportBatch:
    """Undo everything that an import has added and changed, or nothing at all.

    What was posted is reversed by journals dated ``on``. An import that was undone before is
    returned as it is.

    :param reason: why, in words; it stands in the journals and the audit trail
    :param shown: :func:`seen` as the page showed it; None if nothing was shown
    :raises UndoChanged: undoing would take back something else than was shown
    :raises UndoRefused: no reason is given, or the import can no longer, or never, be undone
    :raises UndoBlocked: something depends on the import
    :raises DomainError: the books do not allow it
    """
    locked = locked_batch(batch)
    if locked.status == BatchStatus.UNDONE:
        return locked
    refusal = refusal_of(locked, kind, at=at)
    if refusal:
        raise UndoRefused(refusal)
    reason = " ".join(reason.split())
    if not reason:
        raise UndoRefused(_("Write why the import is undone."), field="reason")
    blockers = kind.blockers(locked)
    if blockers:
        raise UndoBlocked(sentence(blockers))
    now = seen(locked)
    if shown not in (None, now):
        raise UndoChanged(
            _(
                "This has changed meanwhile: it takes back %(rows)d rows and %(amount)s now. "
                "Nothing has been undone. Look at it again and confirm what you see."
            )
            % {"rows": now.rows + now.changed, "amount": format_rupiah(now.amount_idr)}
        )
    kind.undo(locked, reason=reason, on=on, by=by)
    locked.status, locked.kept_sealed = BatchStatus.UNDONE, None
    locked.undone_at, locked.undone_by, locked.undone_why = at, by, reason
    locked.save()
    audit.record(
        cooperative=locked.cooperative,
        action="import.undo",
        by=by,
        subject=locked,
        kind=kind.code,
        rows=locked.imported_rows,
        changed=locked.changed_rows,
        reason=reason,
    )
    return locked


def refusal_of(batch: ImportBatch, kind: ImportKind, *, at: datetime) -> str:
    """Why an import cannot be undone, apart from blockers; empty if it can be."""
    if batch.status != BatchStatus.IMPORTED:
        return _("Only a file that was imported can be undone.")
    if kind.undo_refusal:
        return str(kind.undo_refusal)
    if present(batch.imported_at, "it was imported") < at - KEPT_FOR:
        return _("This import is more than %(days)d days old and can no longer be undone.") % {
            "days": KEPT_FOR.days
        }
    return ""


def sentence(blockers: Sequence[Blocker]) -> str:
    """The refusal that names the first few blockers."""
    named = "; ".join(f"{one.title}: {one.why}" for one in blockers[:NAMED])
    if len(blockers) <= NAMED:
        return _("The import cannot be undone, because it has been built on. %(named)s.") % {
            "named": named
        }
    return _(
        "The import cannot be undone, because it has been built on. %(named)s; and %(count)d more."
    ) % {"named": named, "count": len(blockers) - NAMED}
