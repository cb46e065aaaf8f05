"""What a cooperative's own pages add: two entries of the menu."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import menu
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission


def register() -> None:
    menu.register(
        Entry(
            "cooperative:home",
            _("Home"),
            "home",
            Permission.COOPERATIVE_READ,
            is_primary=True,
        ),
        weight=10,
    )
    menu.register(
        Entry(
            "cooperative:profile",
            _("Cooperative"),
            "building-store",
            Permission.COOPERATIVE_READ,
        ),
        weight=140,
    )
