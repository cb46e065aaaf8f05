"""Addresses of the pages of :mod:`shops.credit`."""

from django.urls import path

from shops.credit import views

urlpatterns = [
    path("bon/", views.credits, name="credits"),
    path("bon/<uuid:member_id>/", views.credit, name="credit"),
    path("bon/<uuid:member_id>/batas/", views.terms, name="credit_terms"),
    path("bon/<uuid:member_id>/bayar/", views.pay, name="credit_pay"),
    path("bon/<uuid:member_id>/bayarkan/", views.pay_out, name="credit_payout"),
    path("bon/kuitansi/<uuid:payment_id>/koreksi/", views.undo, name="credit_undo"),
    path("bon/kuitansi/<uuid:payment_id>/cetak/", views.issue_receipt, name="credit_issue"),
    path("bon/cetakan/<uuid:print_id>/", views.printed, name="credit_printed"),
    path("bon/kuitansi/<uuid:payment_id>/", views.receipt, name="credit_receipt"),
]
