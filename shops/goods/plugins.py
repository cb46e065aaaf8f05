"""What goods add: a list that can be imported, and one that can be taken out."""

from kkmp.exports import lists
from kkmp.imports import kinds
from shops.goods.exports import Products
from shops.goods.imports.kind import ProductList


def register() -> None:
    kinds.register(ProductList())
    lists.register(Products())
