"""What is in a drawer is not to be found out by asking: few amounts too large are told a shift.

Counting is blind. But whoever wants to take out more than there is gets refused, and by halves
twenty refusals would tell the sum to the rupiah. So each is a try (``kkmp.access.services.tries``),
and stays one although nothing else of it does.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import tries
from kkmp.access.services.tries import Limit, Told
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from shops.drawers.models import CashMovement, CashReason, Shift
from shops.drawers.services import shifts
from shops.drawers.services.shifts import ShiftRefused

#: Amounts that a drawer did not hold, in one shift, until it is counted.
LIMIT = Limit(kind="drawer_amount", most=3, is_cleared=False)


class AskedTooOften(ShiftRefused):
    """No money goes out of the drawer any more before it is counted."""

    status = 429


def judge(
    *,
    cooperative: Cooperative,
    reason: CashReason,
    amount_idr: int,
    sent_under: UUID,
    at: datetime,
    by: User,
) -> None:
    """Count that somebody wants to take money out of their drawer; one that it holds is no try.

    Must be called before the cooperative's transaction begins, and asserts it.

    :param sent_under: the movement's key; one that is done already is no try either
    :raises AskedTooOften: too many amounts were too large in this shift
    """
    if reason not in (CashReason.DEPOSIT, CashReason.EXPENSE):
        return
    with scope.cooperative(cooperative.pk):
        shift = shifts.open_of(cooperative, by)
        is_done = CashMovement.objects.of(cooperative).filter(key=sent_under).exists()
    if shift is None or is_done:
        return
    try:
        held = tries.begin(LIMIT.key(shift.pk), told=_told(shift, by), at=at)
    except tries.TooManyTries as refusal:
        raise AskedTooOften(_said(), field="amount_idr") from refusal
    with scope.cooperative(cooperative.pk):
        fits = shifts.holds(shift, amount_idr)
    if fits:
        tries.right(held, at=at)
    else:
        tries.wrong(held)


def may_tell(shift: Shift, amount_idr: int, *, at: datetime, by: User) -> bool | None:
    """Whether the drawer is short of an amount, as long as that may be told; None afterwards.

    Being told that it is short is a try as well.
    """
    if tries.state(LIMIT.key(shift.pk), at=at).is_shut:
        return None
    if shifts.holds(shift, amount_idr):
        return False
    transaction.on_commit(lambda: _count(shift, at, by))
    return True


def _count(shift: Shift, at: datetime, by: User) -> None:
    try:
        tries.wrong(tries.begin(LIMIT.key(shift.pk), told=_told(shift, by), at=at))
    except tries.TooManyTries:
        return


def _told(shift: Shift, by: User) -> Told:
    return Told(action="shift.short", by=by, subject=shift, cooperative=shift.cooperative)


def _said() -> str:
    return _(
        "In this shift amounts were larger than the drawer holds %(count)d times. Nothing more "
        "goes out of it now: close the shift and count; the next one begins anew."
    ) % {"count": LIMIT.most}
