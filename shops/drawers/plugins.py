"""What drawers add to other packages."""

from django.utils.translation import gettext_lazy as _

from finance.ledger import checks
from finance.ledger import kinds as journals
from kkmp.access import audit_sentences, menu
from kkmp.access.administration import sidebar
from kkmp.access.administration.sidebar import Line
from kkmp.access.audit_sentences import Group
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission
from kkmp.exports import lists
from shops.drawers.checks import drawer_differences
from shops.drawers.exports import Shifts
from shops.drawers.journals import IN_SHIFTS, place
from shops.drawers.models import CashReason


def register() -> None:
    lists.register(Shifts())
    checks.register(drawer_differences)
    journals.register(
        IN_SHIFTS,
        place,
        shift=_("Shift"),
        shift_count=_("Corrected count of a shift"),
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
    audit_sentences.call("shops.Shift", "number")
    audit_sentences.register(
        Group.TILL,
        {
            "shift.open": _("%(who)s opened %(subject)s with a float of %(float_idr)s"),
            "shift.close": _(
                "%(who)s closed %(subject)s: expected %(expected_idr)s, counted %(counted_idr)s"
            ),
            "shift.short": _("%(who)s wanted more out of a drawer than it holds, %(subject)s"),
            "shift.move_cash": _("%(who)s moved cash of a drawer: %(reason)s, %(amount_idr)s"),
        },
        words={"reason": CashReason},
    )
    audit_sentences.register(
        Group.TILL,
        {
            "shift.undo": _(
                "%(who)s undid a movement of cash in the shift no. %(shift)s, "
                "%(amount_idr)s: %(reason)s"
            ),
            "shift.correct_count": _(
                "%(who)s corrected the count of the shift no. %(shift)s by "
                "%(amount_idr)s: %(reason)s"
            ),
        },
    )
    sidebar.register(
        sidebar.Group.TILLS, Line("shops_shift", _("Shifts"), "point_of_sale"), weight=30
    )
