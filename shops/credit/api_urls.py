"""Addresses of the API of :mod:`shops.credit`."""

from django.urls import path

from shops.credit import api

urlpatterns = [
    path("credits/", api.Credits.as_view(), name="api-credits"),
    path("credits/<uuid:member>/", api.CreditDetail.as_view(), name="api-credit"),
    path("credits/<uuid:member>/pay/", api.Pay.as_view(), name="api-credit-pay"),
    path("credits/<uuid:member>/pay-out/", api.PayOut.as_view(), name="api-credit-pay-out"),
    path(
        "credit-payments/<uuid:payment_id>/undo/",
        api.Undo.as_view(),
        name="api-credit-payment-undo",
    ),
    path("credit-payments/", api.CreditPayments.as_view(), name="api-credit-payments"),
]
