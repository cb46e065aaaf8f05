"""What stock adds: a check of the books."""

from finance.ledger import checks
from shops.stock.checks import stock_differences


def register() -> None:
    checks.register(stock_differences)
