"""Addresses of the pages of :mod:`members.saved_views`."""

from django.urls import path

from members.saved_views import views

urlpatterns = [
    path("tampilan/", views.views, name="views"),
    path("tampilan/simpan/", views.add, name="view_add"),
    path("tampilan/<uuid:view_id>/ubah/", views.edit, name="view_edit"),
    path("tampilan/<uuid:view_id>/hapus/", views.delete, name="view_delete"),
]
