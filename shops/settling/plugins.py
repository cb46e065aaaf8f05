"""What settling adds to other packages."""

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
from members.savings.services import corrections
from shops.settling.checks import qris_difference
from shops.settling.exports import Payments
from shops.settling.journals import (
    IN_PAYMENTS,
    IN_SETTLEMENTS,
    of_found,
    of_missing,
    of_settlement,
)
from shops.settling.services.confirming import refuse_settled


def register() -> None:
    lists.register(Payments())
    checks.register(qris_difference)
    corrections.register_guard(refuse_settled)
    tabs.register(
        "paying",
        Tab("shops:payments", _("QRIS and transfers"), "qrcode", Permission.PAYMENTS_READ),
        weight=10,
    )
    journals.register(IN_SETTLEMENTS, of_settlement, payment_settle=_("Settlement of payments"))
    journals.register(IN_PAYMENTS, of_missing, payment_missing=_("Payment that never came"))
    journals.register(IN_PAYMENTS, of_found, payment_found=_("Payment that came late"))
    menu.register(
        Entry(
            "shops:payments",
            _("Payments"),
            "qrcode",
            Permission.PAYMENTS_READ,
            also=("shops:vouchers",),
        ),
        weight=80,
    )
    audit_sentences.register(
        Group.TILL,
        {
            "payment.confirm": _("%(who)s confirmed that a payment has arrived: %(amount_idr)s"),
            "payment.missing": _(
                "%(who)s noted that a payment never came: %(amount_idr)s, %(note)s"
            ),
            "payment.settle": _(
                "%(who)s recorded the settlement of %(payments)s payments: %(gross_idr)s, "
                "fee %(fee_idr)s"
            ),
            "payment.unsettle": _("%(who)s took back a settlement: %(reason)s"),
        },
    )
    sidebar.register(
        sidebar.Group.TILLS,
        Line("shops_settlement", _("Settlements"), "account_balance"),
        weight=70,
    )
