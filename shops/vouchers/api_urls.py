"""Where programs reach vouchers."""

from django.urls import path

from shops.vouchers import api

urlpatterns = [
    path("vouchers/", api.Batches.as_view(), name="api-vouchers"),
    path("vouchers/<slug:code>/", api.VoucherDetail.as_view(), name="api-voucher"),
]
