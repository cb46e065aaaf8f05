"""Addresses of the pages of :mod:`members.register`."""

from django.urls import path

from members.register import views

urlpatterns = [
    path("daftar/", views.add, name="register"),
    path("cari-nik/", views.find_by_nik, name="find_by_nik"),
    path("<uuid:member_id>/ubah/", views.edit, name="edit"),
    path("<uuid:member_id>/langkah/", views.move, name="move"),
    path("<uuid:member_id>/nik/", views.reveal_nik, name="reveal_nik"),
]
