"""The monthly return on savings, credited to all members at once, less the tax on it.

A kind's yearly percentage runs on the lowest balance of the month: a twelfth of it, rounded half
up once a member and kind. PP 15/2009 taxes what an individual gets of a cooperative: nothing up
to a monthly amount, and the whole of it above. Amount and rate are dated settings.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from finance.ledger.models import Journal
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import idempotency
from kkmp.lib.errors import DomainError
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import round_half_up, split_largest_remainder
from kkmp.lib.periods import format_month, month_end, month_of
from kkmp.registry.models import Cooperative, CooperativeSettings
from kkmp.registry.services import figures
from members.register.models import Member
from members.register.services import membership
from members.savings.models import ReturnLine, ReturnRun, SavingsBalance, SavingsEntry, SavingsKind
from members.savings.services import lowest, passbook

#: Lines of one journal; longer runs take several, because the database adds up the whole
#: journal again for each of its lines.
LINES_A_JOURNAL = 400


class ReturnRefused(DomainError):
    """The month's return may not be credited; the message says what comes first."""


@dataclass(frozen=True, slots=True)
class Due:
    """What one member gets on one kind, whole rupiah."""

    member: Member
    kind: SavingsKind
    base_idr: int
    gross_idr: int
    tax_idr: int

    @property
    def net_idr(self) -> int:
        return self.gross_idr - self.tax_idr


def due(cooperative: Cooperative, month: date) -> list[Due]:
    """What every active member would get for a month, by member number; writes nothing.

    :param month: any day of it
    """
    rule = CooperativeSettings.objects.of(cooperative).in_force(month_end(month)).first()
    if rule is None:
        return []
    by_member: dict[UUID, list[Due]] = defaultdict(list)
    for held in lowest.balances(cooperative, month):
        gross_idr = gross(held.base_idr, held.kind.return_percent)
        if gross_idr:
            by_member[held.member.id].append(
                Due(held.member, held.kind, held.base_idr, gross_idr, 0)
            )
    return [taxed for dues in by_member.values() for taxed in _taxed(dues, rule)]


def gross(base_idr: int, percent: Decimal) -> int:
    """A month's return: a twelfth of ``percent`` a year, rounded half up to whole rupiah."""
    return round_half_up(Fraction(base_idr) * Fraction(percent) / 1200)


def tax_on(total_idr: int, rule: CooperativeSettings) -> int:
    """Tax on all that one member gets for a month, rounded half up to whole rupiah."""
    if total_idr <= rule.return_tax_free_idr:
        return 0
    return round_half_up(Fraction(total_idr) * Fraction(rule.return_tax_percent) / 100)


def content(dues: Sequence[Due]) -> str:
    """What tells one list from another: the page sends it back, so that it posts what it showed."""
    digest = hashlib.sha256()
    for one in dues:
        digest.update(f"{one.member.id}{one.kind.id}{one.gross_idr}{one.tax_idr};".encode())
    return digest.hexdigest()


@transaction.atomic
def credit(
    *, cooperative: Cooperative, month: date, shown: str, key: UUID, on: date, by: User
) -> ReturnRun:
    """Credit a month's return to all members and post it: all of them or nobody, once a month.

    :param month: any day of it; it must have ended before ``on``
    :param shown: :func:`content` of what the page showed
    :param key: made by the page; the same key with the same content returns the first run
    :raises ledger.KeyReused: the key was used for another month or list
    :raises ReturnRefused: the month has not ended, was credited, nothing is due, or what is due
        is no longer what was shown
    :raises ledger.PostingRefused: ``on`` lies in a closed month
    """
    month = month_of(month)
    # Deposits and withdrawals under way come first, or wait until the balances are credited.
    membership.lock_all(cooperative, [one.member.id for one in due(cooperative, month)])
    sent_hash = idempotency.content_hash(month, shown)
    first = idempotency.first_result(ReturnRun.objects.of(cooperative).filter(key=key), sent_hash)
    if first is not None:
        return first
    _refuse(cooperative, month, on)
    dues = due(cooperative, month)
    if not dues:
        raise ReturnRefused(
            _("No return is due for %(month)s.") % {"month": format_month(month)}, field="month"
        )
    if content(dues) != shown:
        raise ReturnRefused(
            _("In the meantime savings have changed. Look at the list again, then credit it.")
        )
    run = ReturnRun.objects.create(
        cooperative=cooperative,
        month=month,
        date=on,
        members=len({one.member.id for one in dues}),
        gross_idr=sum(one.gross_idr for one in dues),
        tax_idr=sum(one.tax_idr for one in dues),
        key=key,
        content_hash=sent_hash,
        run_by=by,
    )
    _write(run, dues, by)
    return run


