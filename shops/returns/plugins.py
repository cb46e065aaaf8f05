"""What returns add to other packages."""

from django.utils.translation import gettext_lazy as _

from finance.ledger import checks
from finance.ledger import kinds as journals
from kkmp.access import audit_sentences
from kkmp.access.administration import sidebar
from kkmp.access.administration.sidebar import Line
from kkmp.access.audit_sentences import Group
from shops.drawers import cash
from shops.drawers.cash import Flow, Source
from shops.returns.checks import sale_differences
from shops.returns.journals import SOLD_AGAIN, place
from shops.returns.queries import count_in, refunds_in


def register() -> None:
    cash.register(Flow.REFUNDS, Source(refunds_in, count_in))
    checks.register(sale_differences)
    journals.register(
        SOLD_AGAIN,
        place,
        sale_return=_("Return"),
    )
    audit_sentences.register(
        Group.TILL,
        {
            "sale.void": _(
                "%(who)s voided the sale no. %(sale)s, %(total_idr)s, approved by "
                "%(approved_by)s: %(reason)s"
            ),
            "sale.return": _(
                "%(who)s took back goods of the sale no. %(sale)s, %(total_idr)s, approved "
                "by %(approved_by)s: %(reason)s"
            ),
            "savings.sale_returned": _(
                "%(who)s gave %(amount_idr)s back to savings for returned goods"
            ),
        },
        rows={"approved_by": "access.User"},
    )
    sidebar.register(
        sidebar.Group.TILLS, Line("shops_salereturn", _("Returns"), "assignment_return"), weight=20
    )
