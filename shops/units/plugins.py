"""What units of business add: a tab."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab


def register() -> None:
    tabs.register(
        "goods",
        Tab("shops:units", _("Units of business"), "building-store", Permission.PRODUCTS_READ),
        weight=50,
    )
