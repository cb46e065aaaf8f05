"""What the registers add: a tab."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab
from members.register.tabs import TO_PRINT


def register() -> None:
    tabs.register(
        "members",
        Tab(
            "members:registers",
            _("Books to print"),
            "books",
            Permission.MEMBERS_READ,
            group=TO_PRINT,
        ),
        weight=51,
    )
