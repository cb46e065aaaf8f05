"""Members' savings: taken in, paid out, and posted in the same transaction."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.accounts import Code
from finance.models import Journal
from finance.services import ledger
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.lib.money import format_rupiah
from kkmp.registry import queries as registry
from kkmp.registry.services import figures, numbering
from members.models import (
    Member,
    SavingsBalance,
    SavingsEntry,
    SavingsKind,
    SavingsRole,
    Status,
)
from members.services import membership


class DepositRefused(DomainError):
    """The deposit may not be taken; the message is fit to show the cashier."""


class WithdrawalRefused(DomainError):
    """The withdrawal may not be paid; the message is fit to show the cashier."""


@transaction.atomic
def deposit(
    *,
    member: Member,
    kind: SavingsKind,
    amount_idr: int,
    key: UUID,
    on: date,
    by: Any,
    into: str = Code.CASH,
) -> SavingsEntry:
    """Take money into a member's savings and post it.

    A person becomes a member, with the next number, when the principal is paid in full.

    :param amount_idr: whole rupiah, positive
    :param key: made by the page or till; the same key with the same content returns the first
    :param into: code of the account that receives the money; the clearing account for savings
        that were paid before the books began
    :raises DepositRefused: the person has left, the amount is not positive, or more than what
        is still open of the principal
    """
    if amount_idr <= 0:
        raise DepositRefused(_("The amount must be more than zero."), field="amount_idr")
    member = _locked(member)
    journal = ledger.post(
        cooperative=member.cooperative,
        kind="savings.opening" if into == Code.OPENING_CLEARING else "savings.deposit",
        memo=f"{kind.name}: {member.name}"[:200],
        entries=[
            ledger.debit(into, amount_idr),
            ledger.credit(kind.account_code, amount_idr, party=member.party),
        ],
        key=key,
        on=on,
        by=by,
    )
    if journal.was_posted_before:
        return _entry_of(journal)
    _refuse_deposit(member, kind, amount_idr, on)
    entry = _write(member, kind, amount_idr, journal, on)
    audit.record(
        cooperative=member.cooperative,
        action="savings.deposit",
        by=by,
        subject=entry,
        kind=kind.code,
        amount_idr=amount_idr,
    )
    if kind.role == SavingsRole.PRINCIPAL:
        _advance(member, entry.balance_after_idr, on=on, by=by)
    return entry


@transaction.atomic
def withdraw(
    *, member: Member, kind: SavingsKind, amount_idr: int, key: UUID, on: date, by: Any
) -> SavingsEntry:
    """Pay money out of a member's voluntary savings and post it.

    :param amount_idr: whole rupiah, positive
    :param key: as in :func:`deposit`
    :raises WithdrawalRefused: the kind stays until the member leaves, or the balance is less
    """
    if amount_idr <= 0:
        raise WithdrawalRefused(_("The amount must be more than zero."), field="amount_idr")
    member = _locked(member)
    journal = ledger.post(
        cooperative=member.cooperative,
        kind="savings.withdrawal",
        memo=f"{kind.name}: {member.name}"[:200],
        entries=[
            ledger.debit(kind.account_code, amount_idr, party=member.party),
            ledger.credit(Code.CASH, amount_idr),
        ],
        key=key,
        on=on,
        by=by,
    )
    if journal.was_posted_before:
        return _entry_of(journal)
    _refuse_withdrawal(member, kind, amount_idr)
    entry = _write(member, kind, -amount_idr, journal, on)
    audit.record(
        cooperative=member.cooperative,
        action="savings.withdraw",
        by=by,
        subject=entry,
        kind=kind.code,
        amount_idr=amount_idr,
    )
    return entry


def _locked(member: Member) -> Member:
    """The member's row, held until the end: two payments for one member take turns."""
    return (
        Member.objects.of(member.cooperative_id)
        .select_for_update(of=("self",))
        .select_related("cooperative", "party")
        .get(id=member.id)
    )


def _balance(member: Member, kind: SavingsKind) -> SavingsBalance:
    balance = SavingsBalance.objects.of(member.cooperative_id).filter(member=member, kind=kind)
    return balance.first() or SavingsBalance(
        cooperative_id=member.cooperative_id, member=member, kind=kind
    )


def _refuse_deposit(member: Member, kind: SavingsKind, amount_idr: int, on: date) -> None:
    if member.status == Status.LEFT:
        raise DepositRefused(_("%(name)s has left the cooperative.") % {"name": member.name})
    if kind.role == SavingsRole.PRINCIPAL:
        due = registry.settings_on(member.cooperative, on).principal_idr
        open_idr = due - _balance(member, kind).balance_idr
        if amount_idr > open_idr:
            raise DepositRefused(
                _("Of the principal savings only %(open)s is still to be paid.")
                % {"open": format_rupiah(max(open_idr, 0))},
                field="amount_idr",
            )
    elif not member.is_active:
        raise DepositRefused(
            _("%(name)s is not a member yet: the principal savings come first.")
            % {"name": member.name},
            field="kind",
        )


def _refuse_withdrawal(member: Member, kind: SavingsKind, amount_idr: int) -> None:
    if not kind.is_withdrawable:
        raise WithdrawalRefused(
            _("%(kind)s can be paid out only when the member leaves.") % {"kind": kind.label},
            field="kind",
        )
    held = _balance(member, kind).balance_idr
    if amount_idr > held:
        raise WithdrawalRefused(
            _("The balance is %(balance)s; no more than that can be withdrawn.")
            % {"balance": format_rupiah(held)},
            field="amount_idr",
        )


#: Which counter a role of savings moves.
_MEASURE = {
    SavingsRole.PRINCIPAL: "principal_idr",
    SavingsRole.MANDATORY: "mandatory_idr",
    SavingsRole.VOLUNTARY: "voluntary_idr",
}


def _write(
    member: Member, kind: SavingsKind, change_idr: int, journal: Journal, on: date
) -> SavingsEntry:
    balance = _balance(member, kind)
    balance.balance_idr += change_idr
    balance.save()
    entry = SavingsEntry.objects.create(
        cooperative=member.cooperative,
        member=member,
        kind=kind,
        journal=journal,
        number=numbering.next_number(cooperative=member.cooperative, series="savings"),
        date=on,
        amount_idr=change_idr,
        balance_after_idr=balance.balance_idr,
    )
    measure = _MEASURE[SavingsRole(kind.role)]
    figures.add(cooperative=member.cooperative, on=on, **{measure: change_idr})
    return entry


def _entry_of(journal: Journal) -> SavingsEntry:
    return (
        SavingsEntry.objects.of(journal.cooperative_id)
        .select_related("member", "kind")
        .get(journal=journal)
    )


def _advance(member: Member, paid_idr: int, *, on: date, by: Any) -> None:
    """Paid in full makes a member; a part of it moves the person on from lead or applied."""
    if paid_idr >= registry.settings_on(member.cooperative, on).principal_idr:
        membership.activate(member=member, on=on, by=by)
    elif member.status in (Status.LEAD, Status.APPLIED):
        membership.move(member=member, to=Status.INCOMPLETE, on=on, by=by)
