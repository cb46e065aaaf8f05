"""Why a journal may not be posted."""

from datetime import date

from django.utils.translation import gettext as _

from kkmp.lib.errors import DomainError
from kkmp.lib.money import MAX_IDR
from kkmp.lib.periods import format_date


class PostingRefused(DomainError):
    """The journal may not be posted; the message is fit to show."""


class MonthClosed(PostingRefused):
    """The date lies in a month that has been closed."""


class NotInCash(PostingRefused):
    """The posting takes more from a cash account than it holds on that day, or on a later one."""

    #: So much is missing on the worst of these days.
    short_idr = 0
    #: The message without what the account holds, for whoever may not read the books.
    covered = ""

    def hide_balance(self) -> "NotInCash":
        """This refusal without the balance, for a drawer or whoever may not read the books."""
        hidden = NotInCash(self.covered)
        hidden.short_idr, hidden.covered = self.short_idr, self.covered
        return hidden


#: What is dated outside is a slip in a year; the database's own bounds lie far beyond.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


def refuse_beyond(on: date, amount_idr: int) -> None:
    """:raises PostingRefused: the day or the amount is one that no book has"""
    if not FIRST_DAY <= on <= LAST_DAY:
        raise PostingRefused(
            _("Look at the year: the day must lie between %(first)s and %(last)s.")
            % {"first": format_date(FIRST_DAY), "last": format_date(LAST_DAY)},
            field="on",
        )
    if amount_idr > MAX_IDR:
        raise PostingRefused(_("This amount is too large to be right."))
