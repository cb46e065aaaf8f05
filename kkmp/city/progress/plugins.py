"""What progress adds: the city's menu."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import menu
from kkmp.access.menu import Area, Entry
from kkmp.access.permissions import Permission


def register() -> None:
    menu.register(
        Entry(
            "city:home",
            _("City"),
            "map-2",
            Permission.CITY_READ,
            is_primary=True,
        ),
        weight=10,
        area=Area.CITY,
    )
