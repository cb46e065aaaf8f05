"""What the people of a cooperative add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences, menu
from kkmp.access.audit_sentences import Group
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission


def register() -> None:
    audit_sentences.register(
        Group.PEOPLE,
        {
            "staff.invite": _("%(who)s invited %(subject)s"),
            "staff.link": _("%(who)s made %(subject)s a new link for signing in"),
            "staff.block": _("%(who)s, of the cooperative, blocked %(subject)s"),
            "staff.unblock": _("%(who)s, of the cooperative, lifted the block of %(subject)s"),
            "user.invite": _("%(who)s made a link by which %(subject)s chooses a password"),
            "user.password_chosen": _("%(who)s chose a password by a link"),
        },
    )
    menu.register(
        Entry("staff:list", _("User accounts"), "user-cog", Permission.STAFF_WRITE), weight=135
    )
