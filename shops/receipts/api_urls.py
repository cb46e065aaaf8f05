"""Addresses of the API of :mod:`shops.receipts`."""

from django.urls import path

from shops.receipts import api

urlpatterns = [
    path("sales/<uuid:id>/receipt/", api.SaleReceipt.as_view(), name="api-sale-receipt"),
]
