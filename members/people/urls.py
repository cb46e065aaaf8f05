"""Addresses of the pages of :mod:`members.people`."""

from django.urls import path

from members.people import views

urlpatterns = [
    path("", views.members, name="list"),
    path("<uuid:member_id>/", views.detail, name="detail"),
    path("<uuid:member_id>/terima/", views.admit, name="admit"),
]
