"""Addresses of the pages of :mod:`shops.vouchers`."""

from django.urls import path

from shops.vouchers import views

urlpatterns = [
    path("voucher/", views.vouchers, name="vouchers"),
    path("voucher/terbitkan/", views.issue, name="voucher_issue"),
    path("voucher/<uuid:batch_id>/", views.batch, name="voucher_batch"),
    path("voucher/<uuid:batch_id>/lembar/", views.sheets, name="voucher_sheets"),
    path("voucher/<uuid:batch_id>/akhiri/", views.end, name="voucher_end"),
    path("voucher/<uuid:batch_id>/terima/", views.receive, name="voucher_receive"),
    path("voucher/<uuid:batch_id>/batal/", views.take_back, name="voucher_take_back"),
    path("voucher/catatan/<uuid:posting_id>/batal/", views.undo, name="voucher_undo"),
]
