"""Addresses of the pages of :mod:`shops.receipts`."""

from django.urls import path

from shops.receipts import views

urlpatterns = [
    path("kasir/nota/<uuid:sale_id>/", views.own, name="till_receipt"),
    path("kasir/nota/<uuid:sale_id>/cetak/", views.issue_own, name="till_receipt_print"),
    path("kasir/nota/<uuid:sale_id>.escpos", views.own_bytes, name="till_receipt_escpos"),
    path("penjualan/<uuid:sale_id>/", views.sale, name="sale"),
    path("penjualan/<uuid:sale_id>/cetak/", views.issue, name="sale_print"),
    path("penjualan/nota/<uuid:sale_id>.escpos", views.sale_bytes, name="sale_escpos"),
]
