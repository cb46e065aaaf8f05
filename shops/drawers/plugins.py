"""What drawers add: a check of the books."""

from django.utils.translation import gettext_lazy as _

from finance.ledger import checks
from finance.ledger import kinds as journals
from kkmp.access import menu
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission
from shops.drawers.checks import drawer_differences

_IN_SHIFTS = _(
    "This entry came from a cashier's shift. Money put in or taken out by mistake goes back "
    "the same way, in an open shift."
)


def register() -> None:
    checks.register(drawer_differences)
    journals.register(
        _IN_SHIFTS,
        shift=_("Shift"),
    )
    menu.register(
        Entry(
            "shops:shifts",
            _("Shifts"),
            "clock-dollar",
            Permission.SHIFTS_READ,
        ),
        weight=70,
    )
