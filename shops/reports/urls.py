"""Addresses of the pages of :mod:`shops.reports`."""

from django.urls import path

from shops.reports.views import reports, sales

urlpatterns = [
    path("penjualan/", sales.sales, name="sales"),
    path("laporan/", reports.show, name="reports"),
]
