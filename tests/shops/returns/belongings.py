"""Goods that came back."""

from shops.models import SaleReturn

KINDS = {"return": (SaleReturn, {})}
PLAIN = "instead pin reason receiver shown_idr step what"
