"""Addresses of the API of :mod:`shops.vouchers`."""

from django.urls import path

from shops.vouchers import api

urlpatterns = [
    path("vouchers/", api.Batches.as_view(), name="api-vouchers"),
    path("vouchers/<uuid:batch_id>/payments/", api.Receive.as_view(), name="api-voucher-receive"),
    path("vouchers/<uuid:batch_id>/end/", api.End.as_view(), name="api-voucher-end"),
    path(
        "vouchers/<uuid:batch_id>/take-back/", api.TakeBack.as_view(), name="api-voucher-take-back"
    ),
    path("vouchers/<uuid:batch_id>/postings/", api.Postings.as_view(), name="api-voucher-postings"),
    path("voucher-postings/<uuid:posting_id>/undo/", api.Undo.as_view(), name="api-voucher-undo"),
    path("vouchers/<slug:code>/", api.VoucherDetail.as_view(), name="api-voucher"),
]
