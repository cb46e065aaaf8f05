"""What joining adds to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences, tabs
from kkmp.access.audit_sentences import Group
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab
from members.joining.models import Channel, Means, Purpose
from members.joining.panels import called_on, consent
from members.joining.queries.queue import waiting_count
from members.register import panels
from members.register.tabs import NEW_MEMBERS


def register() -> None:
    panels.register(called_on, weight=60)
    panels.register(consent, weight=80)
    tabs.register(
        "members",
        Tab(
            "members:applications",
            _("Applications"),
            "inbox",
            Permission.MEMBERS_READ,
            waiting_count,
            NEW_MEMBERS,
        ),
        weight=20,
    )
    tabs.register(
        "members",
        Tab(
            "members:funnel",
            _("Becoming members"),
            "filter",
            Permission.MEMBERS_READ,
            group=NEW_MEMBERS,
        ),
        weight=21,
    )
    audit_sentences.register(
        Group.MEMBERS,
        {
            "application.submit": _("Somebody applied to become a member"),
            "application.accept": _("%(who)s accepted the application of %(member)s"),
            "application.decline": _("%(who)s declined an application to become a member: %(why)s"),
            "member.consent": _(
                "%(who)s noted that %(subject)s consents to the use of their data (%(means)s)"
            ),
            "member.consent_withdraw": _(
                "%(who)s noted that %(subject)s takes back the consent (%(means)s)"
            ),
            "member.contact": _("%(who)s called on %(subject)s: %(purpose)s, %(channel)s"),
        },
        words={"purpose": Purpose, "channel": Channel, "means": Means},
        rows={"member": "members.Member"},
    )
    audit_sentences.register(
        Group.LOOKS,
        {
            "application.nik_reveal": _("%(who)s looked at the whole NIK of an application"),
        },
    )
