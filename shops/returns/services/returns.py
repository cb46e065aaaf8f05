"""Voids and returns: goods come back at what they were sold for, and money the way it came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from finance.ledger.models import Party
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import idempotency, shown
from kkmp.lib.errors import DomainError
from kkmp.lib.languages import in_indonesian
from kkmp.lib.periods import business_day, format_date
from kkmp.lib.presence import present
from kkmp.registry.models import Cooperative
from kkmp.registry.services import figures, numbering
from members.leaving.services import kept
from members.register.services import membership
from members.savings.services import passbook
from shops.drawers.models import CashReason, Shift
from shops.drawers.services import shifts
from shops.payments.models import Confirmation, PaidAs, Refund, SalePayment
from shops.pricing import undoing
from shops.pricing.methods import Method
from shops.pricing.paying import rounded
from shops.pricing.undoing import LineBack, MoneyBack, Undone
from shops.returns.models import ReturnedLine, ReturnKind, SaleReturn
from shops.returns.services import postings
from shops.settings import queries
from shops.stock.models import MovementKind, StockMovement
from shops.stock.services import stock
from shops.till.models import Sale, SaleLine
from shops.vouchers.models import Voucher

#: Returns are numbered in one series a cooperative.
_SERIES = "return"


class ReturnRefused(DomainError):
    """The goods may not be taken back so; the message is fit to show the cashier."""


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


@dataclass(frozen=True, slots=True)
class Instead:
    """How money is given back that cannot go back the way it was paid.

    :param receiver: who gets it or for whom it is kept; may be empty where it is kept for the
        former member or the heir
    """

    paid_as: PaidAs
    receiver: str = ""

    @classmethod
    def of(cls, paid_as: str | None, receiver: str) -> "Instead | None":
        """The choice as the form or program sent it; None where nothing was chosen."""
        return cls(PaidAs(paid_as), " ".join(receiver.split())[:120]) if paid_as else None


@transaction.atomic
def take_back(
    *,
    sale: Sale,
    quantities: Mapping[UUID, Decimal] | None,
    reason: str,
    key: UUID,
    at: datetime,
    approved: Approved,
    instead: Instead | None = None,
    shown_idr: int | None = None,
) -> SaleReturn:
    """Undo a sale, or take some of it back; stock, books, payments and counters follow.

    :param quantities: measures by id of the sale's line; None takes back all that is left. All of
        a sale that nothing came back of yet is a void
    :param key: made by the till; the same key with the same content returns the first return
    :param instead: for money that cannot go back the way it came: see :func:`stuck`
    :param shown_idr: what the buyer was told is paid back; None where nobody was told
    :raises ReturnRefused: nothing is left, more than was sold, no reason, the shift is closed,
        the approver is who does it, or money is stuck and nothing is said instead
    :raises shown.AmountChanged: it is another amount by now
    :raises shifts.DrawerShort: the drawer does not hold what it would pay in cash
    :raises ledger.NotInCash: the main cash box does not hold what is brought
    :raises ledger.KeyReused: the key was used for another return
    """
    locked = _locked(sale)
    reason = " ".join(reason.split())
    inputs = (locked, quantities, reason, instead, approved.brought_idr)
    content = idempotency.content_hash(*inputs)
    rows = SaleReturn.objects.of(locked.cooperative).filter(key=key)
    first = idempotency.earlier(rows, content)
    if first is not None:
        return first
    _refuse(locked, reason, approved)
    undone = _undone(locked, quantities)
    shown.refuse_changed(shown_idr, undone.total_idr + undone.rounding_idr)
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


def preview(*, sale: Sale, quantities: Mapping[UUID, Decimal] | None) -> Undone:
    """What would go back of a sale, without holding or writing anything.

    :param sale: of :func:`reading`
    :raises ReturnRefused: nothing is left, or more than was sold
    """
    return _undone(sale, quantities)


def stuck(sale: Sale, undone: Undone, *, on: date) -> dict[UUID, str]:
    """Payments that take nothing back, by their id, each with the reason in words.

    Savings and credit are closed when somebody leaves, and what goes back to a voucher that has
    expired can be spent by nobody.

    :param sale: of :func:`reading`
    """
    payments = {payment.id: payment for payment in sale.payments.all()}
    found = {}
    for money in undone.money:
        payment = payments[money.id]
        if payment.method in (Method.CREDIT, Method.SAVINGS):
            member = present(sale.member, "only members have credit and savings")
            if not member.is_active:
                found[money.id] = _("%(name)s has left the cooperative.") % {"name": member.name}
        elif payment.voucher is not None and payment.voucher.batch.valid_until < on:
            found[money.id] = _("The voucher was valid until %(date)s.") % {
                "date": format_date(payment.voucher.batch.valid_until)
            }
    return found


def left_of(sale: Sale) -> tuple[list[LineBack], list[MoneyBack]]:
    """What of a sale's lines and payments has not gone back yet.

    :param sale: with its rows reachable; hold it first where a decision rests on the answer
    """
    lines = [
        LineBack(
            id=line.id,
            product_id=line.product_id,
            name=line.name,
            is_service=line.product.is_service,
            is_weighed=line.product.is_weighed,
            sold=line.quantity,
            total_idr=line.total_idr,
            cost_idr=line.cost_idr,
            back=sum((r.quantity for r in line.returned.all()), Decimal(0)),
            back_total_idr=sum(r.total_idr for r in line.returned.all()),
            back_cost_idr=sum(r.cost_idr for r in line.returned.all()),
            income_code=line.product.income_code,
        )
        for line in sale.lines.all()
    ]
    money = [
        MoneyBack(
            id=payment.id,
            method=Method(payment.method),
            amount_idr=payment.amount_idr,
            back_idr=sum(refund.amount_idr for refund in payment.refunds.all()),
        )
        for payment in sale.payments.all()
    ]
    return lines, money


def _locked(sale: Sale) -> Sale:
    """The sale with everything of it, locked against other returns until the transaction ends.

    Sales are append-only, so their rows cannot be locked; the counter of returns is.
    """
    numbering.take_numbers(cooperative=sale.cooperative, series=_SERIES, count=0)
    return reading(sale.cooperative_id).get(id=sale.id)


def reading(cooperative: Cooperative | UUID) -> QuerySet[Sale]:
    """Sales with lines, payments and whatever went back of them."""
    back = Prefetch("returned", ReturnedLine.objects.of(cooperative))
    lines = SaleLine.objects.of(cooperative).select_related("product").prefetch_related(back)
    refunds = Prefetch("refunds", Refund.objects.of(cooperative))
    said = Prefetch("confirmations", Confirmation.objects.of(cooperative))
    payments = SalePayment.objects.of(cooperative).select_related("voucher__batch", "entry__kind")
    return (
        Sale.objects.of(cooperative)
        .select_related("cooperative", "unit", "member__party", "cashier")
        .prefetch_related(
            Prefetch("lines", lines.order_by("position", "id")),
            Prefetch(
                "payments", payments.prefetch_related(refunds, said).order_by("position", "id")
            ),
        )
    )


def _undone(sale: Sale, quantities: Mapping[UUID, Decimal] | None) -> Undone:
    lines, money = left_of(sale)
    try:
        return undoing.undo(
            lines,
            money,
            quantities,
            rounding_idr=sale.rounding_idr,
            rounded_back_idr=_rounded_back(sale),
            step_idr=queries.settings_of(sale.cooperative).cash_step_idr,
        )
    except undoing.CannotUndo as refusal:
        raise ReturnRefused(str(refusal), field=refusal.field) from refusal


def _rounded_back(sale: Sale) -> int:
    rows = SaleReturn.objects.of(sale.cooperative).filter(sale=sale)
    return sum(rows.values_list("rounding_idr", flat=True))


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
    returned: SaleReturn, undone: Undone, instead: Instead | None, approved: Approved
) -> SaleReturn:
    cooperative, sale = returned.cooperative, returned.sale
    stocks = stock.lock(cooperative, [line.product_id for line in undone.lines])
    _hold(returned, undone)
    refunds = _refunds(returned, undone, instead)
    party = _kept_for(returned, refunds)
    _bring(returned, approved)
    shift = present(returned.shift, "it is held")
    shifts.must_hold(shift, _from_drawer_idr(refunds), field="brought_idr")
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
    _give_back(returned, refunds, party)
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
    shifts.move_cash(
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


def _refunds(returned: SaleReturn, undone: Undone, instead: Instead | None) -> list[Refund]:
    """What goes back of each payment, and how, with member and vouchers held.

    :raises ReturnRefused: something is stuck and nothing is said instead, or not for whom
    """
    closed = stuck(returned.sale, undone, on=returned.date)
    if closed:
        _refuse_stuck(returned.sale, closed, instead)
    payments = {payment.id: payment for payment in returned.sale.payments.all()}
    step_idr = queries.settings_of(returned.cooperative).cash_step_idr
    found = []
    for money in undone.money:
        refund = Refund(
            cooperative=returned.cooperative,
            returned=returned,
            payment=payments[money.id],
            amount_idr=money.amount_idr,
        )
        if money.id in closed:
            refund.paid_as = present(instead, "else it was refused").paid_as
            if refund.paid_as == PaidAs.CASH:
                refund.rounding_idr = rounded(money.amount_idr, step_idr) - money.amount_idr
        found.append(refund)
    return found


def _from_drawer_idr(refunds: Sequence[Refund]) -> int:
    """What of it is handed over in cash, whole rupiah."""
    return sum(
        refund.amount_idr + refund.rounding_idr
        for refund in refunds
        if refund.paid_as == PaidAs.CASH or refund.payment.method == Method.CASH
    )


def _refuse_stuck(sale: Sale, closed: Mapping[UUID, str], instead: Instead | None) -> None:
    if instead is None:
        why = " ".join(dict.fromkeys(closed.values()))
        raise ReturnRefused(
            _(
                "%(why)s The money cannot go back the way it came. Choose whether it is paid in "
                "cash to whoever brings the goods, or kept by name."
            )
            % {"why": why},
            field="instead",
        )
    for_member = instead.paid_as == PaidAs.KEPT and sale.member is not None
    if not instead.receiver and not for_member:
        raise ReturnRefused(_("Write who gets the money."), field="receiver")


def _kept_for(returned: SaleReturn, refunds: Sequence[Refund]) -> Party | None:
    """The party for whom the books keep money; None where none is kept."""
    if not any(refund.paid_as == PaidAs.KEPT for refund in refunds):
        return None
    return kept.party_for(returned.cooperative, returned.sale.member, returned.receiver)


def _give_back(returned: SaleReturn, refunds: Sequence[Refund], party: Party | None) -> None:
    """Savings and vouchers get back what they gave; cash and the rest follow the books."""
    for refund in refunds:
        payment = refund.payment
        if refund.paid_as:
            continue
        if payment.entry is not None:
            member = present(returned.sale.member, "only a member's savings pay")
            held = passbook.balance(member, payment.entry.kind)
            refund.entry = passbook.write(held, refund.amount_idr, returned.journal)
            passbook.note("savings.sale_returned", refund.entry, returned.by)
            passbook.count(refund.entry)
        if payment.voucher is not None:
            payment.voucher.left_idr += refund.amount_idr
            payment.voucher.save(update_fields=["left_idr"])
    Refund.objects.bulk_create(refunds)
    if party is not None:
        kept.keep(
            party=party,
            member=returned.sale.member,
            name=returned.receiver,
            amount_idr=sum(r.amount_idr for r in refunds if r.paid_as == PaidAs.KEPT),
            reason=postings.memo(returned),
            journal=returned.journal,
            on=returned.date,
            by=returned.by,
        )
