"""Goods that came back."""

from shops.models import SaleReturn

KINDS = {"return": (SaleReturn, {})}
