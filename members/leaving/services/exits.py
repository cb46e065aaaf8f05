"""Leaving: asked for by one person, decided by another, settled and paid in the same books.

A decision takes everything out of the savings, in one journal, to what is owed to former
members; paying takes it from there.
"""

from dataclasses import asdict, dataclass
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
from kkmp.registry.services import numbering
from members.leaving.models import Exit, ExitLine, ExitReason, ExitState
from members.leaving.services import exit_rules, payouts, settlements
from members.leaving.services.exit_rules import (
    CANDIDATE_REASONS,
    MEMBER_REASONS,
    DecisionRefused,
    ExitRefused,
    Heir,
)
from members.leaving.services.payouts import PayoutRefused, issue_receipt, pay, unpay
from members.pins.services import pins
from members.register.models import Member
from members.register.services import membership
from members.savings.models import SavingsEntry
from members.savings.services import passbook

__all__ = [
    "CANDIDATE_REASONS",
    "MEMBER_REASONS",
    "DecisionRefused",
    "ExitRefused",
    "Heir",
    "PayoutRefused",
    "correct_heir",
    "decide",
    "issue_receipt",
    "pay",
    "request",
    "take_back",
    "unpay",
]


@transaction.atomic
def request(
    *,
    member: Member,
    reason: ExitReason,
    note: str = "",
    heir: Heir = exit_rules.NO_HEIR,
    asked_on: date | None = None,
    key: UUID,
    on: date,
    by: User,
) -> Exit:
    """Write down that somebody leaves; nothing moves until it is decided.

    :param heir: of somebody who died; who will be paid
    :param asked_on: the day of the letter, where it lies before ``on``
    :param key: made by the page; the same key with the same content returns the first request,
        with ``is_repeat`` set
    :raises ExitRefused: has left, is waiting for a decision already, or the reason does not fit
    :raises ledger.KeyReused: the key was used for other content
    """
    member = membership.locked(member)
    note, heir = " ".join(note.split()), heir.tidy()
    content = idempotency.content_hash(member, reason, note, heir)
    rows = Exit.objects.of(member.cooperative).filter(key=key).select_related("member")
    first = idempotency.first_result(rows, content)
    if first is not None:
        # Without a day it was today: whoever writes that day now means the same.
        return idempotency.repeated(first, same=asked_on in (None, first.requested_on))
    asked_on = asked_on or on
    exit_rules.refuse_request(member, reason, heir, asked_on, on)
    made = Exit.objects.create(
        cooperative=member.cooperative,
        member=member,
        reason=reason,
        note=note,
        member_number=member.number,
        member_since=exit_rules.since(member),
        requested_on=asked_on,
        requested_by=by,
        key=key,
        content_hash=content,
        **asdict(heir),
    )
    audit.note("exit.request", made, by, reason=reason)
    return made


@transaction.atomic
def take_back(*, exit: Exit, by: User) -> Exit:
    """Withdraw a request that has not been decided; twice changes nothing.

    :raises ExitRefused: it has been decided
    """
    exit = payouts.held(exit)
    if exit.state == ExitState.CANCELLED:
        return exit
    if not exit.is_open:
        raise ExitRefused(
            _("The leaving has been decided; it can no longer be taken back. Take the person back.")
        )
    exit.state = ExitState.CANCELLED
    exit.save(update_fields=["state"])
    audit.note("exit.take_back", exit, by)
    return exit


@transaction.atomic
def correct_heir(*, exit: Exit, heir: Heir, by: User) -> Exit:
    """Put right who is paid in the place of somebody who died, until it is paid.

    :raises ExitRefused: nobody died, it is paid or was taken back, or the name is missing
    """
    exit = payouts.held(exit)
    heir = heir.tidy()
    if exit.reason != ExitReason.DIED or not (exit.is_open or exit.is_due):
        raise ExitRefused(_("The heir can be corrected only until the savings are paid out."))
    exit_rules.refuse_heir(exit.reason, heir)
    for name, value in asdict(heir).items():
        setattr(exit, name, value)
    exit.save(update_fields=list(asdict(heir)))
    audit.note("exit.heir", exit, by)
    return exit


@dataclass(frozen=True, slots=True)
class Decision:
    """What the board decided.

    :param number: of the minutes or the letter
    :param decided_on: the day the membership ends
    :param pay_on: when the savings are paid; None pays them at once
    """

    number: str
    decided_on: date
    pay_on: date | None = None