def _taxed(dues: list[Due], rule: CooperativeSettings) -> Iterator[Due]:
    tax_idr = tax_on(sum(one.gross_idr for one in dues), rule)
    shares = split_largest_remainder(tax_idr, [one.gross_idr for one in dues])
    for one, share in zip(dues, shares, strict=True):
        yield Due(one.member, one.kind, one.base_idr, one.gross_idr, share)


def _refuse(cooperative: Cooperative, month: date, on: date) -> None:
    named = {"month": format_month(month)}
    if on <= month_end(month):
        raise ReturnRefused(
            _("%(month)s has not ended; its return can be credited after it has.") % named,
            field="month",
        )
    if ReturnRun.objects.of(cooperative).filter(month=month).exists():
        raise ReturnRefused(
            _("The return of %(month)s has been credited already.") % named, field="month"
        )


def _write(run: ReturnRun, dues: Sequence[Due], by: User) -> None:
    cooperative = run.cooperative
    entries = _entries(run, dues)
    for start in range(0, len(dues), LINES_A_JOURNAL):
        part = slice(start, start + LINES_A_JOURNAL)
        journal = _post(run, dues[part], start // LINES_A_JOURNAL, by)
        for entry in entries[part]:
            entry.journal = journal
    passbook.write_all(cooperative, entries)
    ReturnLine.objects.bulk_create(
        (
            ReturnLine(
                cooperative=cooperative,
                run=run,
                member=one.member,
                kind=one.kind,
                base_idr=one.base_idr,
                percent=one.kind.return_percent,
                gross_idr=one.gross_idr,
                tax_idr=one.tax_idr,
                entry=entry,
            )
            for one, entry in zip(dues, entries, strict=True)
        ),
        batch_size=1000,
    )
    audit.record(
        cooperative=cooperative,
        action="savings.return",
        by=by,
        subject=run,
        month=run.month.isoformat(),
        gross_idr=run.gross_idr,
        tax_idr=run.tax_idr,
    )
    figures.add(cooperative=cooperative, on=run.date, voluntary_idr=run.gross_idr - run.tax_idr)


def _entries(run: ReturnRun, dues: Sequence[Due]) -> list[SavingsEntry]:
    """Credited balances, and the entries that say so; journals and numbers come later."""
    rows = SavingsBalance.objects.of(run.cooperative).filter(
        member__in={one.member.id for one in dues}
    )
    held = {(row.member_id, row.kind_id): row for row in rows.order_by("id")}
    entries = []
    for one in dues:
        balance = held[one.member.id, one.kind.id]
        balance.balance_idr += one.net_idr
        entries.append(
            SavingsEntry(
                cooperative=run.cooperative,
                member=one.member,
                kind=one.kind,
                date=run.date,
                amount_idr=one.net_idr,
                balance_after_idr=balance.balance_idr,
            )
        )
    changed = [held[one.member.id, one.kind.id] for one in dues]
    SavingsBalance.objects.of(run.cooperative).bulk_update(
        changed, ["balance_idr"], batch_size=1000
    )
    return entries


def _post(run: ReturnRun, dues: Sequence[Due], part: int, by: User) -> Journal:
    with in_indonesian():
        memo = _("Return on savings of %(month)s") % {"month": format_month(run.month)}
    tax_idr = sum(one.tax_idr for one in dues)
    return ledger.post(
        cooperative=run.cooperative,
        kind="savings.return",
        memo=memo,
        entries=[
            ledger.debit(Code.SAVINGS_RETURN, sum(one.gross_idr for one in dues)),
            *(
                ledger.credit(one.kind.account_code, one.net_idr, party=one.member.party)
                for one in dues
            ),
            *([ledger.credit(Code.RETURN_TAX, tax_idr)] if tax_idr else []),
        ],
        key=ledger.derived_key(run.key, f"return {part}"),
        on=run.date,
        by=by,
    )
