"""What savings add: a check of the books."""

from finance.ledger import checks
from members.savings.checks import savings_differences


def register() -> None:
    checks.register(savings_differences)
