"""What vouchers add to other packages."""

from django.utils.translation import gettext_lazy as _

from finance.ledger import checks
from finance.ledger import kinds as journals
from kkmp.access import audit_sentences, tabs
from kkmp.access.administration import sidebar
from kkmp.access.administration.sidebar import Line
from kkmp.access.audit_sentences import Group
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab
from kkmp.exports import lists
from shops.pricing.methods import Method
from shops.vouchers.checks import voucher_difference
from shops.vouchers.exports import Vouchers
from shops.vouchers.journals import IN_VOUCHERS, of_issue, of_posting


def register() -> None:
    lists.register(Vouchers())
    checks.register(voucher_difference)
    tabs.register(
        "paying", Tab("shops:vouchers", _("Vouchers"), "ticket", Permission.SALES_READ), weight=30
    )
    journals.register(IN_VOUCHERS, of_issue, voucher_issue=_("Vouchers issued"))
    journals.register(
        IN_VOUCHERS,
        of_posting,
        voucher_paid=_("Vouchers paid for"),
        voucher_end=_("Vouchers that have expired"),
    )
    audit_sentences.register(
        Group.TILL,
        {
            "voucher.issue": _(
                "%(who)s issued %(count)s vouchers worth %(total_idr)s, %(subject)s"
            ),
            "voucher.code_refuse": _("%(who)s typed the code of a voucher that there is none of"),
            "voucher.end": _("%(who)s ended vouchers, %(left_idr)s was left, %(subject)s"),
            "voucher.paid": _(
                "%(who)s took the payment of vouchers: %(amount_idr)s, %(method)s, %(subject)s"
            ),
        },
        words={"method": Method},
    )
    audit_sentences.register(
        Group.TILL,
        {
            "voucher.take_back": _(
                "%(who)s took back vouchers worth %(total_idr)s, %(subject)s: %(reason)s"
            ),
            "voucher.undo": _("%(who)s undid an entry of vouchers, %(amount_idr)s: %(reason)s"),
        },
    )
    sidebar.register(
        sidebar.Group.TILLS,
        Line("shops_voucherbatch", _("Vouchers"), "confirmation_number"),
        weight=80,
    )
