"""What the ledger adds to other packages."""

from django.utils.translation import gettext_lazy as _

from finance.ledger.exports import AccountBook, Journals, TrialBalance
from kkmp.access import audit_sentences, menu
from kkmp.access.administration import sidebar
from kkmp.access.administration.sidebar import Line
from kkmp.access.audit_sentences import Group
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission
from kkmp.exports import lists


def register() -> None:
    for taken in (Journals(), TrialBalance(), AccountBook()):
        lists.register(taken)
    menu.register(
        Entry(
            "finance:trial_balance",
            _("Books"),
            "book-2",
            Permission.BOOKS_READ,
            is_primary=True,
        ),
        weight=100,
    )
    menu.register(
        Entry(
            "finance:journals",
            _("Journals"),
            "notebook",
            Permission.BOOKS_READ,
        ),
        weight=110,
    )
    audit_sentences.call("finance.Journal", "number")
    audit_sentences.register(
        Group.BOOKS,
        {
            "books.reverse": _("%(who)s reversed the journal no. %(journal)s: %(reason)s"),
        },
    )
    sidebar.register(
        sidebar.Group.BOOKS,
        Line("finance_account", _("Accounts and balances"), "account_tree"),
        weight=70,
    )
    sidebar.register(
        sidebar.Group.BOOKS, Line("finance_journal", _("Journals"), "menu_book"), weight=80
    )
    sidebar.register(
        sidebar.Group.BOOKS,
        Line("finance_businessunit", _("Units of business"), "store"),
        weight=90,
    )
