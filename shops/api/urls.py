from django.urls import path

from shops.api import credits, payments, views, vouchers

urlpatterns = [
    path("products/", views.Products.as_view(), name="api-products"),
    path("products/<uuid:id>/", views.ProductDetail.as_view(), name="api-product"),
    path("products/<uuid:id>/retire/", views.Retire.as_view(), name="api-product-retire"),
    path("products/<uuid:id>/restore/", views.Restore.as_view(), name="api-product-restore"),
    path("sales/", views.Sales.as_view(), name="api-sales"),
    path("sales/<uuid:id>/", views.SaleDetail.as_view(), name="api-sale"),
    path("payments/", payments.Payments.as_view(), name="api-payments"),
    path("payments/<uuid:id>/confirm/", payments.Confirm.as_view(), name="api-payment-confirm"),
    path("settlements/", payments.Settlements.as_view(), name="api-settlements"),
    path("credits/", credits.Credits.as_view(), name="api-credits"),
    path("credits/<uuid:member>/", credits.CreditDetail.as_view(), name="api-credit"),
    path("credits/<uuid:member>/pay/", credits.Pay.as_view(), name="api-credit-pay"),
    path("credit-payments/", credits.CreditPayments.as_view(), name="api-credit-payments"),
    path("vouchers/", vouchers.Batches.as_view(), name="api-vouchers"),
    path("vouchers/<slug:code>/", vouchers.VoucherDetail.as_view(), name="api-voucher"),
]
