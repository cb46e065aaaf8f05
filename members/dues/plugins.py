"""What dues add to other packages."""

from django.utils.translation import gettext_lazy as _

from finance.ledger import kinds as journals
from kkmp.access import audit_sentences, tabs
from kkmp.access.audit_sentences import Group
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab
from kkmp.exports import lists
from members.dues.exports import ArrearsList, DuesGrid
from members.dues.own_page import dues as own_dues
from members.dues.panels import dues
from members.register import own_page, panels
from members.register.tabs import SAVINGS
from members.savings.journals import IN_SAVINGS, place


def register() -> None:
    own_page.register(own_dues, weight=20)
    lists.register(DuesGrid())
    lists.register(ArrearsList())
    panels.register(dues, weight=40)
    tabs.register(
        "members",
        Tab(
            "members:dues",
            _("Mandatory savings"),
            "calendar-check",
            Permission.SAVINGS_READ,
            group=SAVINGS,
        ),
        weight=30,
    )
    tabs.register(
        "members",
        Tab(
            "members:collect",
            _("Collect together"),
            "cash",
            Permission.SAVINGS_DEPOSIT,
            group=SAVINGS,
        ),
        weight=31,
    )
    tabs.register(
        "members",
        Tab(
            "members:collected",
            _("Earlier collections"),
            "history",
            Permission.SAVINGS_READ,
            group=SAVINGS,
        ),
        weight=32,
    )
    tabs.register(
        "members",
        Tab(
            "members:arrears",
            _("Arrears"),
            "calendar-exclamation",
            Permission.SAVINGS_READ,
            group=SAVINGS,
        ),
        weight=33,
    )
    journals.register(
        IN_SAVINGS,
        place,
        savings_collection=_("Savings collected together"),
    )
    audit_sentences.register(
        Group.SAVINGS,
        {
            "savings.collect": _(
                "%(who)s recorded the collection “%(title)s”: %(payments)s payments, %(amount_idr)s"
            ),
        },
    )
