"""A cashier's shift: opened with a float, cash put in and taken out, counted and closed.

Whoever counts is not told how much there should be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from finance.ledger.models import BusinessUnit, Journal
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import idempotency
from kkmp.lib.errors import Conflict, DomainError
from kkmp.lib.existing import present
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import MAX_IDR, format_rupiah
from kkmp.lib.periods import business_day
from kkmp.registry.models import Cooperative
from kkmp.registry.services import numbering
from shops.drawers import cash
from shops.drawers.models import (
    DENOMINATIONS,
    MOST_IN_DRAWER_IDR,
    CountedCash,
    Shift,
)


class ShiftRefused(DomainError):
    """The shift may not be opened, closed or given cash so; the message says why."""


class DrawerShort(ShiftRefused):
    """The drawer does not hold what should leave it."""


class ShiftTaken(Conflict):
    """The drawer or the cashier has an open shift already."""


class CountedTooEarly(Conflict):
    """The count is older than what went through the drawer; a difference would be nobody's."""


#: Shifts are numbered in one series a cooperative.
_SERIES = "shift"


@dataclass(frozen=True, slots=True)
class Counted:
    """Pieces by note or coin, as they were counted."""

    pieces: Mapping[int, int]

    @property
    def total_idr(self) -> int:
        return sum(value * many for value, many in self.pieces.items())


@transaction.atomic
def open_shift(
    *,
    cooperative: Cooperative,
    unit: BusinessUnit,
    drawer: str,
    float_idr: int,
    key: UUID,
    at: datetime,
    by: User,
) -> Shift:
    """Open a drawer for oneself; the float comes out of the main cash box.

    :param float_idr: whole rupiah for change, zero or more
    :param key: made by the page; the same key with the same content returns the first shift
    :raises ShiftTaken: the cashier or the drawer has an open shift
    :raises ShiftRefused: the unit is closed, or the float makes no sense
    :raises ledger.KeyReused: the key was used for another opening
    """
    # Whoever opens at the same moment waits here.
    numbering.take_numbers(cooperative=cooperative, series=_SERIES, count=0)
    drawer = " ".join(drawer.split())
    content = idempotency.content_hash(unit, drawer, float_idr, by.pk)
    first = idempotency.first_result(Shift.objects.of(cooperative).filter(key=key), content)
    if first is not None:
        return first
    _refuse_opening(unit, drawer, float_idr)
    _refuse_taken(cooperative, unit, drawer, by)
    shift = Shift(
        cooperative=cooperative,
        unit=unit,
        drawer=drawer,
        cashier=by,
        opened_at=at,
        float_idr=float_idr,
        key=key,
        content_hash=content,
    )
    if float_idr:
        shift.opening = post(shift, _("Float of shift"), key, at, by, (Code.CASH, -float_idr))
    shift.number = numbering.next_number(cooperative=cooperative, series=_SERIES)
    shift.save(force_insert=True)
    audit.record(
        cooperative=cooperative, action="shift.open", by=by, subject=shift, float_idr=float_idr
    )
    return shift


@transaction.atomic
def close(
    *,
    shift: Shift,
    counted: Counted | None,
    note: str,
    key: UUID,
    at: datetime,
    by: User,
    acts_seen: int | None = None,
) -> Shift:
    """Close a shift: all that was counted goes to the main cash box, what differs to its account.

    A shift can always be closed, whatever the difference; only the count must be there. Payments
    that have not arrived yet do not stand in the way: they are no cash.

    :param counted: None is refused; nothing in the drawer is a count of nothing
    :param key: the same key with the same content returns the closed shift
    :param acts_seen: :func:`cash.acts_of` when the count began; None where nobody was shown it
    :raises CountedTooEarly: money went through the drawer since
    :raises ShiftRefused: it is closed, or was not counted
    :raises ledger.KeyReused: the key has closed it with another count
    """
    shift, note = locked(shift), " ".join(note.split())[:200]
    content = idempotency.content_hash(shift, note, _counted(counted))
    used = Shift.objects.of(shift.cooperative).filter(closing_key=key).first()
    if used is not None:
        return idempotency.repeated(shift, same=used.closing_hash == content)
    refuse_closed(shift)
    if counted is None:
        raise ShiftRefused(
            _("Count the money in the drawer first; write 0 where there is none."), field="counted"
        )
    _refuse_count(counted)
    if acts_seen not in (None, cash.acts_of(shift)):
        raise CountedTooEarly(
            _(
                "Something was sold, taken back or moved since you began to count. Nothing has "
                "been closed. Count the drawer once more."
            )
        )
    shift.expected_idr = cash.expected_idr(shift)
    shift.counted_idr = counted.total_idr
    shift.closing = _settle(shift, key, at, by)
    shift.closed_at, shift.closed_by, shift.note = at, by, note
    shift.closing_key, shift.closing_hash = key, content
    shift.save()
    CountedCash.objects.bulk_create(
        CountedCash(cooperative=shift.cooperative, shift=shift, denomination_idr=value, pieces=many)
        for value, many in _counted(counted).items()
    )
    audit.record(
        cooperative=shift.cooperative,
        action="shift.close",
        by=by,
        subject=shift,
        expected_idr=shift.expected_idr,
        counted_idr=shift.counted_idr,
    )
    return shift


