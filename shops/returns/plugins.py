"""What returns add: cash that leaves a drawer, and a check of the books."""

from finance.ledger import checks
from shops.drawers import cash
from shops.drawers.cash import Flow, Source
from shops.returns.checks import sale_differences
from shops.returns.queries import count_in, refunds_in


def register() -> None:
    cash.register(Flow.REFUNDS, Source(refunds_in, count_in))
    checks.register(sale_differences)
