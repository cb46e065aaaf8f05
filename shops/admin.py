"""The shop in the administration; each package has its own pages."""

from shops.credit import admin as credit
from shops.drawers import admin as drawers
from shops.goods import admin as goods
from shops.payments import admin as payments
from shops.receipts import admin as receipts
from shops.returns import admin as returns
from shops.settings import admin as settings
from shops.settling import admin as settling
from shops.vouchers import admin as vouchers

__all__ = [
    "credit",
    "drawers",
    "goods",
    "payments",
    "receipts",
    "returns",
    "settings",
    "settling",
    "vouchers",
]
