"""Paying a former member what the decision left of the savings, once, with its receipt."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import confirmed_amounts, idempotency
from kkmp.lib.errors import DomainError
from kkmp.lib.languages import in_indonesian
from members.leaving.models import Exit
from members.register.services import membership


class PayoutRefused(DomainError):
    """The refund may not be paid; the message is fit to show the treasurer."""


@transaction.atomic
def pay(*, exit: Exit, key: UUID, on: date, by: User, shown_idr: int | None = None) -> Exit:
    """Pay the refund in cash, on the agreed day or on any other after the decision.

    :param key: made by the page; the same key returns the first payment, whatever the day,
        with ``is_repeat`` set
    :param shown_idr: the amount that whoever pays saw; None where nobody was shown it
    :raises confirmed_amounts.AmountChanged: it is another amount
    :raises PayoutRefused: not decided, nothing to pay, or paid already
    :raises ledger.KeyReused: the key was used for something else
    """
    exit = held(exit)
    first = ledger.posted_before(exit.cooperative, key, _pay_content(exit))
    if first is not None:
        # What was paid and undone since is not paid once more by the same form.
        return idempotency.repeated(exit, same=exit.payment_id == first.id)
    _refuse_unpayable(exit)
    confirmed_amounts.refuse_changed(shown_idr, exit.refund_idr)
    pay_now(exit, key=key, on=on, by=by)
    exit.save(update_fields=["paid_on", "paid_by", "payment"])
    return exit


def pay_now(exit: Exit, *, key: UUID, on: date, by: User) -> None:
    """Post the payment and set it on a row that the caller holds and saves."""
    with in_indonesian():
        memo = _("Savings paid out to a former member: %(name)s") % {"name": exit.member.name}
    exit.payment = ledger.post(
        cooperative=exit.cooperative,
        kind="savings.refund",
        memo=memo[:200],
        entries=[
            ledger.debit(Code.FORMER_MEMBERS, exit.refund_idr, party=exit.member.party),
            ledger.credit(Code.CASH, exit.refund_idr),
        ],
        key=key,
        on=on,
        by=by,
        content=_pay_content(exit),
    )
    exit.paid_on, exit.paid_by = on, by
    audit.note("exit.pay", exit, by, amount_idr=exit.refund_idr)


def _pay_content(exit: Exit) -> str:
    return ledger.content_of("savings.refund", exit)


@transaction.atomic
def unpay(*, exit: Exit, reason: str, key: UUID, on: date, by: User) -> Exit:
    """Undo a payment that was recorded and not made: the money is owed again.

    :param reason: why, in words; it stands in the journal and the audit trail
    :param key: as in :func:`pay`
    :raises PayoutRefused: it is not paid, or no reason is given
    :raises ledger.KeyReused: the key was used for something else
    """
    exit = held(exit)
    reason = " ".join(reason.split())
    content = ledger.content_of("savings.refund.reversal", exit, reason)
    if ledger.posted_before(exit.cooperative, key, content) is not None:
        return idempotency.repeated(exit, same=True)
    if exit.payment is None:
        raise PayoutRefused(_("This has not been paid out."))
    if not reason:
        raise PayoutRefused(_("Write why it is corrected."), field="reason")
    ledger.reverse(
        journal=exit.payment, memo=_memo(exit, reason), key=key, on=on, by=by, content=content
    )
    exit.payment = exit.paid_on = exit.paid_by = None
    exit.pay_on = exit.pay_on or on
    exit.prints = 0
    exit.save(update_fields=["payment", "paid_on", "paid_by", "pay_on", "prints"])
    audit.note("exit.unpay", exit, by, reason=reason)
    return exit


@transaction.atomic
def issue_receipt(*, exit: Exit, by: User) -> int:
    """Note that the receipt is printed and learn which copy it is; 0 is the original.

    :raises PayoutRefused: nothing has been paid
    """
    exit = held(exit)
    if exit.payment is None:
        raise PayoutRefused(_("This has not been paid out."))
    copy = exit.prints
    exit.prints += 1
    exit.save(update_fields=["prints"])
    audit.note("exit.print", exit, by, copy=copy)
    return copy


def held(exit: Exit) -> Exit:
    """The row as it is now, with its member's row locked, so that acts on one person wait."""
    member = membership.locked(exit.member)
    rows = Exit.objects.of(member.cooperative).select_related("payment", "requested_by")
    now = rows.get(id=exit.id)
    now.cooperative, now.member = member.cooperative, member
    return now


def _refuse_unpayable(exit: Exit) -> None:
    if not exit.is_decided:
        raise PayoutRefused(_("It has to be decided before anything is paid."))
    if exit.payment is not None:
        raise PayoutRefused(_("This has been paid out already."))
    if not exit.refund_idr:
        raise PayoutRefused(_("There is nothing to pay out."))


def _memo(exit: Exit, reason: str) -> str:
    with in_indonesian():
        memo = _("Payment to %(name)s undone: %(reason)s")
    return (memo % {"name": exit.member.name, "reason": reason})[:200]
