"""What saved views add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences
from kkmp.access.audit_sentences import Group
from members.saved_views.models import ViewPage


def register() -> None:
    audit_sentences.register(
        Group.MEMBERS,
        {
            "view.share": _("%(who)s shared a saved view of the page %(page)s"),
            "view.unshare": _("%(who)s stopped sharing a saved view of the page %(page)s"),
            "view.delete": _("%(who)s deleted a shared view of the page %(page)s"),
        },
        words={"page": ViewPage},
    )
