"""Addresses of the API of :mod:`shops.returns`."""

from django.urls import path

from shops.returns import api

urlpatterns = [
    path("returns/", api.Returns.as_view(), name="api-returns"),
]