def hold_open(shift: Shift) -> Shift:
    """The shift, held so that whoever closes it waits until the transaction ends.

    :raises ShiftRefused: it has been closed
    """
    rows = Shift.objects.of(shift.cooperative_id).select_for_update(of=("self",), no_key=True)
    held = rows.select_related("cooperative", "unit", "cashier").get(id=shift.id)
    refuse_closed(held)
    return held


def holds(shift: Shift, amount_idr: int) -> bool:
    """Whether so much can lie in the drawer; a promise only while the shift is held."""
    return amount_idr <= cash.expected_idr(shift)


def must_hold(shift: Shift, amount_idr: int, *, field: str | None = None) -> None:
    """Refuse to take more out of a drawer than it can hold; ask before any cash leaves it.

    :param shift: of :func:`hold_open`, or held otherwise
    :raises DrawerShort: the drawer cannot hold so much
    """
    if amount_idr and not holds(shift, amount_idr):
        # Without saying how much there is: whoever counts at closing must not know it.
        raise DrawerShort(
            _(
                "There cannot be %(amount)s in the drawer. Count the money; if more has to go "
                "out, first bring some from the main cash box."
            )
            % {"amount": format_rupiah(amount_idr)},
            field=field,
        )


def open_of(cooperative: Cooperative, cashier: User) -> Shift | None:
    """The cashier's open shift, with its unit."""
    rows = Shift.objects.of(cooperative).filter(cashier_id=cashier.pk, closed_at=None)
    return rows.select_related("cooperative", "unit", "cashier").first()


def _counted(counted: Counted | None) -> dict[int, int]:
    """What was counted, without the notes and coins of which there were none."""
    return {value: many for value, many in counted.pieces.items() if many} if counted else {}


def _settle(shift: Shift, key: UUID, at: datetime, by: User) -> Journal | None:
    """Empty the drawer into the cash box; None where it is empty and should be."""
    counted_idr = present(shift.counted_idr, "it was counted")
    difference_idr = counted_idr - present(shift.expected_idr, "it was counted")
    sides = [(Code.CASH, counted_idr), (Code.CASH_DIFFERENCES, -difference_idr)]
    return post(shift, _("Closing of shift"), key, at, by, *sides)


def post(
    shift: Shift, what: str, key: UUID, at: datetime, by: User, *sides: tuple[Code, int]
) -> Journal | None:
    """A journal between the drawer and other accounts.

    :param sides: what each other account gains, negative where it gives
    """
    drawer_idr = -sum(amount for _code, amount in sides)
    with in_indonesian():
        memo = f"{_(what)} {shift.drawer}, {shift.unit.name}"[:200]
    entries = [
        ledger.debit(code, amount, unit=shift.unit)
        if amount > 0
        else ledger.credit(code, -amount, unit=shift.unit)
        for code, amount in ((Code.DRAWER, drawer_idr), *sides)
        if amount
    ]
    if len(entries) < 2:
        return None
    try:
        return ledger.post(
            cooperative=shift.cooperative,
            kind="shift",
            memo=memo,
            entries=entries,
            key=key,
            on=business_day(at),
            by=by,
        )
    except ledger.NotInCash as refusal:
        # Said at a cashier's screen, even where somebody else has approved.
        raise refusal.hide_balance() from refusal


def locked(shift: Shift) -> Shift:
    return (
        Shift.objects.of(shift.cooperative_id)
        .select_for_update(of=("self",))
        .select_related("cooperative", "unit", "cashier", "closing")
        .get(id=shift.id)
    )


def _refuse_opening(unit: BusinessUnit, drawer: str, float_idr: int) -> None:
    if not unit.is_active:
        raise ShiftRefused(_("%(unit)s is closed.") % {"unit": unit.name}, field="unit")
    if not drawer.strip():
        raise ShiftRefused(_("Write which drawer it is, like Laci 1."), field="drawer")
    if not 0 <= float_idr <= MOST_IN_DRAWER_IDR:
        raise ShiftRefused(_("This amount makes no sense."), field="float_idr")


def _refuse_taken(cooperative: Cooperative, unit: BusinessUnit, drawer: str, by: User) -> None:
    running = Shift.objects.of(cooperative).filter(closed_at=None).select_related("cashier")
    mine = running.filter(cashier_id=by.pk).first()
    if mine is not None:
        raise ShiftTaken(
            _("Your shift %(number)d at %(drawer)s is still open. Close it first.")
            % {"number": mine.number, "drawer": mine.drawer}
        )
    other = running.filter(unit=unit, drawer=" ".join(drawer.split())).first()
    if other is not None:
        raise ShiftTaken(
            _("%(drawer)s is open for %(name)s. Choose another drawer, or let them close it.")
            % {"drawer": other.drawer, "name": other.cashier}
        )


def refuse_closed(shift: Shift) -> None:
    if not shift.is_open:
        raise ShiftRefused(_("Shift %(number)d is closed already.") % {"number": shift.number})


def _refuse_count(counted: Counted) -> None:
    if unknown := counted.pieces.keys() - set(DENOMINATIONS):
        raise ValueError(f"no such note or coin: {unknown}")
    if any(many < 0 for many in counted.pieces.values()):
        raise ShiftRefused(_("A count cannot be below zero."), field="counted")
    if counted.total_idr > MAX_IDR:
        raise ShiftRefused(_("This count is too large to be right."), field="counted")
