from shops.credit.models import CreditPayment, CreditReceiptCopy, CreditTerms
from shops.drawers.models import (
    DENOMINATIONS,
    MOST_IN_DRAWER_IDR,
    CashMovement,
    CashReason,
    CountCorrection,
    CountedCash,
    Shift,
)
from shops.goods.models import Category, Colour, GoodsRule, Pack, Price, Product, UnknownCode
from shops.payments.models import Arrival, Confirmation, PaidAs, Refund, SalePayment
from shops.pricing.methods import TO_CONFIRM, Method
from shops.pricing.terms import Period, PriceTier
from shops.receipts.models import ReceiptCopy
from shops.reports.models import GoodsFigures, PaymentFigures, SalesFigures
from shops.returns.models import ReturnedLine, ReturnKind, SaleReturn
from shops.settings.models import TillSettings
from shops.settling.models import Settlement
from shops.stock.models import MovementKind, Stock, StockMovement
from shops.till.models import Sale, SaleLine
from shops.vouchers.models import PostingKind, Voucher, VoucherBatch, VoucherPosting

__all__ = [
    "DENOMINATIONS",
    "MOST_IN_DRAWER_IDR",
    "TO_CONFIRM",
    "Arrival",
    "CashMovement",
    "CashReason",
    "Category",
    "Colour",
    "Confirmation",
    "CountCorrection",
    "CountedCash",
    "CreditPayment",
    "CreditReceiptCopy",
    "CreditTerms",
    "GoodsFigures",
    "GoodsRule",
    "Method",
    "MovementKind",
    "Pack",
    "PaidAs",
    "PaymentFigures",
    "Period",
    "PostingKind",
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
    "SalesFigures",
    "Settlement",
    "Shift",
    "Stock",
    "StockMovement",
    "TillSettings",
    "UnknownCode",
    "Voucher",
    "VoucherBatch",
    "VoucherPosting",
]
