"""What reports add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import menu
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission
from kkmp.exports import lists
from shops.reports.exports import Sales, SalesReports


def register() -> None:
    lists.register(Sales())
    lists.register(SalesReports())
    menu.register(
        Entry(
            "shops:sales",
            _("Sales"),
            "receipt",
            Permission.SALES_READ,
        ),
        weight=50,
    )
    menu.register(
        Entry(
            "shops:reports",
            _("Reports"),
            "chart-bar",
            Permission.SALES_READ,
        ),
        weight=60,
    )
