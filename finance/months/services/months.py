"""Closing months: what has been reported stays as it was reported.

There is no reopening. A statement that members, supervisors or the Dinas have read must say the
same tomorrow; whoever finds a mistake later posts the correction in an open month, where
everybody can see it. The database refuses it as well.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.services import ledger
from finance.months import queries
from finance.months.models import Month
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.lib.periods import format_month, month_end, month_of
from kkmp.registry.models import Cooperative


class CloseRefused(DomainError):
    """The month may not be closed; the message says what comes first."""


@transaction.atomic
def close(*, cooperative: Cooperative, month: date, on: date, by: User) -> Month:
    """Close a month for good: nothing more can be dated into it or before it.

    :param month: any day of the month
    :param on: the day it is now; the month must have ended before it
    :raises CloseRefused: there is nothing to close, it is closed already, an earlier month is
        still open, or the month has not ended
    """
    month = month_of(month)
    # Postings under way come first, or wait and find the month closed.
    ledger.hold_books(cooperative=cooperative)
    _refuse(cooperative, month, on)
    closed = Month.objects.create(cooperative=cooperative, month=month, closed_by=by)
    audit.record(
        cooperative=cooperative,
        action="books.close_month",
        by=by,
        subject=closed,
        month=month.isoformat(),
    )
    return closed


def _refuse(cooperative: Cooperative, month: date, on: date) -> None:
    named = {"month": format_month(month)}
    following = queries.month_to_close(cooperative)
    if following is None:
        raise CloseRefused(_("There are no journals yet, so there is no month to close."))
    if month < following:
        raise CloseRefused(_("%(month)s is closed already, or lies before the books.") % named)
    if month > following:
        raise CloseRefused(_("Close %(month)s first.") % {"month": format_month(following)})
    if on <= month_end(month):
        raise CloseRefused(_("%(month)s has not ended; it can be closed after it has.") % named)
