"""Boxes of notes and coins: what is not in them cannot leave them."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from finance.ledger import queries
from finance.ledger.accounts import Code
from finance.ledger.models import Account, Journal
from finance.ledger.services.refusals import NotInCash
from kkmp.access import queries as access
from kkmp.access.permissions import Permission
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date


def refuse_below_zero(journal: Journal, leaves: Mapping[Code, int]) -> None:
    """Ask this once the journal is posted.

    :param leaves: what it takes out of each of these accounts, zero or less where nothing
    :raises NotInCash: one of them held less on that day, or does on a later one
    """
    for code, leaves_idr in leaves.items():
        if leaves_idr <= 0:
            continue
        end = queries.lowest(journal.cooperative, code, since=journal.date)
        if end is not None and end.held_idr < 0:
            refusal = _not_in_cash(journal, code, leaves_idr, end)
            raise refusal if _may_read_books(journal) else refusal.hide_balance()


def _not_in_cash(journal: Journal, code: Code, leaves_idr: int, end: queries.DayEnd) -> NotInCash:
    words = {
        "account": Account.objects.of(journal.cooperative).get(code=code).label,
        "amount": format_rupiah(leaves_idr),
        "date": format_date(end.on),
        "held": format_rupiah(end.held_idr + leaves_idr),
    }
    told = _(
        "%(account)s cannot give %(amount)s: at the end of %(date)s the books know of "
        "%(held)s in it. If there is more, record first where it came from."
    )
    covered = _(
        "%(account)s cannot give %(amount)s: by the books there is less in it at the end of "
        "%(date)s. Ask whoever keeps the books."
    )
    refusal = NotInCash(told % words)
    refusal.covered = covered % words
    refusal.short_idr = -end.held_idr
    return refusal


def _may_read_books(journal: Journal) -> bool:
    by = journal.posted_by
    return by is None or Permission.BOOKS_READ in access.permissions_at(by, journal.cooperative)
