"""What vouchers add: a check of the books."""

from finance.ledger import checks
from shops.vouchers.checks import voucher_difference


def register() -> None:
    checks.register(voucher_difference)
