"""What exports add: an entry of the menu."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import menu
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission


def register() -> None:
    menu.register(
        Entry(
            "exports:log",
            _("Exports"),
            "table-export",
            Permission.EXPORTS_READ,
        ),
        weight=130,
    )
