"""What imports add: an entry of the menu."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import menu
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission


def register() -> None:
    menu.register(
        Entry(
            "imports:list",
            _("Import"),
            "table-import",
            Permission.MEMBERS_IMPORT,
        ),
        weight=120,
    )
