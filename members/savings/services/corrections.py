"""Undoing a wrong deposit or withdrawal; pages and the API call it ``savings.reverse_entry``."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from finance.ledger.models import Journal, Line
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.lib.errors import DomainError
from kkmp.lib.existing import present
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date
from kkmp.registry.models import CooperativeSettings
from members.register.models import Member, Status, StatusChange
from members.register.services import membership
from members.savings.models import ReturnLine, SavingsBalance, SavingsEntry, SavingsRole
from members.savings.services import passbook


class ReversalRefused(DomainError):
    """The entry may not be corrected; the message says what to do instead."""


#: What others know against undoing an entry; each raises with the reason.
_guards: list[Callable[[SavingsEntry], None]] = []


def register_guard(refuse: Callable[[SavingsEntry], None]) -> None:
    """Ask this before an entry is undone, before anything is locked; twice changes nothing."""
    if refuse not in _guards:
        _guards.append(refuse)


@transaction.atomic
def reverse_entry(
    *, entry: SavingsEntry, reason: str, key: UUID, on: date, by: User
) -> SavingsEntry:
    """Undo a wrong deposit or withdrawal by an entry of the opposite amount, dated ``on``.

    :param reason: why, in words; it stands in the journal and the audit trail
    :param key: as in :func:`deposit`
    :raises ReversalRefused: no reason, a correction of a correction, corrected before, or the
        balance or the membership would not stand without the entry
    """
    for refuse in _guards:
        refuse(entry)
    member = membership.locked(entry.member)
    reason = " ".join(reason.split())
    content = ledger.content_of("savings.reverse", entry, reason)
    first = passbook.recorded_before(member, key, content)
    if first is not None:
        return first
    held = passbook.balance(member, entry.kind)
    _refuse_settled(entry, member)
    _refuse_reversal(entry, held, reason)
    if entry.kind.role == SavingsRole.PRINCIPAL and member.is_active:
        _refuse_unpaying(member, held.balance_idr - entry.amount_idr, on)
    journal = _reversal(entry, reason, content, key=key, on=on, by=by)
    reversal = passbook.write(
        held,
        -entry.amount_idr,
        journal,
        reverses=entry,
        method=entry.method,
        reference=entry.reference,
    )
    passbook.note("savings.reverse", reversal, by, receipt=entry.number, reason=reason)
    passbook.count(reversal)
    return reversal


def _refuse_settled(entry: SavingsEntry, member: Member) -> None:
    """Refuse what a leaving has settled. Ids rise with time, so they tell what came first."""
    gone = StatusChange.objects.of(member.cooperative).filter(member=member, after=Status.LEFT)
    change = gone.filter(id__gt=entry.id).order_by("-id").first()
    if change is not None:
        raise ReversalRefused(
            _(
                "%(name)s left on %(date)s, and everything recorded until then was settled. If "
                "the leaving was a mistake, take %(name)s back as an applicant and record anew "
                "what is paid."
            )
            % {"name": member.name, "date": format_date(change.on)}
        )


def _refuse_reversal(entry: SavingsEntry, balance: SavingsBalance, reason: str) -> None:
    if not reason:
        raise ReversalRefused(_("Write why it is corrected."), field="reason")
    if entry.is_of_a_sale:
        raise ReversalRefused(
            _(
                "These savings paid for goods at the till. Return the sale there: goods, money "
                "and savings then change together."
            )
        )
    if entry.reverses_id:
        raise ReversalRefused(
            _("This is a correction itself. Record the right deposit or withdrawal instead.")
        )
    if SavingsEntry.objects.of(entry.cooperative_id).filter(reverses=entry).exists():
        raise ReversalRefused(_("This receipt has already been corrected."))
    if balance.balance_idr < entry.amount_idr:
        raise ReversalRefused(
            _(
                "Part of this money has been withdrawn since: the balance is %(balance)s. "
                "Correct that withdrawal first, or let the member pay the money back as a deposit."
            )
            % {"balance": format_rupiah(balance.balance_idr)}
        )


def _refuse_unpaying(member: Member, left_idr: int, on: date) -> None:
    """A member's principal stays paid: by what was asked on joining, or less if it was lowered."""
    joined_on = present(member.joined_on, "members have joined")
    decided = CooperativeSettings.objects.of(member.cooperative)
    rows = [decided.in_force(day).first() for day in (joined_on, on)]
    due_idr = min(row.principal_of(member.category) for row in rows if row)
    if left_idr < due_idr:
        raise ReversalRefused(
            _(
                "%(name)s became a member by this payment, so it cannot simply be taken back. "
                "If the money came from somebody else, record their payment too and collect the "
                "principal savings from %(name)s; if %(name)s does not want to be a member, the "
                "board ends the membership first."
            )
            % {"name": member.name}
        )


def _reversal(
    entry: SavingsEntry, reason: str, content: str, *, key: UUID, on: date, by: User
) -> Journal:
    with in_indonesian():
        memo = _("Correction of receipt %(number)d: %(reason)s")
    memo = (memo % {"number": entry.number, "reason": reason})[:200]
    rows = SavingsEntry.objects.of(entry.cooperative).filter(journal=entry.journal)
    if not rows.exclude(id=entry.id).exists():
        return ledger.reverse(
            journal=entry.journal, memo=memo, key=key, on=on, by=by, content=content
        )
    if entry.journal.kind == "savings.return":
        return _reverse_return(entry, memo, content, key=key, on=on, by=by)
    # The journal of a list that was taken over stays; only this person's part is undone.
    lines = Line.objects.of(entry.cooperative).filter(journal=entry.journal, party=None)
    other_side = lines.select_related("account").get().account.code
    return ledger.post(
        cooperative=entry.cooperative,
        kind=f"{entry.journal.kind}.reversal",
        memo=memo,
        entries=[
            ledger.debit(entry.kind.account_code, entry.amount_idr, party=entry.member.party),
            ledger.credit(other_side, entry.amount_idr),
        ],
        key=key,
        on=on,
        by=by,
        content=content,
    )


def _reverse_return(
    entry: SavingsEntry, memo: str, content: str, *, key: UUID, on: date, by: User
) -> Journal:
    """A month's return of one person goes back as it came: with the tax on it."""
    line = ReturnLine.objects.of(entry.cooperative).get(entry=entry)
    tax = [ledger.debit(Code.RETURN_TAX, line.tax_idr)] if line.tax_idr else []
    return ledger.post(
        cooperative=entry.cooperative,
        kind=f"{entry.journal.kind}.reversal",
        memo=memo,
        entries=[
            ledger.debit(entry.kind.account_code, entry.amount_idr, party=entry.member.party),
            *tax,
            ledger.credit(Code.SAVINGS_RETURN, line.gross_idr),
        ],
        key=key,
        on=on,
        by=by,
        content=content,
    )
