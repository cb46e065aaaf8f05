"""Addresses of the pages of :mod:`members.figures`."""

from django.urls import path

from members.figures import views

urlpatterns = [
    path("angka/", views.figures, name="figures"),
]
