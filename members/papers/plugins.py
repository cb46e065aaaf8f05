"""What papers add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences, tabs
from kkmp.access.audit_sentences import Group
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab
from members.papers.own_page import surplus
from members.papers.panels import elsewhere, links, papers
from members.register import own_page, panels
from members.register.tabs import TO_PRINT


def register() -> None:
    own_page.register(surplus, weight=60)
    panels.register(elsewhere, weight=20)
    panels.register(papers, weight=50)
    panels.register(links, weight=70)
    tabs.register(
        "members",
        Tab("members:cards", _("Cards"), "id-badge-2", Permission.MEMBERS_READ, group=TO_PRINT),
        weight=50,
    )
    audit_sentences.register(
        Group.MEMBERS,
        {
            "member.link": _("%(who)s made a personal link for %(subject)s, for %(days)s days"),
            "member.link_revoke": _("%(who)s took back the personal link of %(subject)s"),
        },
    )
