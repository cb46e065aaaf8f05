"""What stock adds: a check of the books."""

from django.utils.translation import gettext_lazy as _

from finance.ledger import checks
from finance.ledger import kinds as journals
from shops.stock.checks import stock_differences

_IN_STOCK = _(
    "This entry came from the stock of goods. It is put right with the goods, so that stock "
    "and books change together."
)


def register() -> None:
    checks.register(stock_differences)
    journals.register(
        _IN_STOCK,
        opening_stock=_("Opening stock"),
    )
