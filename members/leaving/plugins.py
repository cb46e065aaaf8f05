"""What leaving adds to other packages."""

from django.utils.translation import gettext_lazy as _

from finance.ledger import checks
from finance.ledger import kinds as journals
from kkmp.access import audit_sentences, tabs
from kkmp.access.audit_sentences import Group
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab
from members.leaving import queries
from members.leaving.checks import former_balances, refund_differences
from members.leaving.journals import (
    KEPT,
    KEPT_PAID,
    LEFT,
    REFUNDED,
    of_kept,
    of_kept_paid,
    of_leaving,
    of_refund,
)
from members.leaving.models import ExitReason
from members.leaving.panels import under_way, way_out
from members.register import panels
from members.register.services import leaving_open


def register() -> None:
    checks.register(refund_differences)
    checks.register(former_balances)
    leaving_open.register(queries.open_messages)
    panels.register(under_way, weight=30)
    panels.register(way_out, weight=90)
    tabs.register(
        "members",
        Tab("members:exits", _("Leaving"), "door-exit", Permission.MEMBERS_READ),
        weight=40,
    )
    journals.register(LEFT, of_leaving, savings_exit=_("Member left"))
    journals.register(REFUNDED, of_refund, savings_refund=_("Refund to a former member"))
    journals.register(KEPT_PAID, of_kept_paid, kept_paid=_("Kept money paid out"))
    journals.register(KEPT, of_kept, kept=_("Kept for somebody who has left"))
    audit_sentences.call("members.Exit", "number")
    audit_sentences.register(
        Group.LEAVING,
        {
            "exit.request": _("%(who)s recorded that a member leaves: %(reason)s"),
        },
        words={"reason": ExitReason},
    )
    audit_sentences.register(
        Group.LEAVING,
        {
            "exit.take_back": _("%(who)s took back a leaving"),
            "exit.heir": _("%(who)s recorded the heir of a member who died"),
            "exit.decide": _("%(who)s decided a leaving, %(subject)s: refund %(refund_idr)s"),
            "exit.pay": _("%(who)s paid out a refund, %(subject)s: %(amount_idr)s"),
            "exit.unpay": _("%(who)s corrected the payout of a refund, %(subject)s: %(reason)s"),
            "exit.print": _("%(who)s printed the slip of a refund, %(subject)s"),
            "kept.keep": _("%(who)s kept %(amount_idr)s for somebody who has left"),
            "kept.pay": _("%(who)s paid out kept money: %(amount_idr)s"),
            "kept.unpay": _("%(who)s corrected the payout of kept money: %(reason)s"),
            "member.readmit": _("%(who)s admitted %(subject)s again, formerly no. %(number)s"),
        },
    )
