"""Goods, sales, drawers and money of the chosen cooperative's shop, to look at.

Nothing is sold, counted or paid from here. Members stand by their number.
"""

from shops.admin import goods, paying, sales, shifts

__all__ = ["goods", "paying", "sales", "shifts"]
