"""Members' savings: taken in, paid out, corrected, and posted in the same transaction."""

from datetime import date
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.lib.errors import DomainError
from kkmp.lib.money import format_rupiah
from kkmp.registry import queries as registry
from members.register.models import Member, Status
from members.register.services import leaving_open, membership
from members.savings.models import (
    PaidBy,
    SavingsBalance,
    SavingsEntry,
    SavingsKind,
    SavingsRole,
)
from members.savings.services import days, limits, passbook
from members.savings.services.corrections import ReversalRefused, reverse_entry

__all__ = [
    "DepositRefused",
    "ReversalRefused",
    "WithdrawalRefused",
    "admit",
    "deposit",
    "deposit_with_first_month",
    "first_month_idr",
    "reverse_entry",
    "withdraw",
]


#: Where the money of each way to pay lies.
MONEY_OF = {PaidBy.CASH: Code.CASH, PaidBy.TRANSFER: Code.BANK, PaidBy.QRIS: Code.QRIS}
#: How a withdrawal is paid.
PAID_OUT = (PaidBy.CASH, PaidBy.TRANSFER)


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
    by: User,
    into: str = Code.CASH,
    method: PaidBy = PaidBy.CASH,
    reference: str = "",
    day: date | None = None,
) -> SavingsEntry:
    """Take money into a member's savings and post it.

    A person becomes a member, with the next number, when the principal is paid in full.

    :param amount_idr: whole rupiah, positive
    :param key: made by the page or till; the same key with the same content returns the first
        entry, whatever the day, with ``is_repeat`` set
    :param into: code of the account that receives the money; the clearing account for savings
        that were paid before the books began
    :param method: how it was paid; what nobody at the desk can see is matched with the bank
    :param day: the past day of an open month on which it was paid, such as that of a meeting;
        None is ``on``, today
    :raises DepositRefused: the person has left, the amount is not positive, less than the kind
        takes at once or more than what is still open of the principal, a part of it where the
        members allow no instalments, or the kind is out of use
    :raises leaving_open.LeavingOpen: the person's leaving waits for a decision
    :raises membership.RegistrationRefused: it would make a member of somebody without a NIK
    :raises ledger.KeyReused: the key was used for other content
    """
    member = membership.locked(member)
    act = "savings.opening" if into == Code.OPENING_CLEARING else "savings.deposit"
    account = into if into != Code.CASH else MONEY_OF[PaidBy(method)]
    reference = " ".join(reference.split())[:60]
    content = ledger.content_of(act, member, kind, amount_idr, account, reference, day)
    first = passbook.recorded_before(member, key, content)
    if first is not None:
        return first
    leaving_open.refuse(member)
    held = passbook.balance(member, kind)
    on = days.counted(member, kind, day, on=on)
    _refuse_deposit(member, held, amount_idr, on)
    if kind.role == SavingsRole.PRINCIPAL and into != Code.OPENING_CLEARING:
        _refuse_instalment(held, amount_idr, on)
    journal = ledger.post(
        cooperative=member.cooperative,
        kind=act,
        memo=_memo(member, kind),
        entries=[
            ledger.debit(account, amount_idr),
            ledger.credit(kind.account_code, amount_idr, party=member.party),
        ],
        key=key,
        on=on,
        by=by,
        content=content,
    )
    paid = "" if account == Code.OPENING_CLEARING else str(method)
    entry = passbook.write(held, amount_idr, journal, method=paid, reference=reference)
    passbook.note("savings.deposit", entry, by)
    if kind.role == SavingsRole.PRINCIPAL:
        _advance(entry, on=on, by=by)
    passbook.count(entry)
    return entry


