"""Addresses of the pages of :mod:`members.bodies`."""

from django.urls import path

from members.bodies import views

urlpatterns = [
    path("pengurus/", views.listed, name="officers"),
    path("pengurus/tambah/", views.add, name="officer_add"),
    path("pengurus/<uuid:officer_id>/ubah/", views.edit, name="officer_edit"),
    path("pengurus/<uuid:officer_id>/lanjut/", views.renew, name="officer_renew"),
    path("pengurus/<uuid:officer_id>/berhenti/", views.end, name="officer_end"),
]
