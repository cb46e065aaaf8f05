"""What goods add: how many a unit has, a list that can be imported, and one that can be taken out."""

from kkmp.exports import lists
from kkmp.imports import kinds
from shops.goods.exports import Products
from shops.goods.imports.kind import ProductList
from shops.goods.queries import products_by_unit
from shops.units import queries as units


def register() -> None:
    units.register_count(products_by_unit)
    kinds.register(ProductList())
    lists.register(Products())