@transaction.atomic
def deposit_with_first_month(
    *,
    member: Member,
    kind: SavingsKind,
    amount_idr: int,
    key: UUID,
    on: date,
    by: User,
    method: PaidBy = PaidBy.CASH,
    reference: str = "",
    day: date | None = None,
) -> SavingsEntry:
    """Take the principal and the first month of mandatory savings: two receipts, or none.

    :param amount_idr: of the principal
    :param key: as in :func:`deposit`; the second deposit has a key made from it
    :returns: the entry of the principal
    :raises DepositRefused: as in :func:`deposit`, or the principal is not full with this
    """
    pay = partial(deposit, method=method, reference=reference, day=day, on=on, by=by)
    first = pay(member=member, kind=kind, amount_idr=amount_idr, key=key)
    if not first.member.is_active:
        raise DepositRefused(
            _("The first month can be paid once the principal savings are paid in full."),
            field="first_month",
        )
    if not first.is_repeat:
        mandatory = SavingsKind.objects.of(member.cooperative).get(role=SavingsRole.MANDATORY)
        pay(
            member=first.member,
            kind=mandatory,
            amount_idr=first_month_idr(first.member, day or on),
            key=ledger.derived_key(key, "first month"),
        )
    return first


def first_month_idr(member: Member, on: date) -> int:
    """What a month of mandatory savings is for this person on a day."""
    return registry.settings_on(member.cooperative, on).mandatory_of(member.category)


@transaction.atomic
def withdraw(
    *,
    member: Member,
    kind: SavingsKind,
    amount_idr: int,
    key: UUID,
    on: date,
    by: User,
    method: PaidBy = PaidBy.CASH,
    reference: str = "",
    day: date | None = None,
) -> SavingsEntry:
    """Pay money out of a member's voluntary savings and post it.

    :param amount_idr: whole rupiah, positive
    :param key: as in :func:`deposit`
    :param method: cash or transfer: QRIS brings money to a shop and pays none out
    :param day: as in :func:`deposit`
    :raises WithdrawalRefused: the kind stays until the member leaves, the balance is less, or
        it is more, earlier or more often than the kind's rules allow
    :raises leaving_open.LeavingOpen: the member's leaving waits for a decision
    :raises ledger.KeyReused: the key was used for other content
    """
    member = membership.locked(member)
    reference = " ".join(reference.split())[:60]
    content = ledger.content_of(
        "savings.withdrawal", member, kind, amount_idr, method, reference, day
    )
    first = passbook.recorded_before(member, key, content)
    if first is not None:
        return first
    leaving_open.refuse(member)
    held = passbook.balance(member, kind)
    if method not in PAID_OUT:
        raise WithdrawalRefused(_("Choose cash or transfer."), field="method")
    on = days.counted(member, kind, day, on=on)
    _refuse_withdrawal(held, amount_idr, on)
    days.refuse_below_zero(held, amount_idr, since=on)
    journal = ledger.post(
        cooperative=member.cooperative,
        kind="savings.withdrawal",
        memo=_memo(member, kind),
        entries=[
            ledger.debit(kind.account_code, amount_idr, party=member.party),
            ledger.credit(MONEY_OF[PaidBy(method)], amount_idr),
        ],
        key=key,
        on=on,
        by=by,
        content=content,
    )
    entry = passbook.write(held, -amount_idr, journal, method=str(method), reference=reference)
    passbook.note("savings.withdraw", entry, by)
    passbook.count(entry)
    return entry


@transaction.atomic
def admit(*, member: Member, on: date, by: User) -> Member:
    """Make a member of somebody who has paid all of the principal but was not made one.

    It happens when the members lower the principal after somebody paid the new amount already.

    :raises DepositRefused: something of the principal is still to be paid
    :raises membership.RegistrationRefused: a member already, has left, or without a NIK
    """
    member = membership.locked(member)
    if member.status not in membership.CANDIDATES:
        raise membership.RegistrationRefused(
            _("Only people who are not yet members move along the funnel.")
        )
    leaving_open.refuse(member)
    kinds = SavingsKind.objects.of(member.cooperative).filter(role=SavingsRole.PRINCIPAL)
    open_idr = _open_principal(passbook.balance(member, kinds.get()), on)
    if open_idr > 0:
        raise DepositRefused(
            _("%(open)s of the principal savings is still to be paid.")
            % {"open": format_rupiah(open_idr)}
        )
    return membership.activate(member=member, on=on, by=by)


