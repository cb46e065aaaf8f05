"""What stock adds to other packages."""

from django.utils.translation import gettext_lazy as _

from finance.ledger import checks
from finance.ledger import kinds as journals
from kkmp.access import audit_sentences
from kkmp.access.audit_sentences import Group
from shops.stock.checks import stock_differences
from shops.stock.journals import IN_STOCK, place


def register() -> None:
    checks.register(stock_differences)
    journals.register(
        IN_STOCK,
        place,
        opening_stock=_("Opening stock"),
    )
    audit_sentences.register(
        Group.GOODS,
        {
            "stock.opening": _(
                "%(who)s recorded the opening stock of %(products)s products worth %(value_idr)s"
            ),
        },
    )
    audit_sentences.register(
        Group.GOODS,
        {
            "stock.correct": _("%(who)s corrected the opening stock of %(subject)s: %(reason)s"),
        },
    )
