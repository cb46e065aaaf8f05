"""Addresses of the pages of :mod:`shops.till`."""

from django.urls import path

from shops.till import views

urlpatterns = [
    path("kasir/", views.till, name="till"),
    path("kasir/data/", views.data, name="till_data"),
    path("kasir/anggota/", views.members, name="till_members"),
    path("kasir/nota/", views.receipts, name="till_receipts"),
]