def _open_principal(balance: SavingsBalance, on: date) -> int:
    """What is still to be paid of the principal; negative when it was lowered since."""
    return _principal_idr(balance.member, on) - balance.balance_idr


def _principal_idr(member: Member, on: date) -> int:
    return registry.settings_on(member.cooperative, on).principal_of(member.category)


def _refuse_deposit(member: Member, balance: SavingsBalance, amount_idr: int, on: date) -> None:
    if amount_idr <= 0:
        raise DepositRefused(_("The amount must be more than zero."), field="amount_idr")
    _refuse_kind(balance.kind, amount_idr)
    if member.status == Status.LEFT:
        raise DepositRefused(_("%(name)s has left the cooperative.") % {"name": member.name})
    if balance.kind.role == SavingsRole.PRINCIPAL:
        open_idr = max(_open_principal(balance, on), 0)
        if open_idr == 0:
            raise DepositRefused(_("The principal savings are already paid in full."), field="kind")
        if amount_idr > open_idr:
            raise DepositRefused(
                _("Of the principal savings only %(open)s is still to be paid.")
                % {"open": format_rupiah(open_idr)},
                field="amount_idr",
            )
    elif not member.is_active:
        raise DepositRefused(
            _("%(name)s is not a member yet: the principal savings come first.")
            % {"name": member.name},
            field="kind",
        )


def _refuse_kind(kind: SavingsKind, amount_idr: int) -> None:
    if not kind.is_active:
        raise DepositRefused(
            _("%(kind)s is no longer taken in.") % {"kind": kind.label}, field="kind"
        )
    if amount_idr < kind.min_deposit_idr:
        raise DepositRefused(
            _("At least %(least)s is paid into %(kind)s at once.")
            % {"least": format_rupiah(kind.min_deposit_idr), "kind": kind.label},
            field="amount_idr",
        )


def _refuse_instalment(balance: SavingsBalance, amount_idr: int, on: date) -> None:
    """What was paid in parts before the members ended instalments is completed in one sum."""
    open_idr = _open_principal(balance, on)
    allowed = registry.settings_on(balance.member.cooperative, on).allows_instalments
    if not allowed and amount_idr < open_idr:
        raise DepositRefused(
            _("Principal savings are paid in one sum here. Take %(open)s, or nothing yet.")
            % {"open": format_rupiah(open_idr)},
            field="amount_idr",
        )


def _refuse_withdrawal(balance: SavingsBalance, amount_idr: int, on: date) -> None:
    if amount_idr <= 0:
        raise WithdrawalRefused(_("The amount must be more than zero."), field="amount_idr")
    if not balance.kind.is_withdrawable:
        raise WithdrawalRefused(
            _("%(kind)s can be paid out only when the member leaves.")
            % {"kind": balance.kind.label},
            field="kind",
        )
    if amount_idr > balance.balance_idr:
        raise WithdrawalRefused(
            _("The balance is %(balance)s; no more than that can be withdrawn.")
            % {"balance": format_rupiah(balance.balance_idr)},
            field="amount_idr",
        )
    limit = limits.of_withdrawal(balance, on=on)
    if amount_idr > limit.most_idr:
        raise WithdrawalRefused(limit.reason, field="amount_idr" if limit.most_idr else "kind")


def _advance(entry: SavingsEntry, *, on: date, by: User) -> None:
    """Paid in full makes a member; a part of it moves the person on from lead or applied."""
    member = entry.member
    if member.is_active:
        return
    if entry.balance_after_idr >= _principal_idr(member, on):
        entry.member = membership.activate(member=member, on=on, by=by)
    elif member.status in (Status.LEAD, Status.APPLIED):
        entry.member = membership.move(member=member, to=Status.INCOMPLETE, on=on, by=by)


def _memo(member: Member, kind: SavingsKind) -> str:
    return f"{kind.name}: {member.name}"[:200]
