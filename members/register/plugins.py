"""What the register adds to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences
from kkmp.access.audit_sentences import Group
from members.register.models import Status


def register() -> None:
    audit_sentences.call("members.Member", "number", also_masked="name")
    audit_sentences.register(
        Group.MEMBERS,
        {
            "member.register": _("%(who)s registered %(subject)s"),
            "member.edit": _("%(who)s changed the data of %(subject)s: %(fields)s"),
            "member.status": _(
                "%(who)s changed the status of %(subject)s from %(before)s to %(after)s"
            ),
        },
        words={"before": Status, "after": Status},
    )
    audit_sentences.register(
        Group.LOOKS,
        {
            "member.nik_reveal": _("%(who)s looked at the whole NIK of %(subject)s"),
            "member.nik_miss": _("%(who)s searched for a NIK that nobody on the register has"),
        },
    )
