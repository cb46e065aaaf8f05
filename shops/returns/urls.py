"""Addresses of the pages of :mod:`shops.returns`."""

from django.urls import path

from shops.returns import views

urlpatterns = [
    path("penjualan/<uuid:sale_id>/retur/", views.sale_return, name="sale_return"),
    path("retur/", views.return_find, name="return_find"),
    path("retur/<uuid:return_id>/", views.return_slip, name="return_slip"),
]
