"""What the till adds: cash of a drawer, and that a product was sold."""

from shops.drawers import cash
from shops.drawers.cash import Flow, Source
from shops.goods.services import products
from shops.till.queries import count_in, paid_in, was_sold


def register() -> None:
    cash.register(Flow.SALES, Source(paid_in, count_in))
    products.register_use(was_sold)
