from django.urls import path

from shops.credit import api as credit_api
from shops.drawers import api as drawers_api
from shops.goods.api import prices, products
from shops.reports import api as reports_api
from shops.returns import api as returns_api
from shops.settings import api
from shops.settling import api as settling_api
from shops.till.api import batch, sales
from shops.vouchers import api as vouchers_api

urlpatterns = [
    path("products/", products.Products.as_view(), name="api-products"),
    path("products/<uuid:id>/", products.ProductDetail.as_view(), name="api-product"),
    path("products/<uuid:id>/retire/", products.Retire.as_view(), name="api-product-retire"),
    path("products/<uuid:id>/restore/", products.Restore.as_view(), name="api-product-restore"),
    path("products/<uuid:id>/packs/", prices.Packs.as_view(), name="api-packs"),
    path("products/<uuid:id>/prices/", prices.Prices.as_view(), name="api-prices"),
    path("packs/<uuid:id>/", prices.OnePack.as_view(), name="api-pack"),
    path("packs/<uuid:id>/retire/", prices.RetirePack.as_view(), name="api-pack-retire"),
    path("packs/<uuid:id>/restore/", prices.RestorePack.as_view(), name="api-pack-restore"),
    path("prices/<uuid:id>/end/", prices.EndPrice.as_view(), name="api-price-end"),
    path("goods-rules/", prices.Rules.as_view(), name="api-goods-rules"),
    path("goods-rules/<uuid:id>/end/", prices.EndRule.as_view(), name="api-goods-rule-end"),
    path("till-settings/", api.Settings.as_view(), name="api-till-settings"),
    path("sales/", sales.Sales.as_view(), name="api-sales"),
    path("sales/batch/", batch.Batch.as_view(), name="api-sales-batch"),
    path("sales/<uuid:id>/", sales.SaleDetail.as_view(), name="api-sale"),
    path("shifts/", drawers_api.Shifts.as_view(), name="api-shifts"),
    path("shifts/<uuid:id>/", drawers_api.ShiftDetail.as_view(), name="api-shift"),
    path(
        "shifts/<uuid:id>/movements/", drawers_api.Movements.as_view(), name="api-shift-movements"
    ),
    path("shifts/<uuid:id>/close/", drawers_api.Close.as_view(), name="api-shift-close"),
    path("returns/", returns_api.Returns.as_view(), name="api-returns"),
    path("payments/", settling_api.Payments.as_view(), name="api-payments"),
    path("payments/<uuid:id>/confirm/", settling_api.Confirm.as_view(), name="api-payment-confirm"),
    path("settlements/", settling_api.Settlements.as_view(), name="api-settlements"),
    path("credits/", credit_api.Credits.as_view(), name="api-credits"),
    path("credits/<uuid:member>/", credit_api.CreditDetail.as_view(), name="api-credit"),
    path("credits/<uuid:member>/pay/", credit_api.Pay.as_view(), name="api-credit-pay"),
    path("credit-payments/", credit_api.CreditPayments.as_view(), name="api-credit-payments"),
    path("vouchers/", vouchers_api.Batches.as_view(), name="api-vouchers"),
    path("vouchers/<slug:code>/", vouchers_api.VoucherDetail.as_view(), name="api-voucher"),
    path("sales/reports/", reports_api.SalesReport.as_view(), name="api-sales-report"),
    path("sales/<uuid:id>/", sales.SaleDetail.as_view(), name="api-sale"),
    path("sales/<uuid:id>/receipt/", reports_api.SaleReceipt.as_view(), name="api-sale-receipt"),
]
