"""The cost of sold goods by moving average, and how the lines of a sale share it."""

from collections.abc import Sequence
from uuid import UUID

from kkmp.lib.money import share_of_value, split_largest_remainder
from shops.pricing.basket import PricedLine, by_product


def of_lines(lines: Sequence[PricedLine]) -> list[int]:
    """Cost of each line, whole rupiah; a product costs the same in several lines as in one."""
    costs: dict[int, int] = {}
    for product_id, (goods, quantity) in by_product(lines).items():
        its = _at(lines, product_id)
        total_idr = (
            0 if goods.is_service else share_of_value(goods.value_idr, quantity, goods.quantity)
        )
        shares = split_largest_remainder(total_idr, [lines[at].quantity for at in its])
        costs.update(zip(its, shares, strict=True))
    return [costs[at] for at in range(len(lines))]


def _at(lines: Sequence[PricedLine], product_id: UUID) -> list[int]:
    return [at for at, line in enumerate(lines) if line.goods.id == product_id]
