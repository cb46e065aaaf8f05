from .products import Category, Product
from .sales import PriceTier, Sale, SaleLine
from .stock import MovementKind, Stock, StockMovement

__all__ = [
    "Category",
    "MovementKind",
    "PriceTier",
    "Product",
    "Sale",
    "SaleLine",
    "Stock",
    "StockMovement",
]
