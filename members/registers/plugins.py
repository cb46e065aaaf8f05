"""What the registers add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences, tabs
from kkmp.access.audit_sentences import Group
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
    audit_sentences.register(
        Group.LOOKS,
        {
            "register.nik_reveal": _("%(who)s printed a register with %(lines)s whole NIKs"),
        },
    )
