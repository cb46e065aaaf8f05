"""The other direction of a member's credit: what the shop owes is paid out, and what was wrong
is undone.

Goods that were paid for and come back leave the shop owing the member. And a payment that was
taken of the wrong person, or twice, is a row that nobody can strike out; it gets its opposite.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from finance.ledger import queries as books
from finance.ledger.accounts import Code
from finance.ledger.models import Line
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import confirmed_amounts, idempotency
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import business_day
from kkmp.registry.services import numbering
from members.register.models import Member
from members.register.services import leaving_open, membership
from shops.credit.models import CreditPayment
from shops.credit.services.credits import CreditRefused
from shops.drawers.models import Shift
from shops.pricing.methods import Method

#: How the shop pays out what it owes, and the account that gives it.
PAID_FROM = {Method.CASH: Code.CASH, Method.TRANSFER: Code.BANK}


@transaction.atomic
def pay_out(
    *,
    member: Member,
    method: Method,
    amount_idr: int,
    key: UUID,
    at: datetime,
    by: User,
    reference: str = "",
    shown_idr: int | None = None,
) -> CreditPayment:
    """Pay a member what the shop owes, from the main cash box or by transfer.

    :param amount_idr: whole rupiah, positive, at most what is owed to the member
    :param key: made by the page; the same key with the same content returns the first payment
    :param shown_idr: what whoever pays saw is owed; None where nobody was shown it
    :raises CreditRefused: nothing or less is owed
    :raises confirmed_amounts.AmountChanged: something else is owed by now
    :raises ledger.KeyReused: the key was used for another act
    """
    locked = membership.locked(member)
    reference = reference.strip()[:60]
    content = idempotency.content_hash("payout", locked, method, amount_idr, reference)
    rows = CreditPayment.objects.of(locked.cooperative).filter(key=key)
    first = idempotency.first_result(rows, content)
    if first is not None:
        return first
    leaving_open.refuse(locked)
    ledger.hold_books(cooperative=locked.cooperative)
    owed = -books.purchases_owed_idr(locked.cooperative, locked.party_id)
    confirmed_amounts.refuse_changed(shown_idr, max(owed, 0))
    if method not in PAID_FROM:
        raise CreditRefused(_("Choose cash or transfer."), field="method")
    if not 0 < amount_idr <= owed:
        raise CreditRefused(
            _("The shop owes %(name)s %(owed)s; no more can be paid out.")
            % {"name": locked.name, "owed": format_rupiah(max(owed, 0))},
            field="amount_idr",
        )
    payment = _prepared(locked, method, -amount_idr, key=key, content=content, at=at, by=by)
    payment.reference = reference
    payment.journal = ledger.post(
        cooperative=locked.cooperative,
        kind="credit.payout",
        memo=_memo(payment),
        entries=[
            ledger.debit(Code.MEMBER_CREDIT, amount_idr, party=locked.party),
            ledger.credit(PAID_FROM[method], amount_idr),
        ],
        key=key,
        on=payment.date,
        by=by,
    )
    payment.save(force_insert=True)
    _note("credit.payout", payment, by, amount_idr=amount_idr, method=str(method))
    return payment


@transaction.atomic
def undo(
    *, payment: CreditPayment, reason: str, key: UUID, at: datetime, by: User
) -> CreditPayment:
    """Undo a cash payment, or what was paid out, by one of the opposite amount.

    Cash goes back out of the drawer that it went into while that is open, and out of the main
    cash box once the drawer has been emptied into it.

    :param reason: why, in words; it stands in the journal and the audit trail
    :param key: as in :func:`pay_out`
    :raises CreditRefused: it was undone before, is an undoing itself, is no cash, the member has
        left, or no reason is given
    :raises ledger.KeyReused: the key was used for another act
    """
    # The drawer before the member, as sales do.
    shift = _open_drawer(payment)
    member = membership.locked(payment.member)
    reason = " ".join(reason.split())
    content = idempotency.content_hash("undo", payment, reason)
    rows = CreditPayment.objects.of(member.cooperative).filter(key=key)
    first = idempotency.first_result(rows, content)
    if first is not None:
        return first
    _refuse_undoing(payment, member, reason)
    undone = _prepared(
        member, Method(payment.method), -payment.amount_idr, key=key, content=content, at=at, by=by
    )
    undone.reverses, undone.shift = payment, shift
    undone.rounding_idr = -payment.rounding_idr
    undone.reference = payment.reference
    undone.journal = ledger.post(
        cooperative=member.cooperative,
        kind=f"{payment.journal.kind}.reversal",
        memo=_memo(payment, reason),
        entries=_mirrored(payment, is_emptied=payment.shift_id is not None and shift is None),
        key=key,
        on=undone.date,
        by=by,
    )
    undone.save(force_insert=True)
    _note("credit.undo", undone, by, receipt=payment.number, reason=reason)
    return undone


def can_be_undone(payment: CreditPayment) -> bool:
    """Whether a page offers it: cash, or what was paid out, that stands."""
    is_ours = payment.method == Method.CASH or payment.amount_idr < 0
    return is_ours and payment.reverses_id is None and not _undone(payment).exists()


def _undone(payment: CreditPayment) -> QuerySet[CreditPayment]:
    return CreditPayment.objects.of(payment.cooperative_id).filter(reverses=payment)


def _open_drawer(payment: CreditPayment) -> Shift | None:
    """The drawer that took it, held, while its shift is open."""
    if payment.shift_id is None:
        return None
    rows = Shift.objects.of(payment.cooperative_id).filter(id=payment.shift_id, closed_at=None)
    return rows.select_for_update(of=("self",), no_key=True).first()


def _refuse_undoing(payment: CreditPayment, member: Member, reason: str) -> None:
    if not reason:
        raise CreditRefused(_("Write why it is corrected."), field="reason")
    if payment.reverses_id is not None:
        raise CreditRefused(_("This is a correction itself. Record the right payment instead."))
    if _undone(payment).exists():
        raise CreditRefused(_("This receipt has already been corrected."))
    if payment.method != Method.CASH and payment.amount_idr > 0:
        raise CreditRefused(
            _(
                "QRIS and transfers are put right under Payments: say there that this money never "
                "came."
            )
        )
    if not member.is_active:
        raise CreditRefused(
            _("%(name)s has left, and everything recorded until then was settled.")
            % {"name": member.name}
        )


def _prepared(
    member: Member,
    method: Method,
    amount_idr: int,
    *,
    key: UUID,
    content: str,
    at: datetime,
    by: User,
) -> CreditPayment:
    return CreditPayment(
        cooperative=member.cooperative,
        member=member,
        number=numbering.next_number(cooperative=member.cooperative, series="credit"),
        date=business_day(at),
        method=method,
        amount_idr=amount_idr,
        key=key,
        content_hash=content,
        by=by,
    )


def _mirrored(payment: CreditPayment, *, is_emptied: bool) -> list[ledger.Entry]:
    """The lines of its journal with their sides exchanged.

    :param is_emptied: the drawer's money lies in the main cash box now
    """
    lines = Line.objects.of(payment.cooperative_id).filter(journal_id=payment.journal_id)
    rows = lines.select_related("account", "party", "unit").order_by("position")
    return [
        ledger.Entry(
            Code.CASH if is_emptied and line.account.code == Code.DRAWER else line.account.code,
            line.credit_idr,
            line.debit_idr,
            line.party,
            line.unit,
        )
        for line in rows
    ]


def _memo(payment: CreditPayment, reason: str = "") -> str:
    with in_indonesian():
        if reason:
            text = _("Correction of credit receipt %(number)s: %(reason)s")
        else:
            text = _("Credit receipt %(number)s, %(name)s")
    named = {"number": payment.number, "name": payment.member.name, "reason": reason}
    return (text % named)[:200]


def _note(action: str, payment: CreditPayment, by: User, **details: object) -> None:
    audit.record(
        cooperative=payment.cooperative,
        action=action,
        by=by,
        subject=payment,
        number=payment.number,
        **details,
    )
