"""What credit adds: cash of a drawer, a check of the books, and a panel of the member's page."""

from finance.ledger import checks
from members.register import panels
from shops.credit.checks import credit_differences
from shops.credit.panels import credit
from shops.credit.queries import received_in
from shops.drawers import cash
from shops.drawers.cash import Flow, Source


def register() -> None:
    cash.register(Flow.CREDITS, Source(received_in))
    checks.register(credit_differences)
    panels.register(credit, weight=100)
