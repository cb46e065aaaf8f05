"""What joining adds to a member's page."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab
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
