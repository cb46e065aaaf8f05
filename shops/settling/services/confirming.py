"""Recording that a payment by QRIS or transfer has arrived, or never came."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger import kinds
from finance.ledger.accounts import Code
from finance.ledger.models import Journal, Party
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.lib.languages import in_indonesian
from kkmp.lib.periods import format_date
from kkmp.registry.models import Cooperative
from kkmp.registry.services import numbering
from members.leaving.services import kept
from members.register.models import Member
from members.register.services import membership
from members.savings.models import SavingsEntry
from members.savings.services import savings
from shops.credit.models import CreditPayment
from shops.payments.models import Confirmation
from shops.payments.services.payments import WAITING_ON
from shops.pricing.methods import Method
from shops.settling import queries
from shops.settling.models import Settlement
from shops.settling.queries import UNSETTLED, Receivable, State, Wanted


class PaymentRefused(DomainError):
    """The payment may not be confirmed or found missing; the message is fit to show."""


@transaction.atomic
def confirm(
    *, cooperative: Cooperative, ids: Sequence[UUID], on: date, by: User
) -> list[Receivable]:
    """Record that payments have arrived; one that was confirmed before stays as it is.

    A payment that was recorded as never having come goes back to the account where it was.

    :returns: the payments that this has changed
    :raises PaymentRefused: there is no such payment, or all of it was returned
    """
    changed = [one for one in held(cooperative, ids) if one.state not in _HERE]
    for one in changed:
        if one.left_idr == 0 and one.is_savings:
            raise PaymentRefused(
                _(
                    "The deposit of receipt S-%(number)06d was taken back. If its money has come "
                    "after all, record it as a deposit anew."
                )
                % {"number": one.number}
            )
        if one.left_idr == 0:
            raise PaymentRefused(
                _("All of payment %(number)s was returned; nothing has to arrive.")
                % {"number": one.number}
            )
        journal = _move(one, "payment.found", on, by) if one.state == State.MISSING else None
        add_confirmation(one, True, on=on, by=by, journal=journal)
        audit.record(
            cooperative=cooperative,
            action="payment.confirm",
            by=by,
            subject=one.row,
            amount_idr=one.left_idr,
            came_late=journal is not None,
        )
    return changed


@transaction.atomic
def record_missing(
    *, cooperative: Cooperative, id: UUID, note: str, on: date, by: User
) -> Receivable:
    """Record that a payment never came.

    A sale's payment becomes a difference to be cleared up; what paid off credit is owed by the
    member again; a deposit of savings is corrected.

    :param note: what was done to find it; it stands in the audit trail
    :raises PaymentRefused: no note, all of it was returned, or it has reached the bank
    """
    one = held(cooperative, [id])[0]
    if one.state == State.MISSING:
        return one
    note = " ".join(note.split())
    _refuse_missing(one, note)
    journal = _move(one, "payment.missing", on, by)
    add_confirmation(one, False, on=on, by=by, journal=journal, note=note)
    audit.record(
        cooperative=cooperative,
        action="payment.missing",
        by=by,
        subject=one.row,
        amount_idr=one.left_idr,
        note=note,
    )
    return one


def held(cooperative: Cooperative, ids: Sequence[UUID]) -> list[Receivable]:
    """The payments as they are now, oldest first, locked against confirmations and returns.

    Payments are append-only and cannot be locked, so the counter that returns lock is locked.

    :raises PaymentRefused: one of them does not exist
    """
    numbering.take_numbers(cooperative=cooperative, series="return", count=0)
    wanted = set(ids)
    found = queries.find(cooperative, Wanted(ids=list(wanted)))
    if not found or len(found) < len(wanted):
        raise PaymentRefused(_("There is no such payment."), field="ids")
    return found


def add_confirmation(
    one: Receivable,
    has_arrived: bool,
    *,
    on: date,
    by: User,
    journal: Journal | None = None,
    settlement: Settlement | None = None,
    note: str = "",
) -> Confirmation:
    """Add a confirmation; the caller has locked the payment."""
    return Confirmation.objects.create(
        cooperative_id=one.row.cooperative_id,
        position=one.position + 1,
        has_arrived=has_arrived,
        settlement=settlement,
        journal=journal,
        note=note[:200],
        on=on,
        by=by,
        **{one.confirmation_field: one.row},
    )


_HERE = (State.ARRIVED, State.SETTLED)


def _refuse_missing(one: Receivable, note: str) -> None:
    if one.state == State.SETTLED:
        raise PaymentRefused(
            _("This payment reached the bank with a settlement. Undo that settlement first.")
        )
    if one.state not in UNSETTLED or one.left_idr == 0:
        raise PaymentRefused(
            _("All of payment %(number)s was returned; nothing has to arrive.")
            % {"number": one.number}
        )
    if not note:
        raise PaymentRefused(_("Write what you have done to find it."), field="note")


def _move(one: Receivable, kind: str, on: date, by: User) -> Journal:
    """Move what is left of a payment between its account and that of who owes it instead.

    What was returned meanwhile is not moved: it went back from the account where it then was.
    """
    if on < one.date:
        raise PaymentRefused(
            _("This was paid on %(date)s; nothing can be said of it before.")
            % {"date": format_date(one.date)}
        )
    if isinstance(one.row, SavingsEntry):
        return _take_back(one.row, on, by)
    should_be: tuple[Code, Party | None] = (WAITING_ON[one.method], None)
    counterpart: tuple[Code, Party | None] = (Code.CASH_DIFFERENCES, None)
    unit = None
    member = None
    if isinstance(one.row, CreditPayment):
        member = membership.locked_by_id(one.row.cooperative_id, one.row.member_id)
        counterpart = (Code.MEMBER_CREDIT, member.party)
        _refuse_debt(member, kind)
    else:
        unit = one.row.sale.unit
    to, source = (counterpart, should_be) if kind == "payment.missing" else (should_be, counterpart)
    with in_indonesian():
        memo = f"{kinds.label(kind)}: {name(one)}"
    journal = ledger.post(
        cooperative=one.row.cooperative,
        kind=kind,
        memo=memo[:200],
        entries=[
            ledger.debit(to[0], one.left_idr, party=to[1], unit=unit),
            ledger.credit(source[0], one.left_idr, party=source[1], unit=unit),
        ],
        key=ledger.derived_key(one.id, f"{kind} {one.position}"),
        on=on,
        by=by,
    )
    if member is not None and not member.is_active:
        kept.keep_credit(
            member=member,
            amount_idr=one.left_idr,
            reason=memo[:200],
            key=ledger.derived_key(one.id, f"kept {one.position}"),
            on=on,
            by=by,
        )
    return journal


def _take_back(entry: SavingsEntry, on: date, by: User) -> Journal:
    """Correct a deposit of savings whose money never came."""
    with in_indonesian():
        reason = _("The money never came")
    undone = savings.reverse_entry(
        entry=entry, reason=reason, key=ledger.derived_key(entry.id, "never came"), on=on, by=by
    )
    return undone.journal


def refuse_settled(entry: SavingsEntry) -> None:
    """Refuse to correct a deposit that a settlement has brought to the bank with others.

    Locks, so that no settlement takes it in meanwhile.

    :raises PaymentRefused: the deposit was settled
    """
    if not entry.to_match:
        return
    one = held(entry.cooperative, [entry.id])[0]
    if one.state == State.SETTLED:
        raise PaymentRefused(
            _("This payment reached the bank with a settlement. Undo that settlement first.")
        )


def _refuse_debt(member: Member, kind: str) -> None:
    """Refuse to make a debt for a member whose leaving has settled everything."""
    if kind == "payment.missing" and not member.is_active:
        raise PaymentRefused(
            _(
                "%(name)s has left, and everything recorded until then was settled. Book the loss "
                "as an entry of your own."
            )
            % {"name": member.name}
        )


def name(one: Receivable) -> str:
    """The name of a payment in the books."""
    with in_indonesian():
        label = Method(one.method).label
        if one.is_savings:
            return _("%(method)s of savings receipt %(number)s") % {
                "method": label,
                "number": one.number,
            }
        if one.is_credit:
            return _("%(method)s of credit receipt %(number)s") % {
                "method": label,
                "number": one.number,
            }
        return _("%(method)s of receipt %(number)s") % {"method": label, "number": one.number}
