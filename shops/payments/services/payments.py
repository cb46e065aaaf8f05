"""Which account a payment is returned from."""

from finance.ledger.accounts import Code
from shops.payments.models import SalePayment
from shops.pricing.methods import Method


def account_of_refund(payment: SalePayment) -> str:
    """The account that money of QRIS or a transfer goes back from.

    :param payment: with ``confirmations`` reachable
    """
    last = max(payment.confirmations.all(), key=lambda one: one.position, default=None)
    if last is not None and not last.has_arrived:
        return Code.CASH_DIFFERENCES
    if last is not None and last.settlement_id:
        return Code.BANK
    return WAITING_ON[Method(payment.method)]


#: The account that holds the money of each method until it is confirmed or settled.
WAITING_ON = {Method.QRIS: Code.QRIS, Method.TRANSFER: Code.BANK}
