"""What came onto a shelf and left it, as it is read."""

from shops.stock import queries as stock_queries


def test_movements_of_a_product_come_latest_first(monday, gula):
    moved = [(movement.kind, movement.quantity) for movement in stock_queries.movements(gula)]
    assert moved[0] == ("sale", -1)
    assert sorted(moved) == [("opening", 48), ("sale", -2), ("sale", -1), ("sale", -1)]
