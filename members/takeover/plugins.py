"""What taking over adds to other packages."""

from django.utils.translation import gettext_lazy as _

from finance.ledger import kinds as journals
from kkmp.access import audit_sentences
from kkmp.access.audit_sentences import Group
from kkmp.imports import kinds
from members.register import panels
from members.savings.journals import IN_SAVINGS, place
from members.takeover.bill_kind import BillList
from members.takeover.kind import MemberList
from members.takeover.panels import taken_back


def register() -> None:
    kinds.register(MemberList())
    kinds.register(BillList())
    panels.register(taken_back, weight=10)
    journals.register(
        IN_SAVINGS,
        place,
        savings_opening=_("Opening savings"),
        savings_bills=_("Savings taken over"),
    )
    audit_sentences.register(
        Group.MEMBERS,
        {
            "members.take_over": _(
                "%(who)s took over %(people)s people with savings of %(amount_idr)s"
            ),
            "members.take_back": _(
                "%(who)s took back the taking over of %(people)s people with savings of "
                "%(amount_idr)s: %(reason)s"
            ),
        },
    )
    audit_sentences.register(
        Group.SAVINGS,
        {
            "savings.bills": _(
                "%(who)s took over %(payments)s payments of savings, %(amount_idr)s"
            ),
            "savings.bills_undo": _(
                "%(who)s took back %(payments)s payments of savings, %(amount_idr)s: %(reason)s"
            ),
        },
    )
