"""What savings add to other packages."""

from django.utils.translation import gettext_lazy as _

from finance.ledger import checks
from finance.ledger import kinds as journals
from kkmp.access import audit_sentences, tabs
from kkmp.access.administration import sidebar
from kkmp.access.administration.sidebar import Line
from kkmp.access.audit_sentences import Group
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab
from members.register import own_page
from members.register.tabs import SAVINGS
from members.savings.checks import savings_differences
from members.savings.journals import IN_SAVINGS, place
from members.savings.own_page import history, savings


def register() -> None:
    own_page.register(savings, weight=10)
    own_page.register(history, weight=30)
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
    audit_sentences.call("members.SavingsEntry", "number")
    audit_sentences.call("members.SavingsKind", "name")
    audit_sentences.register(
        Group.SAVINGS,
        {
            "savings.deposit": _("%(who)s took a deposit of %(amount_idr)s, %(subject)s"),
            "savings.withdraw": _("%(who)s paid out savings of %(amount_idr)s, %(subject)s"),
            "savings.reverse": _(
                "%(who)s corrected the savings receipt no. %(receipt)s by %(amount_idr)s: "
                "%(reason)s"
            ),
            "savings.return": _(
                "%(who)s credited the return on savings of %(month)s: %(gross_idr)s, tax "
                "%(tax_idr)s"
            ),
            "savings.define_kind": _("%(who)s defined the kind of savings %(subject)s"),
            "savings.change_kind": _("%(who)s changed the kind of savings %(subject)s: %(fields)s"),
        },
    )
    sidebar.register(
        sidebar.Group.BOOKS,
        Line("members_savingskind", _("Kinds of savings"), "category"),
        weight=50,
    )
    sidebar.register(
        sidebar.Group.BOOKS,
        Line("members_savingsentry", _("Savings entries"), "savings"),
        weight=60,
    )
