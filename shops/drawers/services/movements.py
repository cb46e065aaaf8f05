"""Money that is put into a drawer or taken out while its shift is open."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import idempotency
from kkmp.lib.existing import present
from kkmp.lib.languages import in_indonesian
from shops.drawers.models import (
    MOST_IN_DRAWER_IDR,
    CashMovement,
    CashReason,
    Shift,
)
from shops.drawers.services import shifts
from shops.drawers.services.shifts import ShiftRefused

#: The account on the other side of the drawer, by reason.
_OTHER_SIDE = {
    CashReason.CHANGE: Code.CASH,
    CashReason.DEPOSIT: Code.CASH,
    CashReason.EXPENSE: Code.OTHER_EXPENSES,
    CashReason.OTHER_IN: Code.OTHER_INCOME,
}


@transaction.atomic
def move_cash(
    *,
    shift: Shift,
    reason: CashReason,
    amount_idr: int,
    note: str,
    key: UUID,
    at: datetime,
    by: User,
) -> CashMovement:
    """Put money into the drawer or take it out, with a reason; posted at once.

    :param amount_idr: whole rupiah, positive; the reason says which way it goes
    :param key: made by the page; the same key with the same content returns the first movement
    :raises ShiftRefused: the shift is closed, the amount makes no sense, or a note is missing
    :raises DrawerShort: the drawer does not hold as much
    :raises ledger.NotInCash: the main cash box does not hold as much
    :raises ledger.KeyReused: the key was used for another movement
    """
    shift = shifts.locked(shift)
    note = " ".join(note.split())
    signed_idr = amount_idr if reason in (CashReason.CHANGE, CashReason.OTHER_IN) else -amount_idr
    content = idempotency.content_hash(shift, reason, amount_idr, note)
    rows = CashMovement.objects.of(shift.cooperative).filter(key=key)
    first = idempotency.first_result(rows, content)
    if first is not None:
        return first
    shifts.refuse_closed(shift)
    _refuse_movement(shift, reason, amount_idr, note)
    with in_indonesian():
        memo = _("%(reason)s, shift") % {"reason": CashReason(reason).label}
    journal = shifts.post(shift, memo, key, at, by, (_OTHER_SIDE[reason], -signed_idr))
    movement = CashMovement.objects.create(
        cooperative=shift.cooperative,
        shift=shift,
        reason=reason,
        note=note,
        amount_idr=signed_idr,
        journal=present(journal, "the amount is not zero"),
        key=key,
        content_hash=content,
        at=at,
        by=by,
    )
    audit.record(
        cooperative=shift.cooperative,
        action="shift.move_cash",
        by=by,
        subject=movement,
        reason=reason,
        amount_idr=signed_idr,
    )
    return movement


def _refuse_movement(shift: Shift, reason: CashReason, amount_idr: int, note: str) -> None:
    if amount_idr <= 0:
        raise ShiftRefused(_("The amount must be more than zero."), field="amount_idr")
    if amount_idr > MOST_IN_DRAWER_IDR:
        raise ShiftRefused(_("This amount makes no sense."), field="amount_idr")
    if reason in (CashReason.EXPENSE, CashReason.OTHER_IN) and not note:
        raise ShiftRefused(_("Write what it was for."), field="note")
    goes_out = reason in (CashReason.DEPOSIT, CashReason.EXPENSE)
    if goes_out:
        shifts.must_hold(shift, amount_idr, field="amount_idr")
