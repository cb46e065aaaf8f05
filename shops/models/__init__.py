from .payments import (
    TO_CONFIRM,
    Confirmation,
    CreditPayment,
    CreditTerms,
    Method,
    SalePayment,
    Settlement,
    Voucher,
    VoucherBatch,
)
from .prices import GoodsRule, Pack, Period, Price, PriceTier, UnknownCode
from .products import Category, Colour, Product
from .returns import ReceiptCopy, Refund, ReturnedLine, ReturnKind, SaleReturn
from .sales import Sale, SaleLine
from .shifts import (
    DENOMINATIONS,
    MOST_IN_DRAWER_IDR,
    CashMovement,
    CashReason,
    CountedCash,
    Shift,
    TillSettings,
)
from .stock import MovementKind, Stock, StockMovement

__all__ = [
    "DENOMINATIONS",
    "MOST_IN_DRAWER_IDR",
    "TO_CONFIRM",
    "CashMovement",
    "CashReason",
    "Category",
    "Colour",
    "Confirmation",
    "CountedCash",
    "CreditPayment",
    "CreditTerms",
    "GoodsRule",
    "Method",
    "MovementKind",
    "Pack",
    "Period",
    "Price",
    "PriceTier",
    "Product",
    "ReceiptCopy",
    "Refund",
    "ReturnKind",
    "ReturnedLine",
    "Sale",
    "SaleLine",
    "SalePayment",
    "SaleReturn",
    "Settlement",
    "Shift",
    "Stock",
    "StockMovement",
    "TillSettings",
    "UnknownCode",
    "Voucher",
    "VoucherBatch",
]
