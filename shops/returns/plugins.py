"""What returns add: cash that leaves a drawer, and a check of the books."""

from django.utils.translation import gettext_lazy as _

from finance.ledger import checks
from finance.ledger import kinds as journals
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
