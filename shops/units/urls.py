"""Addresses of the pages of :mod:`shops.units`."""

from django.urls import path

from shops.units import views

urlpatterns = [
    path("unit/", views.units, name="units"),
    path("unit/buka/", views.open_unit, name="unit_open"),
    path("unit/<uuid:unit_id>/ubah/", views.edit, name="unit_edit"),
]
