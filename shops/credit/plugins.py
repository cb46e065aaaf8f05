"""What credit adds: a check of the books, and a panel of the member's page."""

from finance.ledger import checks
from members.register import panels
from shops.credit.checks import credit_differences
from shops.credit.panels import credit


def register() -> None:
    checks.register(credit_differences)
    panels.register(credit, weight=100)
