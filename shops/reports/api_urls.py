"""Addresses of the API of :mod:`shops.reports`."""

from django.urls import path

from shops.reports import api

urlpatterns = [
    path("sales/reports/", api.SalesReport.as_view(), name="api-sales-report"),
]
