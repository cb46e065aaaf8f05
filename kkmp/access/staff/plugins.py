"""What the people of a cooperative add: an entry of the menu."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import menu
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission


def register() -> None:
    menu.register(
        Entry("staff:list", _("User accounts"), "user-cog", Permission.STAFF_WRITE), weight=135
    )