@transaction.atomic
def decide(
    *,
    exit: Exit,
    decision: Decision,
    key: UUID,
    on: date,
    by: User,
    shown_idr: int | None = None,
) -> Exit:
    """End a membership: settle debts, and owe or pay what is left of the savings.

    Everything is posted as of ``on``; the membership ends on the day of the decision.

    :param key: as in :func:`request`
    :param shown_idr: what whoever decides saw is paid out; None where nobody was shown it
    :raises confirmed_amounts.AmountChanged: something else would be paid out by now
    :raises DecisionRefused: ``by`` recorded the request, it was decided or taken back, a day
        does not fit, or the savings do not cover what is owed
    :raises ledger.KeyReused: the key was used for other content
    :raises ledger.MonthClosed: ``on`` lies in a closed month
    """
    exit = payouts.held(exit)
    number = " ".join(decision.number.split())
    content = idempotency.content_hash(exit, number, decision.decided_on, decision.pay_on)
    used = Exit.objects.of(exit.cooperative).filter(decision_key=key).first()
    if used is not None:
        return idempotency.repeated(exit, same=used.decision_hash == content)
    exit_rules.refuse_decision(
        exit, number=number, decided_on=decision.decided_on, pay_on=decision.pay_on, on=on, by=by
    )
    # Whoever posts a debt of this person waits for this transaction from here on.
    ledger.hold_books(cooperative=exit.cooperative)
    settlement = settlements.settlement_of(exit.member)
    _refuse_short(exit, settlement)
    confirmed_amounts.refuse_changed(shown_idr, settlement.refund_idr)
    entries = _settle(exit, settlement, key=key, on=on, by=by)
    exit.state = ExitState.DECIDED
    exit.decision_number, exit.decided_on, exit.decided_by = number, decision.decided_on, by
    exit.decision_key, exit.decision_hash = key, content
    exit.pay_on = decision.pay_on if exit.refund_idr else None
    exit.number = numbering.next_number(cooperative=exit.cooperative, series="exit")
    if exit.refund_idr and decision.pay_on is None:
        payouts.pay_now(exit, key=ledger.derived_key(key, "refund"), on=on, by=by)
    exit.save()
    _draw_up_lines(exit, entries)
    audit.note("exit.decide", exit, by, decision=number, refund_idr=exit.refund_idr)
    membership.leave(member=exit.member, on=decision.decided_on, by=by)
    pins.end(member=exit.member, on=on)
    for entry in entries:
        passbook.count(entry)
    return exit


def _refuse_short(exit: Exit, settlement: settlements.Settlement) -> None:
    if settlement.short_idr:
        raise DecisionRefused(
            _(
                "%(name)s owes the cooperative %(debt)s, and the savings are %(savings)s. "
                "%(short)s has to be paid first."
            )
            % {
                "name": exit.member.name,
                "debt": format_rupiah(settlement.debt_idr),
                "savings": format_rupiah(settlement.savings_idr),
                "short": format_rupiah(settlement.short_idr),
            }
        )


def _settle(
    exit: Exit, settlement: settlements.Settlement, *, key: UUID, on: date, by: User
) -> list[SavingsEntry]:
    """Post the end of the savings and empty the balances; sets the exit's amounts."""
    exit.savings_idr, exit.settled_idr = settlement.savings_idr, settlement.debt_idr
    exit.credited_idr, exit.refund_idr = settlement.credited_idr, settlement.refund_idr
    if not (settlement.savings_idr or settlement.credited_idr):
        return []
    exit.journal = _post(exit, settlement, key=key, on=on, by=by)
    found = []
    for held in settlement.balances:
        held.cooperative, held.member = exit.cooperative, exit.member
        found.append(passbook.write(held, -held.balance_idr, exit.journal))
    return found


def _post(
    exit: Exit, settlement: settlements.Settlement, *, key: UUID, on: date, by: User
) -> Journal:
    party = exit.member.party
    entries = [
        ledger.debit(held.kind.account_code, held.balance_idr, party=party)
        for held in settlement.balances
    ]
    if settlement.savings_idr:
        entries.append(ledger.credit(Code.FORMER_MEMBERS, settlement.savings_idr, party=party))
    if settlement.credited_idr:
        entries.append(ledger.debit(Code.MEMBER_CREDIT, settlement.credited_idr, party=party))
        entries.append(ledger.credit(Code.FORMER_MEMBERS, settlement.credited_idr, party=party))
    if settlement.debt_idr:
        entries.append(ledger.debit(Code.FORMER_MEMBERS, settlement.debt_idr, party=party))
        entries.append(ledger.credit(Code.MEMBER_CREDIT, settlement.debt_idr, party=party))
    with in_indonesian():
        memo = _("Savings of a member who leaves: %(name)s") % {"name": exit.member.name}
    return ledger.post(
        cooperative=exit.cooperative,
        kind="savings.exit",
        memo=memo[:200],
        entries=entries,
        key=key,
        on=on,
        by=by,
    )


def _draw_up_lines(exit: Exit, entries: list[SavingsEntry]) -> None:
    ExitLine.objects.bulk_create(
        ExitLine(
            cooperative=exit.cooperative,
            exit=exit,
            kind=entry.kind,
            amount_idr=-entry.amount_idr,
            entry=entry,
        )
        for entry in entries
    )
