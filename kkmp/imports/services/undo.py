"""Taking an import back as a whole, while nothing has been built on it."""

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
from kkmp.lib.money import format_rupiah

#: At most this many blockers are named in the refusal.
NAMED = 3


class UndoRefused(DomainError):
    """The import may not be undone; the message says what stands in the way."""


class UndoBlocked(Conflict):
    """Something has been built on the import."""


class UndoChanged(Conflict):
    """It would take back something else than was shown; nothing has been taken back."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What undoing takes back, as its page shows it; the page sends it back.

    :param rows: that it has added
    :param changed: that it has changed
    :param amount_idr: of all its amounts together
    """

    rows: int
    changed: int
    amount_idr: int


def seen(batch: ImportBatch) -> Seen:
    """What whoever looks at it now would see."""
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
    """Take back everything that an import has added and changed, or nothing at all.

    The books stay as they were written; what was posted is reversed, dated ``on``. An import
    undone before is returned as it is.

    :param reason: why, in words; it stands in the journals and the audit trail
    :param shown: :func:`seen` of what the page showed; None where nobody was shown anything
    :raises UndoChanged: it is no longer what was shown
    :raises UndoRefused: no reason, never imported, too long ago, or of a kind that cannot be
    :raises UndoBlocked: something has been built on it
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
    """Why an import cannot be undone, whatever was built on it; empty if it may be."""
    if batch.status != BatchStatus.IMPORTED:
        return _("Only a file that was imported can be undone.")
    if kind.undo_refusal:
        return str(kind.undo_refusal)
    assert batch.imported_at is not None
    if batch.imported_at < at - KEPT_FOR:
        return _("This import is more than %(days)d days old and can no longer be undone.") % {
            "days": KEPT_FOR.days
        }
    return ""


def sentence(blockers: Sequence[Blocker]) -> str:
    """What stands in the way, the first few by name."""
    named = "; ".join(f"{one.title}: {one.why}" for one in blockers[:NAMED])
    if len(blockers) <= NAMED:
        return _("The import cannot be undone, because it has been built on. %(named)s.") % {
            "named": named
        }
    return _(
        "The import cannot be undone, because it has been built on. %(named)s; and %(count)d more."
    ) % {"named": named, "count": len(blockers) - NAMED}
