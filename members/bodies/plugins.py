"""What the boards add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences, tabs
from kkmp.access.audit_sentences import Group
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab
from members.bodies.models import Body, Position


def register() -> None:
    tabs.register(
        "members",
        Tab("members:officers", _("Officers"), "user-star", Permission.MEMBERS_READ),
        weight=70,
    )
    audit_sentences.register(
        Group.COOPERATIVE,
        {
            "officer.add": _("%(who)s entered an officer: %(position)s, %(body)s"),
            "officer.edit": _("%(who)s changed an officer: %(position)s, %(body)s"),
            "officer.end": _(
                "%(who)s ended the term of an officer on %(ended_on)s: %(position)s, %(body)s"
            ),
        },
        words={"body": Body, "position": Position},
    )
