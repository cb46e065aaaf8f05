"""Why a journal may not be posted."""

from kkmp.lib.errors import DomainError


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
