"""Addresses of the API of :mod:`shops.settings`."""

from django.urls import path

from shops.settings import api

urlpatterns = [
    path("till-settings/", api.Settings.as_view(), name="api-till-settings"),
]
