"""The only writers of the books: ``post`` and ``reverse``.

Every movement of money or goods posts a balanced journal in the transaction that causes it.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from finance import kinds
from finance.models import Account, BusinessUnit, Journal, Line, Month, Party
from kkmp.lib.errors import DomainError
from kkmp.lib.periods import format_date, format_month, month_of
from kkmp.registry.models import Cooperative
from kkmp.registry.services import numbering

#: Journals are numbered in one series a cooperative.
SERIES = "journal"


class PostingRefused(DomainError):
    """The journal may not be posted; the message is fit to show."""


class KeyReused(PostingRefused):
    """The key was already used for another act."""

    status = 409


class MonthClosed(PostingRefused):
    """The date lies in a month that has been closed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line to be posted. Use :func:`debit` and :func:`credit`."""

    code: str
    debit_idr: int
    credit_idr: int
    party: Party | None = None
    unit: BusinessUnit | None = None


def debit(
    code: str, amount_idr: int, *, party: Party | None = None, unit: BusinessUnit | None = None
) -> Entry:
    """A debit of whole, positive rupiah to the account with this code."""
    return Entry(str(code), amount_idr, 0, party, unit)


def credit(
    code: str, amount_idr: int, *, party: Party | None = None, unit: BusinessUnit | None = None
) -> Entry:
    """A credit of whole, positive rupiah to the account with this code."""
    return Entry(str(code), 0, amount_idr, party, unit)


def post(
    *,
    cooperative: Cooperative,
    kind: str,
    memo: str,
    entries: Sequence[Entry],
    key: UUID,
    on: date,
    by: Any,
    reverses: Journal | None = None,
) -> Journal:
    """Post one balanced journal.

    From its number on, nobody else posts to this cooperative's books until the surrounding
    transaction ends; so post late in it.

    :param kind: what caused it, dotted, as in ``savings.deposit``
    :param memo: at most 200 characters, in the language of the books
    :param entries: at least two; debits and credits are equal
    :param key: the same key with the same content returns the first journal, whose
        ``was_posted_before`` is then true
    :raises KeyReused: the key was used for other content
    :raises MonthClosed: ``on`` lies in a closed month, or before one
    """
    amount_idr = _balanced_amount(entries)
    journal = Journal(
        cooperative=cooperative,
        date=on,
        kind=kind,
        memo=memo,
        key=key,
        content_hash=_hash(kind, memo, entries, on, reverses),
        amount_idr=amount_idr,
        reverses=reverses,
        posted_by=by,
    )
    first = _posted_before(journal)
    if first is not None:
        return first
    try:
        return _write(journal, entries, _accounts(cooperative, entries))
    except IntegrityError:
        # Two came in at the same moment, and the other one was first: with the same act, or
        # with another reversal of the same journal.
        first = _posted_before(journal)
        if first is not None:
            return first
        if reverses is not None:
            _refuse_second_reversal(reverses, key)
        raise


def reverse(*, journal: Journal, memo: str, key: UUID, on: date, by: Any) -> Journal:
    """Undo a journal by one that mirrors it, dated in an open month.

    :param memo: why, at most 200 characters
    :param on: not before the journal's own day
    :raises PostingRefused: it is itself a reversal, reversed already, or dated after ``on``
    :raises MonthClosed: ``on`` lies in a closed month, or before one
    """
    if journal.reverses_id:
        raise PostingRefused(_("A reversal cannot itself be reversed; post the entry anew."))
    if on < journal.date:
        raise PostingRefused(
            _("This entry is dated %(date)s; it can be reversed on that day or later.")
            % {"date": format_date(journal.date)},
            field="on",
        )
    _refuse_second_reversal(journal, key)
    lines = (
        Line.objects.of(journal.cooperative_id)
        .filter(journal=journal)
        .select_related("account", "party", "unit")
        .order_by("position")
    )
    mirrored = [
        Entry(line.account.code, line.credit_idr, line.debit_idr, line.party, line.unit)
        for line in lines
    ]
    return post(
        cooperative=journal.cooperative,
        kind=kinds.reversal(journal.kind),
        memo=memo,
        entries=mirrored,
        key=key,
        on=on,
        by=by,
        reverses=journal,
    )


def hold_books(*, cooperative: Cooperative) -> None:
    """Let nobody else post to this cooperative's books until the transaction ends.

    For acts that depend on what is posted: whoever posts waits for the journals' counter.
    """
    numbering.take_numbers(cooperative=cooperative, series=SERIES, count=0)


def derived_key(key: UUID, purpose: str) -> UUID:
    """A key for a second journal of the same act; the same inputs give the same key."""
    return uuid5(key, purpose)


@transaction.atomic
def _write(journal: Journal, entries: Sequence[Entry], accounts: dict[str, UUID]) -> Journal:
    cooperative = journal.cooperative
    journal.number = numbering.next_number(cooperative=cooperative, series=SERIES)
    # Looked at while the counter is held: a month that is being closed is closed by now.
    _refuse_closed_month(cooperative, journal.date)
    journal.save(force_insert=True)
    Line.objects.bulk_create(
        Line(
            cooperative=cooperative,
            journal=journal,
            position=position,
            date=journal.date,
            account_id=accounts[entry.code],
            party=entry.party,
            unit=entry.unit,
            debit_idr=entry.debit_idr,
            credit_idr=entry.credit_idr,
        )
        for position, entry in enumerate(entries, start=1)
    )
    _keep_balances(journal)
    return journal


def _balanced_amount(entries: Sequence[Entry]) -> int:
    """The sum of either side.

    Callers compute entries from whole amounts; an imbalance is a mistake in the code.
    """
    assert len(entries) >= 2, "a journal has at least two lines"
    for entry in entries:
        sides = sorted((entry.debit_idr, entry.credit_idr))
        assert sides[0] == 0 < sides[1], f"one positive side: {entry}"
        assert {type(side) for side in sides} == {int}, f"whole rupiah: {entry}"
    debits = sum(entry.debit_idr for entry in entries)
    credits = sum(entry.credit_idr for entry in entries)
    assert debits == credits, f"debits {debits} are not credits {credits}"
    return debits


def _hash(
    kind: str, memo: str, entries: Sequence[Entry], on: date, reverses: Journal | None
) -> str:
    content: list[Any] = [kind, memo, on.isoformat(), str(reverses.pk if reverses else "")]
    content += [[e.code, e.debit_idr, e.credit_idr, _id(e.party), _id(e.unit)] for e in entries]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _id(row: Party | BusinessUnit | None) -> str:
    return str(row.pk) if row else ""


def _posted_before(journal: Journal) -> Journal | None:
    first = Journal.objects.of(journal.cooperative).filter(key=journal.key).first()
    if first is None:
        return None
    if first.content_hash != journal.content_hash:
        raise KeyReused(
            _("This form was already sent with other content. Open a new form and try again.")
        )
    first.was_posted_before = True
    return first


def _refuse_second_reversal(journal: Journal, key: UUID) -> None:
    standing = Journal.objects.of(journal.cooperative_id).filter(reverses=journal).first()
    if standing is not None and standing.key != key:
        raise PostingRefused(_("This entry has already been reversed."))


def _refuse_closed_month(cooperative: Cooperative, on: date) -> None:
    month = month_of(on)
    # An entry before a closed month would change the balances that month began with.
    if Month.objects.of(cooperative).filter(month__gte=month).exists():
        raise MonthClosed(
            _("%(month)s is closed. Choose a date in an open month.")
            % {"month": format_month(month)},
            field="on",
        )


def _accounts(cooperative: Cooperative, entries: Sequence[Entry]) -> dict[str, UUID]:
    """The ids of the accounts that are posted to, by code."""
    codes = {entry.code for entry in entries}
    found = Account.objects.of(cooperative).filter(code__in=codes)
    accounts = dict(found.values_list("code", "pk"))
    assert accounts.keys() == codes, f"no such account: {codes - accounts.keys()}"
    return accounts


# Rows are written in the order of their accounts, so that two postings cannot wait for each other.
_KEEP_BALANCES = """
    INSERT INTO finance_balance AS balance
        (cooperative_id, id, month, account_id, debit_idr, credit_idr)
    SELECT line.cooperative_id, gen_random_uuid(), %s, line.account_id,
           sum(line.debit_idr), sum(line.credit_idr)
    FROM finance_line line
    WHERE line.cooperative_id = %s AND line.journal_id = %s
    GROUP BY line.cooperative_id, line.account_id
    ORDER BY line.account_id
    ON CONFLICT (cooperative_id, month, account_id) DO UPDATE
    SET debit_idr = balance.debit_idr + EXCLUDED.debit_idr,
        credit_idr = balance.credit_idr + EXCLUDED.credit_idr
"""


def _keep_balances(journal: Journal) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_BALANCES, [month_of(journal.date), journal.cooperative_id, journal.pk])
