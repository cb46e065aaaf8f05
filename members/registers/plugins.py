"""What the registers add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import acts, tabs
from kkmp.access.acts import Group
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab
from kkmp.exports import lists
from members.register.tabs import TO_PRINT
from members.registers.exports import BOOKS


def register() -> None:
    for book in BOOKS:
        lists.register(book)
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
    acts.register(
        Group.LOOKS,
        {
            "register.nik_reveal": _("%(who)s printed a register with %(lines)s whole NIKs"),
        },
    )
