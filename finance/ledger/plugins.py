"""What the ledger adds: two entries of the menu."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import menu
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission


def register() -> None:
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
