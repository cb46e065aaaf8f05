"""Undoing what was written down of a drawer: money put in or taken out, and a wrong count."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from finance.ledger.models import Line
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import idempotency
from kkmp.lib.existing import present
from kkmp.lib.languages import in_indonesian
from kkmp.lib.periods import business_day
from kkmp.registry.services import numbering
from shops.drawers import queries
from shops.drawers.models import MOST_IN_DRAWER_IDR, CashMovement, CountCorrection, Shift
from shops.drawers.services import shifts
from shops.drawers.services.shifts import ShiftRefused


@transaction.atomic
def undo(*, movement: CashMovement, reason: str, key: UUID, at: datetime, by: User) -> CashMovement:
    """Undo money that was put into a drawer or taken out of it only on paper.

    While the shift is open the drawer holds more or less by it. Once it is closed, what was wrong
    has become a difference of the count, and that is what it is taken from.

    :param reason: why, in words; it stands in the journal and the audit trail
    :param key: made by the page; the same key with the same content returns the first undoing
    :raises ShiftRefused: no reason, an undoing itself, or undone before
    :raises DrawerShort: the open drawer does not hold what would leave it
    :raises ledger.KeyReused: the key was used for something else
    """
    if movement.reverses_id is not None:
        raise ShiftRefused(_("This is a correction itself. Write the right movement down anew."))
    shift = _held(present(movement.shift, "only an undoing has none"))
    reason = " ".join(reason.split())
    content = idempotency.content_hash("undo", movement, reason)
    rows = CashMovement.objects.of(shift.cooperative)
    first = idempotency.first_result(rows.filter(key=key), content)
    if first is not None:
        return first
    if not reason:
        raise ShiftRefused(_("Write why it is undone."), field="reason")
    if rows.filter(reverses=movement).exists():
        raise ShiftRefused(_("This has been undone already."))
    if shift.is_open:
        shifts.must_hold(shift, max(movement.amount_idr, 0))
    with in_indonesian():
        memo = _("%(what)s, shift %(number)d, undone: %(reason)s")
        named = {"what": movement.get_reason_display(), "number": shift.number, "reason": reason}
    undone = CashMovement.objects.create(
        cooperative=shift.cooperative,
        shift=shift if shift.is_open else None,
        reverses=movement,
        reason=movement.reason,
        note=reason[:120],
        amount_idr=-movement.amount_idr,
        journal=ledger.post(
            cooperative=shift.cooperative,
            kind="shift.reversal",
            memo=(memo % named)[:200],
            entries=_mirrored(movement, is_closed=not shift.is_open),
            key=key,
            on=business_day(at),
            by=by,
        ),
        key=key,
        content_hash=content,
        at=at,
        by=by,
    )
    audit.record(
        cooperative=shift.cooperative,
        action="shift.undo",
        by=by,
        subject=undone,
        shift=shift.number,
        amount_idr=undone.amount_idr,
        reason=reason,
    )
    return undone


@transaction.atomic
def correct_count(
    *, shift: Shift, counted_idr: int, reason: str, key: UUID, at: datetime, by: User
) -> CountCorrection:
    """Say what a closed drawer really held: the main cash box has more or less by it.

    :param counted_idr: whole rupiah, zero or more
    :param reason: as in :func:`undo`
    :param key: as in :func:`undo`
    :raises ShiftRefused: the shift is open, no reason, or it is what was counted
    :raises ledger.NotInCash: the main cash box does not hold what was never in it
    :raises ledger.KeyReused: the key was used for something else
    """
    shift = _held(shift)
    reason = " ".join(reason.split())
    content = idempotency.content_hash("count", shift, counted_idr, reason)
    rows = CountCorrection.objects.of(shift.cooperative)
    first = idempotency.first_result(rows.filter(key=key), content)
    if first is not None:
        return first
    more_idr = counted_idr - _judged(shift, counted_idr, reason)
    with in_indonesian():
        memo = _("Count of shift %(number)d corrected: %(reason)s")
    unit = shift.unit
    side, other = (ledger.debit, ledger.credit) if more_idr > 0 else (ledger.credit, ledger.debit)
    journal = ledger.post(
        cooperative=shift.cooperative,
        kind="shift.count",
        memo=(memo % {"number": shift.number, "reason": reason})[:200],
        entries=[
            side(Code.CASH, abs(more_idr), unit=unit),
            other(Code.CASH_DIFFERENCES, abs(more_idr), unit=unit),
        ],
        key=key,
        on=business_day(at),
        by=by,
    )
    correction = CountCorrection.objects.create(
        cooperative=shift.cooperative,
        shift=shift,
        amount_idr=more_idr,
        reason=reason[:120],
        journal=journal,
        key=key,
        content_hash=content,
        at=at,
        by=by,
    )
    audit.record(
        cooperative=shift.cooperative,
        action="shift.correct_count",
        by=by,
        subject=correction,
        shift=shift.number,
        amount_idr=more_idr,
        reason=reason,
    )
    return correction


def _held(shift: Shift) -> Shift:
    """The shift, locked and read anew: nobody else closes or corrects it meanwhile."""
    numbering.take_numbers(cooperative=shift.cooperative, series="shift", count=0)
    rows = Shift.objects.of(shift.cooperative_id).select_for_update(of=("self",), no_key=True)
    return rows.select_related("cooperative", "unit", "cashier").get(id=shift.id)


def _judged(shift: Shift, counted_idr: int, reason: str) -> int:
    """What is taken for counted so far."""
    if shift.is_open:
        raise ShiftRefused(_("Shift %(number)d is still open.") % {"number": shift.number})
    if not reason:
        raise ShiftRefused(_("Write why it is corrected."), field="reason")
    if not 0 <= counted_idr <= MOST_IN_DRAWER_IDR:
        raise ShiftRefused(_("This amount makes no sense."), field="counted_idr")
    so_far_idr = queries.counted_idr(shift)
    if counted_idr == so_far_idr:
        raise ShiftRefused(_("This is what the books say already."), field="counted_idr")
    return so_far_idr


def _mirrored(movement: CashMovement, *, is_closed: bool) -> list[ledger.Entry]:
    """The lines of its journal with their sides exchanged.

    :param is_closed: what was wrong became a difference when the drawer was counted
    """
    rows = Line.objects.of(movement.cooperative_id).filter(journal_id=movement.journal_id)
    return [
        ledger.Entry(
            Code.CASH_DIFFERENCES
            if is_closed and line.account.code == Code.DRAWER
            else line.account.code,
            line.credit_idr,
            line.debit_idr,
            line.party,
            line.unit,
        )
        for line in rows.select_related("account", "party", "unit").order_by("position")
    ]
