"""Credit of members (bon): who may owe how much, and taking what they owe."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger import queries as books
from finance.ledger.accounts import Code
from finance.ledger.models import Journal
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import idempotency
from kkmp.lib.errors import Conflict, DomainError
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import MAX_IDR, format_rupiah
from kkmp.lib.periods import business_day
from kkmp.registry.services import numbering
from members.register.models import Member
from members.register.services import leaving_open, membership
from shops.credit.models import CreditPayment, CreditTerms
from shops.drawers.models import Shift
from shops.pricing import paying
from shops.pricing.methods import Method
from shops.settings import queries as settings_queries

#: How the money for a credit may come.
METHODS = (Method.CASH, Method.TRANSFER, Method.QRIS)
MOST_DAYS = 365
#: More than anybody owes a neighbourhood's shop: a typing mistake.
MOST_LIMIT_IDR = 100_000_000


class CreditRefused(DomainError):
    """The credit may not be given or paid so; the message is fit to show."""


class CreditChanged(Conflict):
    """Somebody else has changed the limit meanwhile."""


@transaction.atomic
def set_terms(
    *, member: Member, limit_idr: int, due_days: int, version: int, by: User
) -> CreditTerms:
    """Say how much a member may owe, and for how long; purchases of before keep their days.

    :param limit_idr: zero ends the credit; what is owed stays owed
    :param version: of the terms as they were read; zero where there were none
    :raises CreditRefused: the numbers make no sense, or it is no active member
    :raises CreditChanged: somebody was quicker
    """
    locked = membership.locked(member)
    if not 0 <= limit_idr <= MOST_LIMIT_IDR:
        raise CreditRefused(_("This amount makes no sense."), field="limit_idr")
    if not 1 <= due_days <= MOST_DAYS:
        raise CreditRefused(
            _("Between 1 and %(most)d days.") % {"most": MOST_DAYS}, field="due_days"
        )
    if limit_idr:
        leaving_open.refuse(locked)
    if limit_idr and not locked.is_active:
        raise CreditRefused(
            _("%(name)s is not an active member, so there is no credit.") % {"name": locked.name},
            field="limit_idr",
        )
    terms = CreditTerms.objects.of(locked.cooperative).filter(member=locked).first()
    if (terms.version if terms else 0) != version:
        raise CreditChanged(
            _("Somebody else has changed this meanwhile. Look at what it is now, and try again.")
        )
    before_idr = terms.limit_idr if terms else 0
    if terms is None:
        terms = CreditTerms(cooperative=locked.cooperative, member=locked, version=0)
    terms.limit_idr, terms.due_days = limit_idr, due_days
    terms.version += 1
    terms.save()
    audit.record(
        cooperative=locked.cooperative,
        action="credit.terms",
        by=by,
        subject=terms,
        member=str(locked.id),
        before_idr=before_idr,
        limit_idr=limit_idr,
        due_days=due_days,
    )
    return terms


@transaction.atomic
def pay(
    *,
    member: Member,
    method: Method,
    amount_idr: int,
    key: UUID,
    at: datetime,
    by: User,
    reference: str = "",
    into_cash_box: bool = False,
) -> CreditPayment:
    """Take what a member owes, or part of it; the oldest purchase is paid first.

    Cash goes into the open drawer of whoever takes it, rounded to the step of the tills.

    :param amount_idr: what is owed less afterwards: whole rupiah, positive, at most what is owed
    :param key: made by the page; the same key with the same content returns the first payment
    :param into_cash_box: whether cash of somebody without a drawer goes into the main cash box
    :raises CreditRefused: more than is owed, or there is no drawer for the cash
    :raises ledger.KeyReused: the key was used for another payment
    :raises ledger.MonthClosed: the day lies in a closed month
    """
    # The drawer is locked before the member, as sales do.
    shift = _drawer(member, by) if method == Method.CASH else None
    locked = membership.locked(member)
    reference = reference.strip()[:60]
    content = idempotency.content_hash(locked, method, amount_idr, reference)
    rows = CreditPayment.objects.of(locked.cooperative).filter(key=key)
    first = idempotency.first_result(rows, content)
    if first is not None:
        return first
    if method == Method.CASH and shift is None and not into_cash_box:
        raise CreditRefused(_("Open your shift first: count the money in the drawer."))
    _refuse_amount(locked, method, amount_idr)
    payment = CreditPayment(
        cooperative=locked.cooperative,
        member=locked,
        date=business_day(at),
        method=method,
        amount_idr=amount_idr,
        rounding_idr=_rounding_idr(locked, amount_idr) if method == Method.CASH else 0,
        reference=reference,
        shift=shift,
        key=key,
        content_hash=content,
        by=by,
    )
    payment.number = numbering.next_number(cooperative=locked.cooperative, series="credit")
    payment.journal = _post(payment)
    payment.save(force_insert=True)
    audit.record(
        cooperative=locked.cooperative,
        action="credit.payment",
        by=by,
        subject=payment,
        number=payment.number,
        method=str(method),
        amount_idr=amount_idr,
    )
    return payment


def _drawer(member: Member, by: User) -> Shift | None:
    """Whoever closes the shift waits for this payment."""
    rows = Shift.objects.of(member.cooperative_id).filter(cashier_id=by.pk, closed_at=None)
    return rows.select_for_update(of=("self",), no_key=True).select_related("unit").first()


def _refuse_amount(member: Member, method: Method, amount_idr: int) -> None:
    if method not in METHODS:
        raise CreditRefused(_("A credit is paid in cash, by transfer or by QRIS."), field="method")
    if not 0 < amount_idr <= MAX_IDR:
        raise CreditRefused(_("The amount must be more than zero."), field="amount_idr")
    owed = books.purchases_owed_idr(member.cooperative, member.party_id)
    if owed <= 0:
        raise CreditRefused(_("%(name)s owes nothing.") % {"name": member.name})
    if amount_idr > owed:
        raise CreditRefused(
            _("%(name)s owes %(owed)s; no more can be taken.")
            % {"name": member.name, "owed": format_rupiah(owed)},
            field="amount_idr",
        )


def _rounding_idr(member: Member, amount_idr: int) -> int:
    step_idr = settings_queries.settings_of(member.cooperative).cash_step_idr
    received_idr = paying.rounded(amount_idr, step_idr)
    if not received_idr:
        raise CreditRefused(
            _("Cash is rounded to %(step)s, so this would be nothing.")
            % {"step": format_rupiah(step_idr)},
            field="amount_idr",
        )
    return received_idr - amount_idr


def _account(payment: CreditPayment) -> Code:
    if payment.method == Method.CASH:
        return Code.DRAWER if payment.shift else Code.CASH
    return Code.QRIS if payment.method == Method.QRIS else Code.BANK


def _post(payment: CreditPayment) -> Journal:
    unit = payment.shift.unit if payment.shift else None
    with in_indonesian():
        memo = _("Credit receipt %(number)s, %(name)s") % {
            "number": payment.number,
            "name": payment.member.name,
        }
    return ledger.post(
        cooperative=payment.cooperative,
        kind="credit.payment",
        memo=memo[:200],
        entries=[
            ledger.debit(_account(payment), payment.received_idr, unit=unit),
            ledger.credit(
                Code.MEMBER_CREDIT, payment.amount_idr, party=payment.member.party, unit=unit
            ),
            *ledger.rounding(payment.rounding_idr, unit=unit),
        ],
        key=payment.key,
        on=payment.date,
        by=payment.by,
    )
