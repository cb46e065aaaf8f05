"""A payment that nobody sees arrive."""

from shops.models import SalePayment

KINDS = {"payment": (SalePayment, {"method": "qris"})}
PLAIN = "reason"
