"""Settlements: the acquirer pays many QRIS payments to the bank together, less its fee."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from finance.ledger.models import Journal
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import confirmed_amounts, idempotency
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date
from kkmp.registry.models import Cooperative
from shops.pricing.methods import Method
from shops.settling import queries
from shops.settling.models import Settlement
from shops.settling.queries import UNSETTLED, Receivable
from shops.settling.services import confirming
from shops.settling.services.confirming import PaymentRefused

#: QRIS costs a shop less than one percent; more than this is a typing mistake.
MOST_FEE_PERCENT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """Money that came to the bank.

    :param ids: the ids of the payments in it
    :param net_idr: what the bank shows, whole rupiah
    """

    ids: Sequence[UUID]
    net_idr: int
    on: date
    reference: str = ""


@transaction.atomic
def settle(
    *,
    cooperative: Cooperative,
    arrived: Arrived,
    key: UUID,
    by: User,
    shown_idr: int | None = None,
) -> Settlement:
    """Record that QRIS payments reached the bank; what is missing of their sum is the fee.

    Of a payment that was returned in part, only what is left counts.

    :param key: made by the page; the same key with the same content returns the first settlement
    :param shown_idr: the sum of the ticked payments on the page; None if none was shown
    :raises confirmed_amounts.AmountChanged: something was returned since
    :raises PaymentRefused: a payment is not waiting to be settled, or the amount makes no sense
    :raises ledger.KeyReused: the key was used for another settlement
    :raises ledger.MonthClosed: the day lies in a closed month
    """
    if not arrived.ids:
        raise PaymentRefused(_("Tick the payments that are in it."), field="ids")
    found = confirming.held(cooperative, arrived.ids)
    content = idempotency.content_hash(
        set(arrived.ids), arrived.net_idr, arrived.on, arrived.reference.strip()
    )
    rows = queries.settlements(cooperative).filter(key=key)
    first = idempotency.first_result(rows, content)
    if first is not None:
        return first
    gross_idr = sum(one.left_idr for one in found)
    _refuse_payments(found)
    confirmed_amounts.refuse_changed(shown_idr, gross_idr)
    _refuse_amounts(found, gross_idr, arrived)
    settlement = Settlement(
        cooperative=cooperative,
        method=Method.QRIS,
        date=arrived.on,
        gross_idr=gross_idr,
        fee_idr=gross_idr - arrived.net_idr,
        reference=arrived.reference.strip(),
        key=key,
        content_hash=content,
        by=by,
    )
    settlement.journal = _post(settlement, len(found))
    settlement.save(force_insert=True)
    for one in found:
        confirming.add_confirmation(one, True, on=arrived.on, by=by, settlement=settlement)
    audit.record(
        cooperative=cooperative,
        action="payment.settle",
        by=by,
        subject=settlement,
        payments=len(found),
        gross_idr=gross_idr,
        fee_idr=settlement.fee_idr,
    )
    return settlement


@transaction.atomic
def undo(*, settlement: Settlement, reason: str, key: UUID, on: date, by: User) -> Journal:
    """Undo a settlement that was recorded wrongly: its payments wait to be settled again.

    :param key: the same key with the same content returns the first reversal
    :raises PaymentRefused: no reason, or something of it was returned since
    :raises ledger.PostingRefused: it was undone before, or the books do not allow it
    :raises ledger.KeyReused: the key was used for something else
    """
    reason = " ".join(reason.split())
    content = ledger.content_of("payment.unsettle", settlement, reason)
    first = ledger.posted_before(settlement.cooperative, key, content)
    if first is not None:
        return first
    if not reason:
        raise PaymentRefused(_("Write why it is undone."), field="reason")
    brought = queries.of_settlement(settlement)
    found = confirming.held(settlement.cooperative, [one.id for one in brought])
    # What was returned since was paid from the bank, where without the settlement it never was.
    if sum(one.left_idr for one in found) != settlement.gross_idr:
        raise PaymentRefused(
            _("Something of it was returned to the buyer since; it cannot be undone any more.")
        )
    with in_indonesian():
        memo = _("Settlement of %(date)s undone: %(reason)s") % {
            "date": format_date(settlement.date),
            "reason": reason,
        }
    journal = ledger.reverse(
        journal=settlement.journal, memo=memo[:200], key=key, on=on, by=by, content=content
    )
    if journal.is_repeat:
        return journal
    for one in found:
        confirming.add_confirmation(one, True, on=on, by=by, journal=journal, note=reason)
    audit.record(
        cooperative=settlement.cooperative,
        action="payment.unsettle",
        by=by,
        subject=settlement,
        reason=reason,
    )
    return journal


def _refuse_payments(found: Sequence[Receivable]) -> None:
    for one in found:
        if one.method != Method.QRIS:
            raise PaymentRefused(_("Only QRIS payments are settled together."), field="ids")
        if one.state not in UNSETTLED or one.left_idr == 0:
            raise PaymentRefused(
                _("Payment of receipt %(number)s is not waiting any more: %(state)s.")
                % {"number": one.number, "state": one.state.label},
                field="ids",
            )


def _refuse_amounts(found: Sequence[Receivable], gross_idr: int, arrived: Arrived) -> None:
    latest = max(one.date for one in found)
    if arrived.on < latest:
        raise PaymentRefused(
            _("One of these was paid on %(date)s, after the money is said to have arrived.")
            % {"date": format_date(latest)},
            field="on",
        )
    if arrived.net_idr <= 0:
        raise PaymentRefused(_("The amount must be more than zero."), field="net_idr")
    fee_idr = gross_idr - arrived.net_idr
    if fee_idr < 0:
        raise PaymentRefused(
            _("The ticked payments are %(gross)s together; the bank cannot have got more.")
            % {"gross": format_rupiah(gross_idr)},
            field="net_idr",
        )
    if fee_idr * 100 > gross_idr * MOST_FEE_PERCENT:
        raise PaymentRefused(
            _(
                "That would be a fee of %(fee)s on %(gross)s, which is too much for QRIS. Check "
                "the amount, and which payments are in it."
            )
            % {"fee": format_rupiah(fee_idr), "gross": format_rupiah(gross_idr)},
            field="net_idr",
        )


def _post(settlement: Settlement, count: int) -> Journal:
    with in_indonesian():
        memo = _("QRIS settlement, %(count)d payments") % {"count": count}
    net_idr = settlement.gross_idr - settlement.fee_idr
    entries = [ledger.debit(Code.BANK, net_idr)]
    if settlement.fee_idr:
        entries.append(ledger.debit(Code.PAYMENT_FEES, settlement.fee_idr))
    entries.append(ledger.credit(Code.QRIS, settlement.gross_idr))
    return ledger.post(
        cooperative=settlement.cooperative,
        kind="payment.settle",
        memo=f"{memo} {settlement.reference}".strip()[:200],
        entries=entries,
        key=settlement.key,
        on=settlement.date,
        by=settlement.by,
    )
