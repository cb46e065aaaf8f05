"""What drawers add: a check of the books."""

from finance.ledger import checks
from shops.drawers.checks import drawer_differences


def register() -> None:
    checks.register(drawer_differences)
