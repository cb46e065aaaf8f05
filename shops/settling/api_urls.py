"""Addresses of the API of :mod:`shops.settling`."""

from django.urls import path

from shops.settling import api

urlpatterns = [
    path("payments/", api.Payments.as_view(), name="api-payments"),
    path("payments/<uuid:id>/confirm/", api.Confirm.as_view(), name="api-payment-confirm"),
    path("settlements/", api.Settlements.as_view(), name="api-settlements"),
]
