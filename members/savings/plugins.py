"""What savings add: a check of the books."""

from django.utils.translation import gettext_lazy as _

from finance.ledger import checks
from finance.ledger import kinds as journals
from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab
from members.register.tabs import SAVINGS
from members.savings.checks import savings_differences
from members.savings.journals import IN_SAVINGS, place


def register() -> None:
    checks.register(savings_differences)
    tabs.register(
        "members",
        Tab(
            "members:kinds",
            _("Kinds of savings"),
            "pig-money",
            Permission.SAVINGS_READ,
            group=SAVINGS,
        ),
        weight=34,
    )
    journals.register(
        IN_SAVINGS,
        place,
        savings_deposit=_("Savings deposit"),
        savings_withdrawal=_("Savings withdrawal"),
        savings_return=_("Return on savings"),
    )
