"""Voids and returns: goods come back at what they were sold for, and money the way it came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import confirmed_amounts, idempotency
from kkmp.lib.existing import present
from kkmp.lib.languages import in_indonesian
from kkmp.lib.periods import business_day
from kkmp.registry.services import figures, numbering
from members.register.services import membership
from shops.drawers.models import CashReason, Shift
from shops.drawers.services import movements, shifts
from shops.pricing.methods import Method
from shops.returns.models import ReturnedLine, ReturnKind, SaleReturn
from shops.returns.services import left, money_back, postings
from shops.returns.services.left import ReturnRefused
from shops.returns.services.money_back import RefundWay
from shops.returns.undoing import Undone
from shops.stock.models import MovementKind, StockMovement
from shops.stock.services import stock
from shops.till.models import Sale
from shops.vouchers.models import Voucher

#: Returns are numbered in one series a cooperative.
_SERIES = "return"


@dataclass(frozen=True, slots=True)
class Approved:
    """Who does it, and who let them: never the same person.

    :param shift: the open shift whose drawer pays back
    :param brought_idr: what the approver brings into that drawer out of the main cash box, before
        it pays; a movement of its own
    """

    by: User
    approver: User
    shift: Shift
    brought_idr: int = 0


@transaction.atomic
def take_back(
    *,
    sale: Sale,
    quantities: Mapping[UUID, Decimal] | None,
    reason: str,
    key: UUID,
    at: datetime,
    approved: Approved,
    instead: RefundWay | None = None,
    shown_idr: int | None = None,
) -> SaleReturn:
    """Undo a sale, or take some of it back; stock, books, payments and counters follow.

    :param quantities: measures by id of the sale's line; None takes back all that is left. All of
        a sale that nothing came back of yet is a void
    :param key: made by the till; the same key with the same content returns the first return
    :param instead: for money that cannot go back the way it came: see :func:`left.stuck`
    :param shown_idr: what the buyer was told is paid back; None where nobody was told
    :raises ReturnRefused: nothing is left, more than was sold, no reason, the shift is closed,
        the approver is who does it, or money is stuck and nothing is said instead
    :raises confirmed_amounts.AmountChanged: it is another amount by now
    :raises shifts.DrawerShort: the drawer does not hold what it would pay in cash
    :raises ledger.NotInCash: the main cash box does not hold what is brought
    :raises ledger.KeyReused: the key was used for another return
    """
    locked = _locked(sale)
    reason = " ".join(reason.split())
    inputs = (locked, quantities, reason, instead, approved.brought_idr)
    content = idempotency.content_hash(*inputs)
    rows = SaleReturn.objects.of(locked.cooperative).filter(key=key)
    first = idempotency.first_result(rows, content)
    if first is not None:
        return first
    _refuse(locked, reason, approved)
    undone = left.preview(sale=locked, quantities=quantities)
    confirmed_amounts.refuse_changed(shown_idr, undone.total_idr + undone.rounding_idr)
    returned = SaleReturn(
        cooperative=locked.cooperative,
        sale=locked,
        kind=ReturnKind.VOID if undone.is_whole else ReturnKind.RETURN,
        date=business_day(at),
        returned_at=at,
        reason=reason,
        receiver=instead.receiver if instead else "",
        shift=approved.shift,
        total_idr=undone.total_idr,
        rounding_idr=undone.rounding_idr,
        cost_idr=undone.cost_idr,
        key=key,
        content_hash=content,
        by=approved.by,
        approved_by=approved.approver,
    )
    return _write(returned, undone, instead, approved)


def _locked(sale: Sale) -> Sale:
    """The sale with everything of it, locked against other returns until the transaction ends.

    Sales are append-only, so their rows cannot be locked; the counter of returns is.
    """
    numbering.take_numbers(cooperative=sale.cooperative, series=_SERIES, count=0)
    return left.reading(sale.cooperative_id).get(id=sale.id)


def _refuse(sale: Sale, reason: str, approved: Approved) -> None:
    if not reason:
        raise ReturnRefused(_("Write why it comes back."), field="reason")
    if approved.by == approved.approver:
        raise ReturnRefused(_("Somebody else has to approve it."), field="approver")
    if approved.shift.unit_id != sale.unit_id:
        raise ReturnRefused(
            _("This receipt is of %(unit)s. Take it back at a drawer there.")
            % {"unit": sale.unit.name}
        )


def _write(
    returned: SaleReturn, undone: Undone, instead: RefundWay | None, approved: Approved
) -> SaleReturn:
    cooperative, sale = returned.cooperative, returned.sale
    stocks = stock.lock(cooperative, [line.product_id for line in undone.lines])
    _hold(returned, undone)
    refunds = money_back.refunds(returned, undone, instead)
    party = money_back.kept_for(returned, refunds)
    _bring(returned, approved)
    shift = present(returned.shift, "it is held")
    shifts.must_hold(shift, money_back.from_drawer_idr(refunds), field="brought_idr")
    returned.number = numbering.next_number(cooperative=cooperative, series=_SERIES)
    returned.journal = postings.post(returned, undone, refunds, party)
    returned.save(force_insert=True)
    ReturnedLine.objects.bulk_create(
        ReturnedLine(
            cooperative=cooperative,
            returned=returned,
            line_id=line.id,
            quantity=line.quantity,
            total_idr=line.total_idr,
            cost_idr=line.cost_idr,
        )
        for line in undone.lines
    )
    stock.write(cooperative, _movements(returned, undone), stocks)
    money_back.give_back(returned, refunds, party)
    turnover = "member_turnover_idr" if sale.member_id else "other_turnover_idr"
    figures.add(
        cooperative=cooperative,
        on=returned.date,
        unit=sale.unit.code,
        cost_idr=-returned.cost_idr,
        **{turnover: -returned.total_idr},
    )
    audit.record(
        cooperative=cooperative,
        action="sale.void" if returned.kind == ReturnKind.VOID else "sale.return",
        by=returned.by,
        subject=returned,
        sale=sale.number,
        total_idr=returned.total_idr,
        approved_by=str(returned.approved_by_id),
        reason=returned.reason,
        **({"instead": str(instead.paid_as), "receiver": instead.receiver} if instead else {}),
    )
    return returned


def _hold(returned: SaleReturn, undone: Undone) -> None:
    """Hold the drawer, the member and the vouchers, in the order in which sales hold them.

    Before the journal's number is taken: whoever pays into savings takes the member first, too.
    """
    shift = present(returned.shift, "it was approved at one")
    try:
        returned.shift = shifts.hold_open(shift)
    except shifts.ShiftRefused as refusal:
        raise ReturnRefused(str(refusal)) from refusal
    payments = {payment.id: payment for payment in returned.sale.payments.all()}
    backed = [payments[money.id] for money in undone.money]
    if any(payment.method in (Method.CREDIT, Method.SAVINGS) for payment in backed):
        member = present(returned.sale.member, "only members have credit and savings")
        returned.sale.member = membership.locked(member)
    codes = [payment.voucher_id for payment in backed if payment.voucher_id]
    vouchers = Voucher.objects.of(returned.cooperative).filter(id__in=codes)
    held = {
        row.id: row
        for row in vouchers.select_related("batch").select_for_update(of=("self",)).order_by("code")
    }
    for payment in backed:
        payment.voucher = held[payment.voucher_id] if payment.voucher_id else None


def _bring(returned: SaleReturn, approved: Approved) -> None:
    """Money out of the main cash box into the drawer, by whoever approves."""
    if not approved.brought_idr:
        return
    with in_indonesian():
        note = _("For goods of receipt %(number)s") % {"number": returned.sale.number}
    movements.move_cash(
        shift=present(returned.shift, "it is held"),
        reason=CashReason.CHANGE,
        amount_idr=approved.brought_idr,
        note=note,
        key=ledger.derived_key(returned.key, "brought"),
        at=returned.returned_at,
        by=approved.approver,
    )


def _movements(returned: SaleReturn, undone: Undone) -> list[StockMovement]:
    """One a product: what came back in several lines is put on the shelf together."""
    found: dict[UUID, StockMovement] = {}
    for line in undone.lines:
        if line.is_service:
            continue
        movement = found.setdefault(
            line.product_id,
            StockMovement(
                cooperative=returned.cooperative,
                product_id=line.product_id,
                kind=MovementKind.RETURN,
                date=returned.date,
                quantity=Decimal(0),
                value_idr=0,
                journal=returned.journal,
            ),
        )
        movement.quantity += line.quantity
        movement.value_idr += line.cost_idr
    return list(found.values())
