"""Undoing a journal of the books' own, by a reversal that says why."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger import kinds
from finance.ledger.models import Journal
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah


class CorrectionRefused(DomainError):
    """The journal may not be reversed here; the message says where, or what is missing."""


@transaction.atomic
def reverse(*, journal: Journal, reason: str, key: UUID, on: date, by: User | None) -> Journal:
    """Undo a journal that the books posted themselves.

    What savings, stock or sales posted is put right there: after a reversal here they would
    differ from the books.

    :param reason: why, in words; it stands in the reversal and the audit trail
    :param key: made by the page; the same key with the same content returns the first reversal
    :raises CorrectionRefused: another package posted it, no reason is given, or it is an opening
        balance whose cash has been spent
    :raises ledger.PostingRefused: it is a reversal, reversed already, or its day may not be used
    :raises ledger.KeyReused: the key was used for something else
    """
    reason = " ".join(reason.split())
    content = ledger.content_of("books.reverse", journal, reason)
    first = ledger.posted_before(journal.cooperative, key, content)
    if first is not None:
        return first
    refuse_elsewhere(journal)
    if not reason:
        raise CorrectionRefused(_("Write why it is reversed."), field="reason")
    try:
        reversal = ledger.reverse(
            journal=journal, memo=_memo(journal, reason), key=key, on=on, by=by, content=content
        )
    except ledger.NotInCash as refusal:
        if journal.kind != kinds.OPENING_CASH:
            raise
        raise CorrectionRefused(_spent(refusal.short_idr)) from refusal
    if not reversal.is_repeat:
        audit.record(
            cooperative=journal.cooperative,
            action="books.reverse",
            by=by,
            subject=reversal,
            journal=journal.number,
            reason=reason,
        )
    return reversal


def refuse_elsewhere(journal: Journal) -> None:
    """:raises CorrectionRefused: it is put right where it was made, and the message says where"""
    elsewhere = kinds.where_to_correct(kinds.original(journal.kind))
    if elsewhere:
        raise CorrectionRefused(elsewhere)


def refuse_to_open(journal: Journal) -> None:
    """Refuse what :func:`reverse` would refuse whatever is written into its form.

    :raises CorrectionRefused: see there; reversed already, or itself a reversal
    :raises ledger.PostingRefused: see there
    """
    refuse_elsewhere(journal)
    ledger.refuse_reversed(journal)


def _spent(short_idr: int) -> str:
    """What stands in the way of an opening balance, and what to do about it."""
    return _(
        "This opening balance cannot be reversed: %(short)s of its cash has left the main cash "
        "box since. Open the account Kas besar, undo the payments that took it, reverse the "
        "opening balance, record the right one, and then record the payments again."
    ) % {"short": format_rupiah(short_idr)}


def _memo(journal: Journal, reason: str) -> str:
    with in_indonesian():
        memo = _("Reversal of journal %(number)s: %(reason)s")
    return (memo % {"number": journal.number, "reason": reason})[:200]
