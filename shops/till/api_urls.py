"""Addresses of the API of sales."""

from django.urls import path

from shops.till.api import batch, sales

urlpatterns = [
    path("sales/", sales.Sales.as_view(), name="api-sales"),
    path("sales/batch/", batch.Batch.as_view(), name="api-sales-batch"),
    path("sales/<uuid:id>/", sales.SaleDetail.as_view(), name="api-sale"),
]
