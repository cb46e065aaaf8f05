"""Addresses of the pages of :mod:`members.registers`."""

from django.urls import path

from members.registers import views

urlpatterns = [
    path("buku/", views.index, name="registers"),
    path("buku/daftar-anggota.pdf", views.members, name="register_members"),
    path("buku/daftar-anggota-nik/", views.whole_members, name="register_members_whole"),
    path("buku/simpanan-anggota.pdf", views.savings, name="register_savings"),
    path("buku/daftar-pengurus.pdf", views.board, name="register_board"),
    path("buku/daftar-pengawas.pdf", views.supervisors, name="register_supervisors"),
]
