"""Addresses of the pages of :mod:`shops.drawers`."""

from django.urls import path

from shops.drawers import views

urlpatterns = [
    path("giliran/", views.shift, name="shift"),
    path("giliran/buka/", views.shift_open, name="shift_open"),
    path("giliran/kas/", views.shift_move, name="shift_move"),
    path("giliran/kas/<uuid:movement_id>/batal/", views.movement_undo, name="movement_undo"),
    path("giliran/tutup/", views.shift_close, name="shift_close"),
    path("giliran/semua/", views.shifts, name="shifts"),
    path("giliran/<uuid:shift_id>/", views.shift_summary, name="shift_summary"),
    path("giliran/<uuid:shift_id>/laporan.pdf", views.shift_pdf, name="shift_pdf"),
    path("giliran/<uuid:shift_id>/tutup/", views.shift_close_other, name="shift_close_other"),
    path("giliran/<uuid:shift_id>/hitungan/", views.shift_recount, name="shift_recount"),
]
