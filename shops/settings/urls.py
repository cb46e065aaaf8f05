"""Addresses of the pages of :mod:`shops.settings`."""

from django.urls import path

from shops.settings import views

urlpatterns = [
    path("barang/pengaturan-kasir/", views.settings, name="till_settings"),
]
