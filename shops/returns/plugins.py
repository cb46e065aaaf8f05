"""What sales and returns add: a check of the books."""

from finance.ledger import checks
from shops.returns.checks import sale_differences


def register() -> None:
    checks.register(sale_differences)
