"""Addresses of the pages of :mod:`shops.settling`."""

from django.urls import path

from shops.settling.views import payments, settlements

urlpatterns = [
    path("pembayaran/", payments.payments, name="payments"),
    path("pembayaran/masuk/", payments.confirm, name="payments_confirm"),
    path("pembayaran/<uuid:payment_id>/tidak-masuk/", payments.missing, name="payment_missing"),
    path("pembayaran/cair/", settlements.settle, name="settle"),
    path("pembayaran/cair/<uuid:settlement_id>/", settlements.settlement, name="settlement"),
    path("pembayaran/cair/<uuid:settlement_id>/batal/", settlements.undo, name="settlement_undo"),
]
