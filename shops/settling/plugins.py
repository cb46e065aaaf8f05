"""What settling adds: a check of the books."""

from django.utils.translation import gettext_lazy as _

from finance.ledger import checks
from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab
from shops.settling.checks import qris_difference


def register() -> None:
    checks.register(qris_difference)
    tabs.register(
        "paying",
        Tab("shops:payments", _("QRIS and transfers"), "qrcode", Permission.PAYMENTS_READ),
        weight=10,
    )
