"""What settling adds: a check of the books."""

from finance.ledger import checks
from shops.settling.checks import qris_difference


def register() -> None:
    checks.register(qris_difference)
