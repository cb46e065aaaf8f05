"""What the till adds to other packages."""

from django.utils.translation import gettext_lazy as _

from finance.ledger import kinds as journals
from kkmp.access import audit_sentences, menu
from kkmp.access.audit_sentences import Group
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission
from members.register import own_page
from shops.drawers import cash
from shops.drawers.cash import Flow, Source
from shops.goods.services import products
from shops.till.journals import AT_THE_TILL, place
from shops.till.own_page import purchases
from shops.till.queries import count_in, paid_in, was_sold


def register() -> None:
    own_page.register(purchases, weight=50)
    cash.register(Flow.SALES, Source(paid_in, count_in))
    products.register_use(was_sold)
    journals.register(
        AT_THE_TILL,
        place,
        sale=_("Sale"),
    )
    menu.register(
        Entry(
            "shops:till",
            _("Till"),
            "cash-register",
            Permission.SALES_SELL,
            is_primary=True,
            also=(
                "shops:shift",
                "shops:return_find",
                "shops:sales",
            ),
        ),
        weight=20,
    )
    audit_sentences.call("shops.Sale", "number")
    audit_sentences.register(
        Group.TILL,
        {
            "sale.sell": _("%(who)s sold for %(total_idr)s, %(subject)s"),
            "savings.pay_sale": _(
                "%(who)s took %(amount_idr)s from savings for the sale no. %(sale)s"
            ),
        },
    )
