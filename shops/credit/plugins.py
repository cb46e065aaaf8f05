"""What credit adds to other packages."""

from django.utils.translation import gettext_lazy as _

from finance.ledger import checks
from finance.ledger import kinds as journals
from kkmp.access import audit_sentences, menu, tabs
from kkmp.access.administration import sidebar
from kkmp.access.administration.sidebar import Line
from kkmp.access.audit_sentences import Group
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab
from kkmp.exports import lists
from members.register import panels
from shops.credit.checks import credit_differences
from shops.credit.exports import Credits
from shops.credit.journals import IN_CREDIT, place
from shops.credit.panels import credit
from shops.credit.queries import received_in
from shops.drawers import cash
from shops.drawers.cash import Flow, Source
from shops.pricing.methods import Method


def register() -> None:
    cash.register(Flow.CREDITS, Source(received_in))
    lists.register(Credits())
    checks.register(credit_differences)
    panels.register(credit, weight=100)
    tabs.register(
        "paying",
        Tab("shops:credits", _("Credit (bon)"), "address-book", Permission.PAYMENTS_READ),
        weight=20,
    )
    journals.register(
        IN_CREDIT,
        place,
        credit_payment=_("Payment of a credit"),
        credit_payout=_("Paid out to a member whom the shop owed"),
    )
    menu.register(
        Entry(
            "shops:credits",
            _("Credit (bon)"),
            "address-book",
            Permission.PAYMENTS_READ,
        ),
        weight=90,
    )
    audit_sentences.register(
        Group.TILL,
        {
            "credit.terms": _(
                "%(who)s changed the credit limit of %(member)s from %(before_idr)s to "
                "%(limit_idr)s, due in %(due_days)s days"
            ),
            "credit.payment": _(
                "%(who)s took a payment of credit no. %(number)s: %(amount_idr)s, %(method)s"
            ),
            "credit.payout": _(
                "%(who)s paid out a credit balance, no. %(number)s: %(amount_idr)s, %(method)s"
            ),
            "credit.undo": _("%(who)s corrected the credit receipt no. %(receipt)s: %(reason)s"),
        },
        words={"method": Method},
        rows={"member": "members.Member"},
    )
    sidebar.register(
        sidebar.Group.TILLS,
        Line("shops_creditterms", _("Credit of members"), "credit_score"),
        weight=40,
    )
    sidebar.register(
        sidebar.Group.TILLS,
        Line("shops_creditpayment", _("Payments of credits"), "payments"),
        weight=50,
    )
