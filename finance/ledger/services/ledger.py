"""The only writers of the books: ``post`` and ``reverse``.

Every movement of money or goods posts a balanced journal in the transaction that causes it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.utils.translation import gettext as _

from finance.ledger import kinds
from finance.ledger.accounts import CASH_CODES, Code
from finance.ledger.models import BusinessUnit, Journal, Line, Party
from finance.ledger.services import cash_boxes, refusals
from kkmp.access.models import User
from kkmp.lib import idempotency
from kkmp.lib.errors import insist
from kkmp.lib.ids import new_id
from kkmp.lib.periods import format_date, format_month, month_of
from kkmp.registry.models import Cooperative
from kkmp.registry.services import numbering

#: Journals are numbered in one series a cooperative.
SERIES = "journal"


#: Raised by whatever posts under a key, so callers find it beside the other refusals.
KeyReused = idempotency.KeyReused


PostingRefused = refusals.PostingRefused
MonthClosed = refusals.MonthClosed
NotInCash = refusals.NotInCash


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


def rounding(added_idr: int, *, unit: BusinessUnit | None = None) -> list[Entry]:
    """What rounding cash to coins brings or costs, as a line of its own; none where nothing.

    :param added_idr: what it adds to the cash; negative where it takes off
    """
    if not added_idr:
        return []
    side = credit if added_idr > 0 else debit
    return [side(Code.ROUNDING, abs(added_idr), unit=unit)]


def post(
    *,
    cooperative: Cooperative,
    kind: str,
    memo: str,
    entries: Sequence[Entry],
    key: UUID,
    on: date,
    by: User | None,
    reverses: Journal | None = None,
    content: str = "",
) -> Journal:
    """Post one balanced journal.

    From its number on, nobody else posts to this cooperative's books until the surrounding
    transaction ends; so post late in it.

    :param kind: what caused it, dotted, as in ``savings.deposit``
    :param memo: at most 200 characters, in the language of the books
    :param entries: at least two; debits and credits are equal
    :param key: the same key with the same content returns the first journal, whose
        ``is_repeat`` is then true
    :param content: of the act, by :func:`content_of`; without it the journal's own lines, memo
        and day are compared
    :raises KeyReused: the key was used for other content
    :raises MonthClosed: ``on`` lies in a closed month, or before one
    :raises NotInCash: it takes more out of a cash account than that holds
    """
    journal = prepared(
        cooperative=cooperative,
        kind=kind,
        memo=memo,
        entries=entries,
        key=key,
        on=on,
        by=by,
        reverses=reverses,
        content=content,
    )
    first = _posted_before(journal)
    if first is not None:
        return first
    try:
        return _write(journal, entries)
    except _PostedMeanwhile:
        # Two came in at the same moment, and the other one was first: with the same act, or
        # with another reversal of the same journal.
        first = _posted_before(journal)
        if first is not None:
            return first
        if reverses is not None:
            refuse_reversed(reverses, key)
        raise


def prepared(
    *,
    cooperative: Cooperative,
    kind: str,
    memo: str,
    entries: Sequence[Entry],
    key: UUID,
    on: date,
    by: User | None,
    reverses: Journal | None = None,
    content: str = "",
) -> Journal:
    """A balanced journal that is not posted yet; arguments as of :func:`post`."""
    insist(kinds.is_known(kind), f"somebody has said where {kind} is put right")
    amount_idr = _balanced_amount(entries)
    refusals.refuse_beyond(on, amount_idr)
    return Journal(
        cooperative=cooperative,
        date=on,
        kind=kind,
        memo=memo,
        key=key,
        content_hash=content or _hash(kind, memo, entries, on, reverses),
        amount_idr=amount_idr,
        reverses=reverses,
        posted_by=by,
    )


def reverse(
    *, journal: Journal, memo: str, key: UUID, on: date, by: User | None, content: str = ""
) -> Journal:
    """Undo a journal by one with its sides exchanged, dated in an open month.

    :param memo: why, at most 200 characters
    :param on: not before the journal's own day
    :raises PostingRefused: it is itself a reversal, reversed already, or dated after ``on``
    :raises MonthClosed: ``on`` lies in a closed month, or before one
    :raises NotInCash: what came in by it has left the cash box since
    """
    refuse_reversed(journal, key)
    if on < journal.date:
        raise PostingRefused(
            _("This entry is dated %(date)s; it can be reversed on that day or later.")
            % {"date": format_date(journal.date)},
            field="on",
        )
    lines = (
        Line.objects.of(journal.cooperative_id)
        .filter(journal=journal)
        .select_related("account", "party", "unit")
        .order_by("position")
    )
    reversing = [
        Entry(line.account.code, line.credit_idr, line.debit_idr, line.party, line.unit)
        for line in lines
    ]
    return post(
        cooperative=journal.cooperative,
        kind=kinds.reversal(journal.kind),
        memo=memo,
        entries=reversing,
        key=key,
        on=on,
        by=by,
        reverses=journal,
        content=content,
    )


def content_of(kind: str, *inputs: object) -> str:
    """The hash of an act that posts, by what it was asked for.

    The day is no part of it: who sends a form again after midnight means the same act.
    """
    return idempotency.content_hash(kind, *inputs)


def posted_before(cooperative: Cooperative, key: UUID, content: str) -> Journal | None:
    """The journal that an act under this key has posted before, marked so.

    :param content: of the act, by :func:`content_of`
    :raises KeyReused: it was another act
    """
    return idempotency.first_result(Journal.objects.of(cooperative).filter(key=key), content)


def hold_books(*, cooperative: Cooperative) -> None:
    """Let nobody else post to this cooperative's books until the transaction ends.

    For acts that depend on what is posted: whoever posts waits for the journals' counter.
    """
    numbering.take_numbers(cooperative=cooperative, series=SERIES, count=0)


def derived_key(key: UUID, purpose: str) -> UUID:
    """A key for a second journal of the same act; the same inputs give the same key."""
    return uuid5(key, purpose)


class _PostedMeanwhile(Exception):
    """The key was used, or the journal reversed, since it was looked at; nothing is written."""


@transaction.atomic
def _write(journal: Journal, entries: Sequence[Entry]) -> Journal:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT finance_post(%s, %s)",
            [journal.cooperative_id, json.dumps(document(journal, entries))],
        )
        (number,) = cursor.fetchone()
    if number is None:
        refuse_closed_month(journal.date)
    if number == 0:
        raise _PostedMeanwhile
    journal.number = number
    journal._state.adding = False
    # Judged after it is posted: until the transaction ends nobody else posts to these books.
    cash_boxes.refuse_below_zero(
        journal,
        {
            code: sum(e.credit_idr - e.debit_idr for e in entries if e.code == code)
            for code in CASH_CODES
        },
    )
    return journal


def document(journal: Journal, entries: Sequence[Entry]) -> dict[str, Any]:
    """What the database's ``finance_post`` takes; also of those who call it within their own.

    The journal has its id, hash and amount; its number is given there.
    """
    return {
        "id": str(journal.pk),
        "date": journal.date.isoformat(),
        "kind": journal.kind,
        "memo": journal.memo,
        "key": str(journal.key),
        "content_hash": journal.content_hash,
        "amount_idr": journal.amount_idr,
        "reverses": str(journal.reverses_id) if journal.reverses_id else None,
        "by": str(journal.posted_by_id) if journal.posted_by_id else None,
        "lines": [
            {
                "id": str(new_id()),
                "position": position,
                "code": entry.code,
                "debit_idr": entry.debit_idr,
                "credit_idr": entry.credit_idr,
                "party": _id(entry.party) or None,
                "unit": _id(entry.unit) or None,
            }
            for position, entry in enumerate(entries, start=1)
        ],
    }


def _balanced_amount(entries: Sequence[Entry]) -> int:
    """The sum of either side.

    Callers compute entries from whole amounts; an imbalance is a mistake in the code.
    """
    insist(len(entries) >= 2, "a journal has at least two lines")
    for entry in entries:
        sides = sorted((entry.debit_idr, entry.credit_idr))
        insist(sides[0] == 0 < sides[1], f"one positive side: {entry}")
        insist({type(side) for side in sides} == {int}, f"whole rupiah: {entry}")
    debits = sum(entry.debit_idr for entry in entries)
    credits = sum(entry.credit_idr for entry in entries)
    insist(debits == credits, f"debits {debits} are not credits {credits}")
    return debits


def _hash(
    kind: str, memo: str, entries: Sequence[Entry], on: date, reverses: Journal | None
) -> str:
    return idempotency.content_hash(kind, memo, on, reverses, entries)


def _id(row: Party | BusinessUnit | None) -> str:
    return str(row.pk) if row else ""


def _posted_before(journal: Journal) -> Journal | None:
    return posted_before(journal.cooperative, journal.key, journal.content_hash)


def refuse_reversed(journal: Journal, by_key: UUID | None = None) -> None:
    """Refuse what cannot be reversed, or not any more.

    :param by_key: of whoever is about to reverse it; the reversal under it is no obstacle
    :raises PostingRefused: it is itself a reversal, or reversed already
    """
    if journal.reverses_id:
        raise PostingRefused(_("A reversal cannot itself be reversed; post the entry anew."))
    existing = Journal.objects.of(journal.cooperative_id).filter(reverses=journal).first()
    if existing is not None and existing.key != by_key:
        raise PostingRefused(_("This entry has already been reversed."))


def refuse_closed_month(on: date) -> NoReturn:
    """Say that the day's month is closed, or lies before one that is.

    An entry before a closed month would change the balances that month began with.
    """
    month = month_of(on)
    raise MonthClosed(
        _("%(month)s is closed. Choose a date in an open month.") % {"month": format_month(month)},
        field="on",
    )
